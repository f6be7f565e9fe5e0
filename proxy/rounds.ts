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

  function begin(): void {
    round = run()
      .catch(onError)
      .finally(() => {
        if (!isStopped) timer = setTimeout(begin, everyMs)
      })
  }

  begin()
  return {
    async stop() {
      isStopped = true
      clearTimeout(timer)
      await round
    },
  }
}
