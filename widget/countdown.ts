/**
 * Re-renders every second while a deadline is shown, and speaks at 3 minutes, 1 minute, 30 seconds
 * and the end. The time left is computed anew each time from the server's clock: a throttled timer or a
 * wrong clock of the shopper's cannot bend it.
 * @module
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit'
import type { Environment } from './core/environment.ts'

const SPOKEN_SECONDS = [180, 60, 30, 0]
const JITTER_SECONDS = 9

/** What the countdown asks of its owner. */
interface CountdownSource {
  /** Milliseconds until the deadline that is on screen; null while none is. */
  msLeft(): number | null
  speak(seconds: number): void
}

/** See the module's description. */
export function createCountdown(
  host: ReactiveControllerHost & { readonly environment: Environment },
  { msLeft, speak }: CountdownSource,
): ReactiveController {
  let stop: (() => void) | null = null
  let last = 0
  const end = (): void => {
    stop?.()
    stop = null
    last = 0
  }
  return {
    hostUpdated() {
      const ms = msLeft()
      if (ms === null) return end()
      const left = Math.ceil(ms / 1000)
      const hasCrossed = SPOKEN_SECONDS.some((mark) => left <= mark && last > mark)
      // an answer that took longer sets the clock back by a moment: nothing is said twice
      if (left < last || left > last + JITTER_SECONDS) last = left
      if (hasCrossed) speak(left)
      if (left <= 0) return
      stop ??= host.environment.setTimer(() => {
        stop = null
        host.requestUpdate()
      }, 1000)
    },
    hostDisconnected: end,
  }
}
