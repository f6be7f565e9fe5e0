/**
 * What somebody tried with an exchanger whose pages tell their secret: the page’s own words, many orders at
 * one moment, an order that was made and lost.
 * @module
 */
import { until } from '../../proxy/shop.ts'
import { ask, countPaid, isPaid, post, stateOf, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'
import { OWN_KEY, sha256Hex } from '../knowledge.ts'
import type { Begun, Stage } from '../stage.ts'

const target = 'lincoln' as const

/** The number and the secret in the address of the payment page, as a shopper reads them. */
function readPage({ checkout }: Begun): readonly [uid: string, secret: string] {
  const action = checkout.payment?.nextAction
  const url = action?.type === 'redirect' ? action.url : ''
  const [, uid = '', secret = ''] = /\/payment\/(\d+)\/([^/]+)$/.exec(url) ?? []
  return [uid, secret]
}

/** An order that is paid on the provider’s page: the address that came with it could not be read. */
async function beginOnPage(stage: Stage): Promise<Begun> {
  await stage.shop.breakNext('lincoln', 'order', 'bad-address', { times: 0 })
  const begun = await stage.begin('lincoln')
  await stage.shop.control('DELETE', '/faults')
  return begun
}

/** Signed as the document says, with a key that nobody gave out. */
const updated = (status: string): Combo => ({
  name: `the page’s number and secret, used to set ${status}`,
  target,
  threat: 'T10',
  rule: 'what the page tells a shopper makes nothing paid',
  requests: 3,
  async play(stage) {
    const begun = await beginOnPage(stage)
    const [orderUID, orderSecret] = readPage(begun)
    if (!orderUID) return ['there is no page']
    const { lincoln } = stage.shop.sandbox.urls
    const time = stage.shop.clock.now() + 1
    const body = JSON.stringify({ orderUID, orderSecret, status })
    const text = JSON.stringify({ time, ...(JSON.parse(body) as object) })
    for (const apikey of [OWN_KEY, orderSecret]) {
      await fetch(`${lincoln}/service/api/v1/public/exchanger/order/update-status?time=${time}`, {
        method: 'PUT',
        headers: {
          'content-type': 'application/json',
          apikey,
          hash: sha256Hex(sha256Hex(text) + orderSecret),
        },
        body,
      })
    }
    await ask(stage, begun)
    const { status: after, payments } = await stateOf(stage, begun)
    return unless(after === 'pending', `is ${after}, ${payments[0]}`)
  },
})

/** The button of the page itself. */
const said: Combo = {
  name: '“I have paid”, pressed on the provider’s page',
  target,
  threat: 'T10',
  rule: 'what the page tells a shopper makes nothing paid',
  requests: 2,
  async play(stage) {
    const begun = await beginOnPage(stage)
    const [uid, secret] = readPage(begun)
    const answer = await fetch(`${stage.shop.sandbox.urls.lincoln}/sandbox/order/step`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uid, secret, step: 'paid' }),
    })
    await ask(stage, begun)
    const { status, payments } = await stateOf(stage, begun)
    return [
      ...unless(answer.status === 200, `the page answered ${answer.status}`),
      ...unless(status === 'processing', `is ${status}, ${payments[0]}`),
    ]
  },
}

/** Its calls carry a moment that may never go back. */
const atOnce: Combo = {
  name: 'twelve starts, claims and payments, each twelve at one moment',
  target,
  threat: 'T28',
  rule: 'a crowd is served: every order is made, and paid by its own money',
  requests: 36,
  async play(stage) {
    const { shop, sender } = stage
    const opened = await Promise.all(
      Array.from({ length: 12 }, () => shop.open({ methods: ['lincoln'] })),
    )
    const starts = await Promise.all(opened.map((checkout) => shop.pick(checkout, 'lincoln')))
    const refused = starts.filter(({ status }) => status !== 200).length
    if (refused > 0) return [`${refused} were not started`]
    shop.clock.advance(4000)
    await Promise.all(
      opened.map(({ id }) => sender.send(post(`/v1/checkouts/${id}/sent`, { paid: true }))),
    )
    const details = await Promise.all(opened.map((checkout) => shop.detail(checkout)))
    const all = details.map((checkout): Begun => ({
      provider: 'lincoln',
      checkout,
      payment: checkout.payments[0] as Begun['payment'],
      webhook: '',
      back: '',
    }))
    const notices = await Promise.all(all.map((begun) => stage.catchNotice(begun, 'done')))
    shop.clock.advance(20_000)
    await Promise.all(notices.map((notice) => sender.send(notice)))
    await until('all are paid', async () => (await countPaid(stage, all)) === 12)
    const refs = new Set(all.map(({ payment }) => payment.ref)).size
    return unless(refs === 12, `${refs} orders for twelve checkouts`)
  },
}

/** Made over there, never answered: another company of the same coin took over. */
const orphan: Combo = {
  name: 'an order whose making was never answered, paid after another company took over',
  target,
  threat: 'T13',
  rule: 'money of a lost order is for a person, and the order is paid by its own',
  requests: 4,
  async play(stage) {
    const { shop, sender } = stage
    const known = new Set((await shop.booked('lincoln')).map(({ id }) => id))
    await shop.breakNext('lincoln', 'create', 'status-500', { afterEffect: true })
    const checkout = await shop.open({ methods: ['lincoln', 'paycrypto'] })
    const started = await shop.pick(checkout, 'lincoln')
    const { payments } = await shop.detail(checkout)
    const lost = payments.find(({ provider }) => provider === 'lincoln')
    const other = payments.find(({ provider }) => provider === 'paycrypto')
    const made = (await shop.booked('lincoln')).find(({ id }) => !known.has(id))
    if (started.status !== 200 || !lost || !other || !made) {
      return [`answered ${started.status}: ${JSON.stringify(started.body)}`]
    }
    const begun: Begun = {
      provider: 'lincoln',
      checkout,
      payment: { ...lost, ref: made.id },
      webhook: '',
      back: '',
    }
    await sender.send(await stage.catchNotice(begun, 'done'))
    const after = (await shop.detail(checkout)).payments.find(({ id }) => id === lost.id)
    const early = await isPaid(stage, begun)
    await shop.play('paycrypto', other.ref, 'success')
    await ask(stage, begun)
    await shop.becomes(checkout, 'paid')
    return [
      ...unless(!early, 'is paid by the lost one'),
      ...unless(after?.status === 'review', `the lost one is ${after?.status}/${after?.reason}`),
    ]
  },
}

export const OUTSIDER_LINCOLN: readonly Combo[] = [
  ...['done', 'inProgressPayout', 'inProgress', 'deleted', 'hold', 'returned'].map(updated),
  said,
  atOnce,
  orphan,
]
