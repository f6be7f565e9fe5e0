/**
 * Attacks by their number, where limits are on: played on a proxy of their own.
 * @module
 */
import { DatabaseSync } from 'node:sqlite'
import { pause } from '../../proxy/shop.ts'
import { get, post, stateOf, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'
import { OWN_KEY, guessToken } from '../knowledge.ts'
import type { Request } from '../send.ts'
import type { Stage } from '../stage.ts'

const COUNT = 230

/** The answers to many of the same at once, by status. */
async function flood(stage: Stage, make: (index: number) => Request) {
  const answers = await Promise.all(
    Array.from({ length: COUNT }, (_, index) => stage.sender.send(make(index))),
  )
  const limited = answers.filter(({ status }) => status === 429)
  return {
    limited: limited.length,
    kinds: new Set(limited.map(({ text }) => text.replace(/"requestId":"[^"]+"/, ''))).size,
    broken: answers.filter(({ status }) => status >= 500).length,
    waits: limited.every(({ headers }) => Number(headers['retry-after']) > 0),
  }
}

const flooded = (name: string, make: (index: number) => Request): Combo => ({
  name,
  target: 'proxy',
  threat: 'T28',
  rule: 'who asks too often waits, whoever he says he is',
  requests: COUNT,
  async play(stage) {
    stage.shop.clock.advance(60_000)
    const { limited, kinds, broken, waits } = await flood(stage, make)
    return [
      ...unless(limited > 0, 'nobody was made to wait'),
      ...unless(kinds <= 1, `${kinds} ways of saying so`),
      ...unless(broken === 0, `${broken} answers of 5xx`),
      ...unless(waits, 'not told how long'),
    ]
  },
})

const spoofed = (index: number) => {
  const address = `198.51.${index >> 8}.${index & 255}`
  return {
    'x-forwarded-for': address,
    'x-real-ip': address,
    forwarded: `for=${address}`,
    'true-client-ip': address,
    'cf-connecting-ip': address,
  }
}

/** Unsigned notifications that are good in every way, of an amount that is too much for them. */
const tooMuch = (amount: string, end: string): Combo => ({
  name: `an unsigned notification of ${amount} TRY`,
  target: 'lipaykripto',
  threat: 'T7',
  rule: 'above LIPAYKRIPTO_UNSIGNED_MAX it is for a person',
  requests: 1,
  async play(stage) {
    const begun = await stage.begin('lipaykripto', { amount, alternatives: [] })
    const { status } = await stage.sender.send(await stage.catchNotice(begun, 'confirm'))
    const { payments } = await stateOf(stage, begun)
    return unless(status === 200 && payments[0] === end, `answered ${status}, is ${payments[0]}`)
  },
})

/** Fifty events that nobody signed, of a payment that has not changed. */
const manyEvents: Combo = {
  name: 'fifty unsigned events of one payment of PayCrypto',
  target: 'paycrypto',
  threat: 'T28',
  rule: 'what anybody may say makes us ask no more often than a watching browser does, and leaves nothing',
  requests: 1,
  async play(stage) {
    const { payment } = await stage.begin('paycrypto')
    const events = Array.from({ length: 50 }, (_, index) =>
      JSON.stringify({
        id: `e${index}`,
        params: { cust_order_id: payment.id, order_id: '1', status: 1 },
      }),
    )
    stage.calls.length = 0
    await stage.sender.send(post('/v1/webhooks/paycrypto', { action: 'order_result', events }))
    await pause(500)
    const database = new DatabaseSync(stage.shop.file, { readOnly: true })
    const noted = Number(database.prepare('select count(*) as n from events').get()?.['n'])
    database.close()
    return [
      ...unless(stage.calls.length <= 1, `asked ${stage.calls.length} times`),
      ...unless(noted === 0, `${noted} events are kept`),
    ]
  },
}

export const FLOODS: readonly Combo[] = [
  manyEvents,
  tooMuch('100.00', 'paid'),
  tooMuch('100.01', 'review/unconfirmed'),
  tooMuch('900.00', 'review/unconfirmed'),
  flooded('one guessed address of a notification', () => post(ADDRESS)),
  flooded('one guessed return address', () => get(BACK)),
  flooded('guessed return addresses', () => get(`/v1/returns/${guessToken()}/ABCDEFGHIJKLMNOP`)),
  flooded('forged order tokens', () => post('/v1/checkouts', { orderToken: 'a.b.c' })),
  flooded('forged order tokens, each from another address', (index) => {
    const request = post('/v1/checkouts', { orderToken: 'a.b.c' })
    return { ...request, headers: { ...request.headers, ...spoofed(index) } }
  }),
  flooded('one checkout, canceled', () => post(`/v1/checkouts/${CHECKOUT}/cancel`)),
  flooded('wrong keys', (index) => ({
    ...get('/v1/merchant/checkouts'),
    headers: { authorization: `Bearer ${OWN_KEY}${index}`, ...spoofed(index) },
  })),
]

const ADDRESS = `/v1/webhooks/lipaykripto/${guessToken()}`
const BACK = `/v1/returns/${guessToken()}/ABCDEFGHIJKLMNOP`
const CHECKOUT = guessToken().slice(0, 21) + 'A'
