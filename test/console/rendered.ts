/**
 * A page of the console as it is rendered, without a browser: its texts, and what its controls do.
 * @module
 */
import type { TestContext } from 'node:test'
import type { TemplateResult } from 'lit'
import type { Api } from '../../console/api.ts'
import { parsePlace } from '../../console/page.ts'
import type { Actions, Page, Place, Question } from '../../console/page.ts'

export interface Rendered {
  /** Every text and every value that is shown. */
  readonly text: string
  /** What can be pressed, by what is written on it, in order. */
  readonly buttons: readonly Pressable[]
  /** What a form does when it is sent. */
  readonly forms: readonly ((event: unknown) => void)[]
  /** What was asked, and what the routes were asked for. */
  readonly questions: readonly Question[]
  readonly calls: readonly (readonly [method: 'get' | 'post', path: string, body?: unknown])[]
  readonly told: readonly string[]
}

export interface Pressable {
  readonly text: string
  readonly look: string
  press(): void
}

const PLACE: Place = { path: [], query: {} }

/** `answer` is what every route answers. */
export function render<T>(
  page: Page<T>,
  data: T,
  answer: object | Promise<never> = {},
  place = PLACE,
): Rendered {
  const questions: Question[] = []
  const calls: [method: 'get' | 'post', path: string, body?: unknown][] = []
  const told: string[] = []
  const buttons: Pressable[] = []
  const forms: ((event: unknown) => void)[] = []
  const api: Api = {
    get: <A>(path: string, query?: object) => {
      calls.push(query ? ['get', path, query] : ['get', path])
      return Promise.resolve(answer as A)
    },
    post: <A>(path: string, body?: object) => {
      calls.push(body ? ['post', path, body] : ['post', path])
      return Promise.resolve(answer as A)
    },
  }
  const actions: Actions = {
    narrow: (query) => void told.push(JSON.stringify(query)),
    confirm: (question) => void questions.push(question),
    tell: (text) => void told.push(text),
    again: () => undefined,
  }

  const read = (value: unknown): string => {
    if (Array.isArray(value)) return value.map(read).join(' ')
    if (isTemplate(value)) return readTemplate(value)
    // a directive of Lit's: what it is given
    if (typeof value === 'object' && value !== null && 'values' in value) {
      const [rows, , make] = value.values as [unknown[], unknown, (row: unknown) => unknown]
      return rows.map((row) => read(make(row))).join(' ')
    }
    return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
  }
  const readTemplate = ({ strings, values }: TemplateResult): string => {
    const before = strings.join(' ')
    if (before.startsWith('<button type="button"')) {
      const [look, , press, text] = values as [string, unknown, () => void, string]
      buttons.push({ text, look, press })
    }
    values.forEach((value, index) => {
      if (strings[index]?.endsWith('@submit=') === true) forms.push(value as () => void)
    })
    return strings.map((text, index) => text + read(values[index])).join('')
  }

  const text = readTemplate(page.render(data, place, actions, api)).replaceAll(/\s+/g, ' ')
  return { text, buttons, forms, questions, calls, told }
}

/** What a page asks for, and makes of it; `answer` by path, an error is thrown. */
export async function load<T>(
  page: Page<T>,
  hash: string,
  answer: (path: string, query?: object) => object,
): Promise<T> {
  const reply = async (path: string, query?: object): Promise<unknown> => {
    const said = answer(path, query)
    if (said instanceof Error) throw said
    return said
  }
  const api: Api = {
    get: async <A>(path: string, query?: object) => (await reply(path, query)) as A,
    post: () => Promise.reject(new Error('a page that is loaded changes nothing')),
  }
  return page.load(api, parsePlace(hash))
}

/** Puts what a form holds in the place of `FormData`, for one test. */
export function fillForm(t: TestContext, given: Readonly<Record<string, string>>): void {
  const { FormData: real } = globalThis
  t.after(() => (globalThis.FormData = real))
  globalThis.FormData = class extends real {
    constructor() {
      super()
      for (const [name, value] of Object.entries(given)) this.append(name, value)
    }
  }
}

const isTemplate = (value: unknown): value is TemplateResult =>
  typeof value === 'object' && value !== null && 'strings' in value && 'values' in value
