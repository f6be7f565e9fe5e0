/**
 * Names in the text of the documents: what stands there as `code` and is a file, a route, a variable, an error or an
 * event is there. Blocks of code are looked at elsewhere, commands in `shell.test.ts`.
 * @module
 */
import assert from 'node:assert/strict'
import { globSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { PROBLEMS } from '../../protocol/api.ts'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import { EVENTS } from '../../proxy/events.ts'
import { DOCUMENTED } from '../../proxy/openapi.ts'
import { ROOT } from './blocks.ts'
import { PROSE_PAGES, SPANS, proseOf } from './prose.ts'

/** Each begins with a slash, and so does each of its folders. */
const FILES = globSync(['*', '*/**', '.github/**'], {
  cwd: ROOT,
  exclude: ['node_modules', 'dist', 'dist-docs', 'data', 'examples/*/{node_modules,dist}'],
}).map((path) => `/${path}/`)
const read = (path: string): string => readFileSync(ROOT + path, 'utf8')
/** All that is written in files of these places. */
const sourceOf = (places: RegExp): string =>
  FILES.filter((path) => places.test(path) && /\.(ts|mjs|php)\/$/.test(path))
    .map((path) => read(path.slice(1, -1)))
    .join('\n')
const SOURCE = sourceOf(/./) + read('.env.example')
const SCREENS = sourceOf(/^\/(widget|console|proxy|demo)\//)

const PATH =
  /^(?!crypto-checkout\/)(?:[\w.@-]+\/)*(?:[\w.@-]+\.(?:css|html|jsonc?|md|mjs|php|png|ts|txt|ya?ml)|[\w.@-]+\/)$/
/** Paths that are no files of the project, each with its reason. */
const ELSEWHERE: readonly (readonly [path: RegExp, reason: string])[] = [
  [/^(dist|data|\.cache)\//, 'made by a command'],
  [/^(?!package)[\w.-]+\.json$|^llms\.txt$/, 'made by the build, or the reader’s own'],
  [/^(pay|app|node_modules)\//, 'the reader’s own'],
  [/^utils\.ts$/, 'what there shall not be'],
]

const { exports } = JSON.parse(read('package.json')) as { exports: object }
const EXPORTS = Object.keys(exports).map(
  (entry) => new RegExp(`^${entry.replaceAll('.', '\\.').replace('*', '\\w+')}$`),
)

/** The log’s events are spoken of here; elsewhere such words are methods. */
const RUNBOOKS = /^docs\/(alarms|deployment|observability|operations|upgrading)\.md$/
const TOLD = PAYMENT_STATUSES.map((status) => `checkout.${status}`)
const ROUTES = DOCUMENTED.map((route) => new RegExp(`^${route.replaceAll(/\{\w+\}/g, '[^/]+')}$`))

describe('names in the text are there', () => {
  it('files and folders', () => {
    const named = SPANS.filter(
      ({ text }) => PATH.test(text) && !ELSEWHERE.some(([path]) => path.test(text)),
    )
    assert.ok(named.length > 100)
    check(named, ({ text }) => FILES.some((path) => path.includes(`/${text.replace(/\/$/, '')}/`)))
  })

  it('words of a file: `proxy/x.ts` `word`', () => {
    const words = PROSE_PAGES.flatMap((file) =>
      [...proseOf(file).matchAll(/`(\w+\/[\w./-]+\.ts)`((?:(?:,| and)? `\w+`)+)/g)].flatMap(
        ([, path = '', list = '']) =>
          [...list.matchAll(/\w+/g)].map(([text]) => ({ path, text, place: file })),
      ),
    )
    assert.ok(words.length > 100)
    check(words, ({ path, text }) => new RegExp(`\\b${text}\\b`).test(read(path)))
  })

  it('entries of the package', () => {
    const entries = SPANS.filter(({ text }) => /^crypto-checkout\/[\w./-]+$/.test(text))
    assert.ok(entries.length > 10)
    check(entries, ({ text }) =>
      EXPORTS.some((entry) => entry.test(text.replace('crypto-checkout', '.'))),
    )
  })

  it('routes', () => {
    const routes = SPANS.map((span) => ({ ...span, text: span.text.replace('$M', '/v1/merchant') }))
      .filter(({ text }) => /^(GET|POST) \/(v1|metrics)\b/.test(text))
      .map((span) => ({ ...span, text: span.text.replace(/\?.*/, '') }))
    assert.ok(routes.length > 10)
    check(routes, ({ text }) => ROUTES.some((route) => route.test(text)))
  })

  it('variables', () => {
    const words = /\b[A-Z][A-Z\d]*(?:_[A-Z\d]+)+\b/g
    const variables = SPANS.flatMap((span) =>
      [...span.text.matchAll(words)].map(([text]) => ({ ...span, text })),
    )
    assert.ok(variables.length > 100)
    check(variables, ({ text }) => new RegExp(`\\b${text}\\b`).test(SOURCE))
  })

  it('errors, with their status', () => {
    const errors = PROSE_PAGES.flatMap((file) =>
      [...proseOf(file).matchAll(/\b([45]\d\d) `?([a-z]+(?:_[a-z]+)+)`/g)].map(
        ([text, status, code = '']) => ({ text, status, code, place: file }),
      ),
    )
    assert.ok(errors.length > 10)
    check(errors, ({ status, code }) => String(PROBLEMS[code as keyof typeof PROBLEMS]) === status)
  })

  it('events', () => {
    const kinds = new Set(Object.keys(EVENTS).map((event) => event.split('.')[0]))
    const events = SPANS.filter(
      ({ file, text }) =>
        RUNBOOKS.test(file) && /^[a-z]+\.[a-z_]+$/.test(text) && kinds.has(text.split('.')[0]),
    )
    assert.ok(events.length > 50)
    // What the shop is told has names of its own.
    check(events, ({ text }) => Object.hasOwn(EVENTS, text) || TOLD.includes(text))
  })

  it('words on a screen', () => {
    const quoted = PROSE_PAGES.flatMap((file) =>
      [...proseOf(file).matchAll(/(?<!`: ?)“([A-Z][^”…]+)”/g)].map(([, text = '']) => ({
        text: text.replaceAll(/\s+/g, ' '),
        place: file,
      })),
    )
    assert.ok(quoted.length > 10)
    check(quoted, ({ text }) => SCREENS.includes(text))
  })

  it('where they are not meant: each exception is needed', () => {
    for (const [path, reason] of ELSEWHERE)
      assert.ok(
        SPANS.some(({ text }) => PATH.test(text) && path.test(text)),
        reason,
      )
  })
})

function check<T extends { readonly text: string; readonly place: string }>(
  names: readonly T[],
  isThere: (name: T) => boolean,
): void {
  const gone = names.filter((name) => !isThere(name))
  assert.deepEqual(
    gone.map(({ text, place }) => `${place}: ${text}`),
    [],
  )
}
