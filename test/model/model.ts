/**
 * One run of the model: steps on a fresh world, every invariant after every step, and the day of rest at
 * the end.
 * @module
 */
import { judge } from './invariants.ts'
import type { Scene } from './invariants.ts'
import { collect, createMemory, witness } from './memory.ts'
import type { Memory } from './memory.ts'
import { heal, judgeRest } from './rest.ts'
import { play } from './steps.ts'
import type { Step } from './steps.ts'
import { createWorld } from './world.ts'
import type { Settings, World } from './world.ts'

export interface Run extends Settings {
  readonly steps: readonly Step[]
}

export interface Verdict {
  /** Empty: everything held. */
  readonly violations: readonly string[]
  /** The step after which something did not hold; the number of steps for the end. */
  readonly at: number
  readonly counts: Readonly<Record<string, number>>
}

export async function runModel({ steps, ...settings }: Run): Promise<Verdict> {
  const world = await createWorld(settings)
  const memory = createMemory(world)
  try {
    for (const [index, step] of steps.entries()) {
      await play(world, memory, step)
      const scene = look(world, settings, memory)
      const violations = judge(scene)
      if (violations.length > 0) return { violations, at: index, counts: count(scene) }
      remember(scene)
    }
    await heal(world)
    const scene = look(world, settings, memory)
    const violations = [...judge(scene), ...judgeRest(scene)]
    return { violations, at: steps.length, counts: count(scene) }
  } finally {
    world.end()
  }
}

function look(world: World, settings: Settings, memory: Memory): Scene {
  const ledgers = collect(world, memory)
  return { world, settings, memory, ledgers, entries: witness(ledgers, memory) }
}

function remember({ world, memory, ledgers }: Scene): void {
  memory.before = ledgers.proxy
  memory.seenBodies = world.bodies.length
  memory.seenAcknowledged = world.acknowledged.length
}

/** What the run came across. */
function count({ ledgers, world, memory }: Scene): Record<string, number> {
  const { payments, checkouts, facts, deliveries, payouts } = ledgers.proxy
  const statuses = Map.groupBy(payments, ({ state }) => state.status)
  return {
    checkouts: checkouts.length,
    payments: payments.length,
    ...Object.fromEntries([...statuses].map(([status, all]) => [`payments ${status}`, all.length])),
    'paid at a provider': memory.proofs.size,
    facts: facts.length,
    deliveries: deliveries.length,
    payouts: payouts.length,
    acknowledged: world.acknowledged.length,
    'forged, acknowledged': world.acknowledged.filter(({ isForged }) => isForged).length,
    'conflicts and duplicates': payments.filter(
      ({ state }) => state.reason === 'conflict' || state.reason === 'duplicate',
    ).length,
  }
}
