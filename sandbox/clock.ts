/**
 * The payment companies' time of day, which may be another than the proxy's.
 *
 * @module
 */

export interface SkewedClock {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** How far it is ahead of the true time, milliseconds. */
  readonly skew: () => number
  readonly setSkew: (ms: number) => void
}

/** Right at first. */
export function createSkewedClock(truth: () => number): SkewedClock {
  let skew = 0
  return {
    now: () => truth() + skew,
    skew: () => skew,
    setSkew: (ms) => {
      skew = ms
    },
  }
}
