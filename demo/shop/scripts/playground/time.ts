/**
 * The demo's clock, which can be moved forward.
 * @module
 */
const PATH = '/playground/api/clock'
const MINUTE_MS = 60_000

interface Clock {
  readonly offsetMs: number
}

const minutesOf = async (answer: Response): Promise<number> =>
  Math.round(((await answer.json()) as Clock).offsetMs / MINUTE_MS)

/** How far it is ahead, minutes. */
export const readAhead = async (): Promise<number> => minutesOf(await fetch(PATH))

/** Lets time pass, for everybody; says how far it is ahead then. */
export const letTimePass = async (ms: number): Promise<number> =>
  minutesOf(
    await fetch(PATH, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ advanceMs: ms }),
    }),
  )
