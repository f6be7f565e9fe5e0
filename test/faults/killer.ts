/**
 * Kills the proxies in turn, one every so often, and starts each again at once.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { World } from './world.ts'

export interface Killer {
  readonly kills: number
  /** Kills no more; resolves once all are up. */
  stop(): Promise<void>
}

/** However long a restart took: nothing would ever get done on a machine that is busy. */
const SHORTEST_LIFE_MS = 600

export interface KillerOptions {
  /** From kill to kill; longer only where a restart leaves no time to live. */
  readonly everyMs: number
  /** How long each is down by the world's clock. What the dead held is given up meanwhile. */
  readonly downMs?: number
}

export function startKiller(
  { proxies, advance }: Pick<World, 'proxies' | 'advance'>,
  { everyMs, downMs = 0 }: KillerOptions,
): Killer {
  const stopping = new AbortController()
  let kills = 0

  async function run(): Promise<void> {
    let restartMs = 0
    while (!stopping.signal.aborted) {
      const lifeMs = Math.max(SHORTEST_LIFE_MS, everyMs - restartMs)
      await sleep(lifeMs, undefined, { signal: stopping.signal }).catch(() => undefined)
      if (stopping.signal.aborted) return
      const proxy = proxies[kills % proxies.length]
      await proxy?.kill()
      kills += 1
      if (downMs > 0) await advance(downMs)
      const begin = performance.now()
      await proxy?.start()
      restartMs = performance.now() - begin
    }
  }

  const running = run()
  // Whoever stops it hears of a proxy that did not come back.
  running.catch(() => undefined)
  return {
    get kills() {
      return kills
    },
    async stop() {
      stopping.abort()
      await running
    },
  }
}
