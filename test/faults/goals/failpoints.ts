/**
 * Failpoints: at every moment that the proxy names as dangerous it dies, comes back, and what it was
 * doing comes to its end all the same.
 * @module
 */
import { isPaidFor } from '../../../protocol/status.ts'
import { FAILPOINTS } from '../../../proxy/failpoints.ts'
import { audit, auditRest } from '../auditor.ts'
import { auditRows } from '../goal.ts'
import type { Figures, Goal } from '../goal.ts'
import { heal } from '../heal.ts'
import { collectLedgers } from '../ledgers.ts'
import type { ProxyRows } from '../proxy-rows.ts'
import { createStage } from '../stage.ts'
import type { Stage } from '../stage.ts'
import { startWorld } from '../world.ts'
import type { World } from '../world.ts'
import { FLOWS } from './failpoint-flows.ts'
import type { Flow } from './failpoint-flows.ts'

const PATIENCE_MS = 20_000

export const failpoints: Goal = {
  title: 'Failpoints',
  async run({ scale }) {
    const world = await startWorld()
    try {
      return await dieEverywhere(world, scale === 'long')
    } finally {
      await world.close()
    }
  },
}

async function dieEverywhere(world: World, isWhole: boolean): Promise<Figures> {
  const stage = createStage(world)
  const violations: string[] = []
  let died = 0
  for (const point of FAILPOINTS) {
    const flows = Object.entries(FLOWS[point])
    for (const [name, flow] of isWhole ? flows : flows.slice(0, 1)) {
      const wrong = await play(stage, flow)
      violations.push(...wrong.map((sentence) => `${point}, ${name}: ${sentence}`))
      died += 1
    }
  }
  await heal(world, isAtRest, { patienceMs: PATIENCE_MS })
  const ledgers = await collectLedgers(world, stage.witnessed)
  const result = audit(ledgers)
  const untold = auditRest(ledgers).filter((sentence) => sentence.includes('delivery'))
  return {
    rows: [
      ['moments', FAILPOINTS.length],
      ['deaths at them', `${stage.deaths} of ${died}`],
      ...auditRows(result),
    ],
    violations: [...violations, ...result.violations, ...untold],
  }
}

/** One flow with its death; the ledgers have to fit together afterwards. */
async function play(stage: Stage, flow: Flow): Promise<readonly string[]> {
  const { world } = stage
  // What an earlier flow left to do would meet the failpoint before this one has begun.
  await heal(world, isAtRest, { patienceMs: PATIENCE_MS })
  const before = stage.deaths
  const wrong: string[] = []
  try {
    await flow(stage)
  } catch (error) {
    wrong.push(error instanceof Error ? error.message : String(error))
  }
  if (stage.deaths === before) wrong.push('was not reached')
  await stage.revive()
  const ledgers = await collectLedgers(world, stage.witnessed)
  const unpaid = ledgers.proxy.checkouts.filter(({ status }) => !isPaidFor(status))
  const left = unpaid.map(({ orderId, status }) => `${orderId} is ${status}`)
  return [...wrong, ...left, ...audit(ledgers).violations]
}

/** Everything is paid, and the merchant knows. */
const isAtRest = ({ checkouts, deliveries }: ProxyRows): boolean =>
  checkouts.every(({ status }) => isPaidFor(status)) &&
  deliveries.every(({ status }) => status === 'delivered')
