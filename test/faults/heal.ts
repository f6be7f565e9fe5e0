/**
 * Time goes by: the clock is moved on and on, and the proxies' workers are given the time to do what is
 * due.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { seconds } from './goal.ts'
import type { ProxyRows } from './proxy-rows.ts'
import type { World } from './world.ts'

export interface HealOptions {
  /** How far the clock moves at once; the workers ask about fresh payments every 15 s. */
  readonly stepMs?: number
  readonly patienceMs?: number
}

export interface Healed {
  readonly isHealed: boolean
  /** How long it took, for us and by the world's clock. */
  readonly realMs: number
  readonly worldMs: number
}

/** The workers look for work once a second. */
const ROUND_MS = 500

/** Until the rows are as they should be, or patience ends. */
export async function heal(
  world: World,
  isHealthy: (rows: ProxyRows) => boolean,
  { stepMs = 16_000, patienceMs = 60_000 }: HealOptions = {},
): Promise<Healed> {
  const begin = performance.now()
  const worldBegin = world.now()
  let isHealed = isHealthy(await world.readRows())
  while (!isHealed && performance.now() - begin < patienceMs) {
    await world.advance(stepMs)
    await sleep(ROUND_MS)
    isHealed = isHealthy(await world.readRows())
  }
  return { isHealed, realMs: performance.now() - begin, worldMs: world.now() - worldBegin }
}

/** As figures are printed. */
export const took = ({ realMs, worldMs }: Healed): string =>
  `${seconds(realMs)} (${seconds(worldMs)} by the clock)`
