/**
 * What a page of the console is: what it asks for, and how it shows that.
 * @module
 */
import type { TemplateResult } from 'lit'
import type { Api } from './api.ts'

/** What is behind `#/`: `checkouts?status=paid`, `checkouts/<id>`. */
export interface Place {
  readonly path: readonly string[]
  readonly query: Readonly<Record<string, string>>
}

/** What a page can make happen. */
export interface Actions {
  /** Another query of the same page; what is empty is left out. */
  narrow(query: Readonly<Record<string, string>>): void
  /** Asks once, with an optional line to be written, then does it and shows the page anew. */
  confirm(question: Question): void
  /** Does what changes nothing, and says what came of it. */
  tell(text: string): void
  /** Asks for the page once more. */
  again(): void
}

export interface Question {
  readonly title: string
  readonly text: string
  readonly button: string
  /** What has to be written down, and kept. */
  readonly note?: string
  readonly isGrave?: boolean
  run(note: string): Promise<string>
}

/** A page. `T` is what it asks for. */
export interface Page<T> {
  readonly title: string
  /** Somebody else is asked for it: not every few seconds. */
  readonly isAskedOnce?: true
  load(api: Api, place: Place): Promise<T>
  render(data: T, place: Place, actions: Actions, api: Api): TemplateResult
}

/** A page whatever it asks for: what `load` gave goes back into its own `render`. */
export function definePage<T>(page: Page<T>): Page<unknown> {
  return page
}

export function parsePlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2)
  return {
    path: path.split('/').filter(Boolean).map(decodeURIComponent),
    query: Object.fromEntries(new URLSearchParams(query)),
  }
}

export function placeUrl(
  path: readonly string[],
  query: Readonly<Record<string, string>> = {},
): string {
  const search = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== ''))
  const whole = path.map(encodeURIComponent).join('/')
  return `#/${whole}${search.size > 0 ? `?${search}` : ''}`
}
