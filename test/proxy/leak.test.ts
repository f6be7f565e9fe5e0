import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { reveals } from '../../proxy/leak.ts'

const TOKEN = 'k7Jq_0aZ-9xYw8Vt6SrQpOnMlKjIhGfEdCbA1234567'
const URL_WITH = `https://pay.shop.example/v1/webhooks/lipaykripto/${TOKEN}`
const base64url = (text: string): string => Buffer.from(text).toString('base64url')

describe('a text that somebody else can read', () => {
  for (const [how, text] of [
    ['plainly', `https://page.example/?hook=${URL_WITH}`],
    ['percent-encoded', `https://page.example/?hook=${encodeURIComponent(URL_WITH)}`],
    [
      'in a JWT',
      `https://page.example/payment/${base64url('{"alg":"HS256"}')}.${base64url(JSON.stringify({ url: URL_WITH }))}.c2ln`,
    ],
    ['with PHP’s slashes', `x.${base64url(`{"url":"${URL_WITH.replaceAll('/', '\\/')}"}`)}.y`],
    ['in base64 of base64', base64url(base64url(URL_WITH))],
    ['in a JWT inside a JWT', base64url(`{"t":"a.${base64url(`{"u":"${URL_WITH}"}`)}.b"}`)],
  ] as const) {
    it(`reveals it ${how}`, () => assert.equal(reveals(text, TOKEN), true))
  }

  for (const [what, text] of [
    ['nothing', 'https://page.example/payment/abc'],
    ['a JWT of other things', `https://page.example/${base64url('{"amount":100}')}.x.y`],
    ['a part of it', `https://page.example/${TOKEN.slice(0, 30)}`],
    ['noise', base64url('\u0000\u00ff'.repeat(2000))],
    ['broken escapes', 'https://page.example/%zz%E0%A4%A'],
  ] as const) {
    it(`does not, with ${what}`, () => assert.equal(reveals(text, TOKEN), false))
  }
})
