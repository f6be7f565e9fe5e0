/**
 * Chance that can be had again: everything random of a run comes from one seed, which is printed.
 * (Which request a kill meets is not: that is the machine's.)
 * @module
 */

export interface Chance {
  readonly seed: number
  /** At least 0, less than 1. */
  next(): number
  /** True in this share of all calls. */
  hits(share: number): boolean
  /** A new array, in any order. */
  shuffle<T>(items: readonly T[]): T[]
}

/** Mulberry32. */
export function createChance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    seed,
    next,
    hits: (share) => next() < share,
    shuffle(items) {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last -= 1) {
        const other = Math.floor(next() * (last + 1))
        ;[shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!]
      }
      return shuffled
    },
  }
}
