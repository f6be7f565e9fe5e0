/**
 * Requests to other machines: each once, with a deadline, without following anybody, and with the time on
 * the clock over there.
 * @module
 */
import { explainFailure, send, sendAsAsked } from '../network.ts'

export interface Visit {
  /** Null: there was no answer; `failure` says why. */
  readonly status: number | null
  readonly failure: string
  readonly headers: Headers
  readonly text: string
}

/** What somebody else's clock says. */
export interface ForeignClock {
  readonly host: string
  /** By how much it is ahead of ours, milliseconds. */
  readonly offset: number
}

export interface Visits {
  /** Never throws. The same request is made once. */
  visit(url: string, init?: VisitInit): Promise<Visit>
  /** For adapters: their own requests, whose answers are looked at for their time. */
  readonly send: typeof fetch
  clocks(): readonly ForeignClock[]
}

export interface VisitInit {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const DEADLINE_MS = 6000
const MAX_BYTES = 20 * 1024 * 1024

export function createVisits(): Visits {
  const known = new Map<string, Promise<Visit>>()
  const clocks = new Map<string, number>()

  async function timed(url: string, answer: Promise<Response>): Promise<Response> {
    const from = Date.now()
    const response = await answer
    const date = Date.parse(response.headers.get('date') ?? '')
    // The header has whole seconds, cut off.
    if (!Number.isNaN(date)) clocks.set(new URL(url).host, date + 500 - (from + Date.now()) / 2)
    return response
  }

  async function visitOnce(url: string, init: VisitInit): Promise<Visit> {
    try {
      const response = await timed(url, send(url, DEADLINE_MS, init))
      const { status, headers } = response
      return { status, failure: '', headers, text: await readText(response) }
    } catch (error) {
      return { status: null, failure: explainFailure(error), headers: new Headers(), text: '' }
    }
  }

  return {
    visit(url, init = {}) {
      const key = JSON.stringify([url, init])
      const before = known.get(key)
      if (before) return before
      const visit = visitOnce(url, init)
      known.set(key, visit)
      return visit
    },
    send: (input, init) =>
      timed(input instanceof Request ? input.url : String(input), sendAsAsked(input, init)),
    clocks: () => [...clocks].map(([host, offset]) => ({ host, offset })),
  }
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MAX_BYTES) break
  }
  return text
}
