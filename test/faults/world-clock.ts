/**
 * The one clock that a whole world goes by: the real time, moved forward at will in every process.
 * @module
 */

export interface WorldClock {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** The clock shows about that time, or did before it was last moved. */
  readonly isRecent: (time: number) => boolean
  /** Moves it; resolves once everybody goes by it. */
  advance(ms: number): Promise<void>
  /** Whose clock it is. */
  follow(children: readonly { setOffset(offsetMs: number): Promise<void> }[]): void
}

const NEAR_MS = 60_000

export function createWorldClock(): WorldClock {
  const followers: { setOffset(offsetMs: number): Promise<void> }[] = []
  let offset = 0
  let lastOffset = 0
  return {
    now: () => Date.now() + offset,
    // What was sent before the clock was moved may arrive after it.
    isRecent: (time) =>
      [offset, lastOffset].some((each) => Math.abs(Date.now() + each - time) < NEAR_MS),
    async advance(ms) {
      lastOffset = offset
      offset += ms
      await Promise.all(followers.map((child) => child.setOffset(offset)))
    },
    follow: (children) => void followers.push(...children),
  }
}
