/**
 * The harness itself: a visit fails for everything that it says it fails for, and for nothing else.
 * @module
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { until } from '../e2e/world.ts'
import { startHosts } from './harness.ts'
import { elementOn, seesChoice } from './paying.ts'

const { visit } = await startHosts()

/** What a page or a library may do, and what is said of it. */
const WRONGS: Readonly<Record<string, { readonly does: () => void; readonly said: RegExp }>> = {
  'a style attribute': {
    does: () => document.body.setAttribute('style', 'color: red'),
    said: /breach: style-src-attr/,
  },
  'a style element': {
    does: () => {
      const style = document.createElement('style')
      style.textContent = 'p { color: red }'
      document.head.append(style)
    },
    said: /breach: style-src-elem/,
  },
  'text as HTML': {
    does: () => {
      document.body.innerHTML = '<b>text</b>'
    },
    said: /breach: require-trusted-types-for/,
  },
  'text as a program': {
    // oxlint-disable-next-line no-eval -- what the policy is there for
    does: () => void setTimeout(() => globalThis.eval('1')),
    said: /breach: (script-src|require-trusted-types-for)/,
  },
  'a picture from elsewhere': {
    does: () => {
      new Image().src = 'https://elsewhere.example/picture.png'
    },
    said: /breach: img-src/,
  },
  'a request to elsewhere': {
    does: () => void fetch('https://elsewhere.example/').catch(() => {}),
    said: /breach: connect-src/,
  },
  'an error in the console': {
    // oxlint-disable-next-line no-console -- the wrong
    does: () => console.error('something is wrong'),
    said: /something is wrong/,
  },
  'an error that nobody caught': {
    does: () => void setTimeout(() => JSON.parse('{')),
    said: /uncaught: .*JSON/,
  },
  'a promise that nobody caught': {
    does: () => void Promise.reject(new Error('lost')),
    said: /uncaught: .*lost/,
  },
}

for (const [name, { does, said }] of Object.entries(WRONGS))
  test(`a visit fails for ${name}`, () => failsFor(said, does))

test('a visit fails for what the browser reports, without a script in the page', () =>
  failsFor(/report: .*style-src/, () => {}, '/hosts/link?without=style-src'))

test('a visit fails where something that was expected did not come', () =>
  assert.rejects(
    visit(async ({ open }) => void (await open('/hosts/strict')), { expected: [/breach/] }),
    /that were expected/,
  ))

test('a visit passes where nothing is wrong', () =>
  visit(async ({ page, open }) => {
    await open('/hosts/strict')
    await seesChoice(elementOn(page))
  }))

function failsFor(said: RegExp, does: () => void, path = '/hosts/strict'): Promise<void> {
  return assert.rejects(
    visit(async ({ page, open, seen }) => {
      await open(path)
      await seesChoice(elementOn(page))
      await page.evaluate(does).catch(() => {})
      await until('it is seen', async () => (await seen()).find((text) => said.test(text)))
    }),
    (error) => error instanceof Error && said.test(error.message.replaceAll('\n', ' ')),
  )
}
