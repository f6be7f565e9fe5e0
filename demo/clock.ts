/**
 * The time that the whole demo goes by: the real one, and what was jumped over.
 * @module
 */

export interface DemoClock {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** How far it is ahead of the real time, milliseconds. */
  readonly offset: () => number
  /** Jumps; resolves once everybody goes by it. There is no way back: money would have a past to come. */
  readonly advance: (ms: number) => Promise<void>
  readonly onChange: (listener: (offsetMs: number) => Promise<void>) => void
}

export function createClock(): DemoClock {
  const listeners: ((offsetMs: number) => Promise<void>)[] = []
  let offset = 0
  return {
    now: () => Date.now() + offset,
    offset: () => offset,
    async advance(ms) {
      offset += ms
      await Promise.all(listeners.map((tell) => tell(offset)))
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
