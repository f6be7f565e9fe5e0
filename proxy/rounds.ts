/**
 * Something that is done over and over, one round after the other.
 * @module
 */
import type { Worker } from './pump.ts'

export interface RoundsOptions {
  readonly everyMs: number
  readonly run: () => Promise<void>
  readonly onError: (error: unknown) => void
}

export function startRounds({ everyMs, run, onError }: RoundsOptions): Worker {
  let isStopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let round = Promise.resolve()

  function wait(): void {
    if (isStopped) return
    timer = setTimeout(() => {
      round = run().catch(onError).finally(wait)
    }, everyMs)
  }

  wait()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await round
    },
  }
}
