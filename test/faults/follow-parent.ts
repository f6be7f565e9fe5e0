/**
 * What a process of the harness does for its parent: it shows the time that the parent wants, says when
 * it is ready, and ends with it.
 * @module
 */
import process from 'node:process'

export interface Parent {
  /** Epoch milliseconds: the real time, moved by what the parent last said. */
  readonly now: () => number
  /** Tells the parent, who waits for it. */
  ready(details: object): void
}

/** `CLOCK_OFFSET_MS` says how far the clock is moved at the start. */
export function followParent(): Parent {
  let offset = Number(process.env['CLOCK_OFFSET_MS'] ?? 0)
  process.on('message', (message: { readonly offsetMs: number }) => {
    offset = message.offsetMs
    process.send?.({ offsetMs: offset })
  })
  process.on('disconnect', () => process.exit())
  return {
    now: () => Date.now() + offset,
    ready: (details) => process.send?.({ ready: details }),
  }
}
