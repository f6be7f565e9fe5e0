import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reveals } from '../../proxy/leak.ts'

const TOKEN = 'k7Jq_0aZ-9xYw8Vt6SrQpOnMlKjIhGfEdCbA1234567'
const URL_WITH = `https://pay.shop.example/v1/webhooks/lipaykripto/${TOKEN}`
const code = (letter: string): string => letter.charCodeAt(0).toString(16).padStart(2, '0')
const percent = (text: string): string => Array.from(text, (letter) => `%${code(letter)}`).join('')
const escaped = (letter: string): string => `\\u00${code(letter)}`
const base64url = (text: string): string => Buffer.from(text).toString('base64url')

/** Encoded again and again. */
const nested = (text: string, layers: number): string =>
  Array.from({ length: layers }).reduce<string>(base64url, text)

/** A thousand letters that base64 could be. */
const RUN = base64url('0123456789'.repeat(75))
/** Of these no two are the same. */
const numbered = (_: unknown, index: number): string =>
  RUN.slice(8) + String(index).padStart(8, '0')
const WORK = 2 ** 21

describe('a text that somebody else can read', () => {
  for (const [how, text] of [
    ['plainly', `https://page.example/?hook=${URL_WITH}`],
    ['percent-encoded', `https://page.example/?hook=${encodeURIComponent(URL_WITH)}`],
    [
      'in a JWT',
      `https://page.example/payment/${base64url('{"alg":"HS256"}')}.${base64url(JSON.stringify({ url: URL_WITH }))}.c2ln`,
    ],
    ['with PHP’s slashes', `x.${base64url(`{"url":"${URL_WITH.replaceAll('/', '\\/')}"}`)}.y`],
    ['in base64 of base64', nested(URL_WITH, 2)],
    ['in base64, four layers deep', nested(TOKEN, 4)],
    ['in a JWT inside a JWT', base64url(`{"t":"a.${base64url(`{"u":"${URL_WITH}"}`)}.b"}`)],
    [
      'in base64 with its other two signs',
      Buffer.from(`\u00ff\u00fe${URL_WITH}`).toString('base64'),
    ],
    ['in base64 that a path leads to', `https://page.example/pay/${base64url(URL_WITH)}`],
    ['in base64 one place on', `https://page.example/p/${base64url(URL_WITH)}`],
    ['in base64 two places on', `https://page.example/pa/${base64url(URL_WITH)}`],
    ['in base64 three places on', `https://page.example/pag/${base64url(URL_WITH)}`],
    ['in base64, percent-encoded', encodeURIComponent(Buffer.from(URL_WITH).toString('base64'))],
    ['in hex', `https://page.example/${Buffer.from(URL_WITH).toString('hex')}`],
    ['in hex, in capitals', Buffer.from(TOKEN).toString('hex').toUpperCase()],
    ['in hex one place on', `https://page.example/a${Buffer.from(TOKEN).toString('hex')}`],
    ['in hex in a JWT', `a.${base64url(`{"u":"${Buffer.from(TOKEN).toString('hex')}"}`)}.b`],
    ['letter by letter', percent(TOKEN)],
    ['letter by letter, twice', encodeURIComponent(percent(TOKEN))],
    ['letter by letter beside a broken escape', `%zz%E0%A4%A${percent(TOKEN)}`],
    ['in JSON escapes', `{"u":"${Array.from(TOKEN, escaped).join('')}"}`],
    ['in a text of two bytes a letter', Buffer.from(TOKEN, 'utf16le').toString('base64')],
    ['in more than anybody can look through', ','.repeat(WORK + 1)],
    ['in as much, when it is decoded', Array.from({ length: 2 ** 11 }, numbered).join(' ')],
  ] as const) {
    it(`reveals it ${how}`, () => assert.equal(reveals(text, TOKEN), true))
  }

  for (const [what, text] of [
    ['nothing', 'https://page.example/payment/abc'],
    ['a JWT of other things', `https://page.example/${base64url('{"amount":100}')}.x.y`],
    ['a part of it', `https://page.example/${TOKEN.slice(0, 30)}`],
    ['noise', base64url('\u0000\u00ff'.repeat(2000))],
    ['hex of other things', Buffer.from('another text that is long enough').toString('hex')],
    ['broken escapes', 'https://page.example/%zz%E0%A4%A'],
    ['it five layers deep, where nobody looks', nested(TOKEN, 5)],
    ['as much as is looked through', ','.repeat(WORK)],
    ['the same again and again, which is looked at once', `${RUN} `.repeat(800)],
  ] as const) {
    it(`does not, with ${what}`, () => assert.equal(reveals(text, TOKEN), false))
  }
})

describe('looking for it', () => {
  it('finds nothing where there is nothing to hide', () => {
    assert.equal(reveals('anything', ''), false)
  })

  it('comes to an end soon, whatever the text is made of', () => {
    for (const text of [
      'A'.repeat(8000),
      'eyJ'.repeat(2600),
      nested('x'.repeat(1000), 12),
      '%25'.repeat(2600),
      'ab'.repeat(4000),
    ]) {
      const begin = performance.now()
      reveals(text, TOKEN)
      assert.ok(performance.now() - begin < 1000, text.slice(0, 10))
    }
  })
})
