/**
 * Everything that happens around the element, in one list: its events, its calls of the proxy, the proxy's
 * calls of the payment companies, and what those notify.
 * @module
 */
import { CHECKOUT_EVENTS } from '../lib/events.ts'
import { redact } from './redact.ts'

/** Who speaks to whom. */
export type Line = 'event' | 'page → proxy' | 'proxy → company' | 'company → proxy'

export interface Entry {
  readonly id: number
  /** Milliseconds since the page was opened. */
  readonly at: number
  readonly line: Line
  readonly title: string
  /** What came of it: a status. */
  readonly answer: string
  readonly isBad: boolean
  /** More of it, to be folded out; redacted. */
  readonly detail: string
  /** How often the same came in a row. */
  readonly times: number
}

export interface Journal {
  readonly entries: readonly Entry[]
  add(
    entry: Pick<Entry, 'line' | 'title'> & Partial<Pick<Entry, 'answer' | 'isBad'>>,
    detail?: unknown,
  ): void
  clear(): void
}

const KEPT = 300

/** `onChange` is told of each new entry. */
export function createJournal(onChange: () => void): Journal {
  let entries: readonly Entry[] = []
  let count = 0
  return {
    get entries() {
      return entries
    },
    add({ line, title: rawTitle, answer = '', isBad = false }, detail = '') {
      const title = redact(rawTitle)
      const last = entries.at(-1)
      const isSame = last?.line === line && last.title === title && last.answer === answer
      const times = isSame ? last.times + 1 : 1
      const id = isSame ? last.id : ++count
      const at = performance.now()
      const entry = { id, at, line, title, answer, isBad, detail: redact(detail), times }
      entries = [...entries.slice(isSame ? 0 : -KEPT, isSame ? -1 : undefined), entry]
      onChange()
    },
    clear() {
      entries = []
      onChange()
    },
  }
}

/** Writes down each event of the element. */
export function noteEvents(journal: Journal): void {
  for (const name of CHECKOUT_EVENTS)
    document.addEventListener(name, ({ detail }) => {
      const { status = '', code = '' } = { ...detail } as { status?: string; code?: string }
      journal.add(
        { line: 'event', title: name, answer: status || code, isBad: code !== '' },
        detail,
      )
    })
}

/** Writes down each call of the proxy, by standing in for `fetch`; gives back the one underneath. */
export function noteCalls(journal: Journal, proxyUrl: string): typeof fetch {
  const bare = window.fetch.bind(window)
  window.fetch = async (input, init) => {
    const request = new Request(input, init)
    if (!request.url.startsWith(proxyUrl)) return bare(request)
    const title = `${request.method} ${request.url.slice(proxyUrl.length)}`
    const line = 'page → proxy'
    const sent = request.method === 'POST' ? await request.clone().text() : ''
    try {
      const answer = await bare(request)
      const said = await answer.clone().text()
      const entry = {
        line,
        title,
        answer: String(answer.status),
        isBad: answer.status >= 400,
      } as const
      journal.add(entry, [sent, said].filter(Boolean).map(pretty).join('\n\n'))
      return answer
    } catch (error) {
      if (request.signal.aborted) journal.add({ line, title, answer: 'given up' })
      else journal.add({ line, title, answer: 'no answer', isBad: true }, String(error))
      throw error
    }
  }
  return bare
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
