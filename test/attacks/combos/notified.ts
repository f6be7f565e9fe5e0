/**
 * Providers that tell the truth, and a truth that is not enough: part of the money, other money, money that
 * was taken back; and words that come twice, at once, or too late.
 * @module
 */
import { get, isPaid, post, stateOf, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'
import { guessToken } from '../knowledge.ts'
import type { ProviderName } from '../../proxy/shop.ts'
import type { Begun, Stage } from '../stage.ts'

const idOf = ({ provider, payment }: Begun) =>
  provider === 'lipaykripto' ? payment.id : payment.ref

async function tellTruth(stage: Stage, begun: Begun): Promise<void> {
  stage.shop.clock.advance(4000)
  await stage.sender.send(post(`/v1/checkouts/${begun.checkout.id}/sent`))
}

/** What the provider does, and what must not become of it. */
function truth(
  provider: ProviderName,
  name: string,
  actions: readonly (readonly [action: string, more?: object])[],
  never: RegExp = /^paid/,
): Combo {
  return {
    name: `${provider}: ${name}`,
    target: provider,
    threat: 'T6',
    rule: 'paid is the whole price, in its coin, for good',
    requests: actions.length,
    async play(stage) {
      const begun = await stage.begin(provider)
      for (const [action, more = {}] of actions) {
        await stage.shop.play(provider, idOf(begun), action, more)
        await tellTruth(stage, begun)
      }
      const { payments, status } = await stateOf(stage, begun)
      return unless(
        !never.test(payments[0] ?? '') && status !== 'paid',
        `is ${status}, ${payments[0]}`,
      )
    },
  }
}

/** The provider's answer to our question says something else than was asked for. */
function lie(provider: ProviderName, operation: string, kind: string, action: string): Combo {
  return {
    name: `${provider}: paid, but its answer has ${kind}`,
    target: provider,
    threat: 'T6',
    rule: 'what is asked about is compared with what was ordered',
    requests: 1,
    async play(stage) {
      const begun = await stage.begin(provider)
      await stage.shop.play(provider, idOf(begun), action)
      await stage.shop.breakNext(provider, operation, kind, { times: 0 })
      await tellTruth(stage, begun)
      const paid = await isPaid(stage, begun)
      await stage.shop.control('DELETE', '/faults')
      return unless(!paid, 'is paid')
    },
  }
}

export const TRUTHS: readonly Combo[] = [
  truth('cryptom', 'part of the money', [['pay-part']]),
  truth('cryptom', 'part of the money, called done', [['pay-part'], ['done']]),
  truth('cryptom', 'no money, called done', [['done']]),
  truth('cryptom', 'no money, converted', [['converting'], ['converted'], ['wallet-charged']]),
  truth('cryptom', 'no money, checked by hand', [['manual-check']]),
  truth('cryptom', 'part of the money, then its time is over', [['pay-part'], ['timeout']]),
  truth('cryptom', 'canceled', [['cancel']]),
  truth('paycrypto', 'part of the money', [['underpay']]),
  truth('paycrypto', 'success with a cent', [['success', { amount: '0.01' }]]),
  truth('paycrypto', 'success with a thousandth', [['success', { amount: '0.0125' }]]),
  truth('paycrypto', 'success with a little less', [['success', { amount: '12.499999' }]]),
  truth('paycrypto', 'success in another coin', [['success', { currency: 'TRX' }]]),
  truth('paycrypto', 'success in another coin, a little of it', [
    ['success', { amount: '0.01', currency: 'BTC' }],
  ]),
  truth('paycrypto', 'success in a currency', [['success', { amount: '12.50', currency: 'TRY' }]]),
  truth('paycrypto', 'confirming', [['confirming']]),
  truth('paycrypto', 'abnormal', [['abnormal']]),
  truth('paycrypto', 'failed', [['fail']]),
  truth('paycrypto', 'expired', [['expire']]),
  truth('lincoln', 'in progress, which the shopper can say', [['in-progress']]),
  truth('lincoln', 'in the payout queue', [['in-progress'], ['payout-queue']]),
  truth('lincoln', 'done with less', [['done', { amount: '10.1' }]]),
  truth('lincoln', 'done with a hundredth', [['done', { amount: '0.125' }]]),
  truth('lincoln', 'done with more than was asked', [['done', { amount: '100' }]]),
  truth('lincoln', 'on hold', [['hold']]),
  truth('lincoln', 'returned, which the shopper can say', [['returned']], /^(paid|refund)/),
  truth('lincoln', 'deleted, which the shopper can say', [['delete']], /^(paid|refund)/),
  truth('lincoln', 'failed, which the shopper can say', [['error-payment']], /^(paid|refund)/),
  truth('lincoln', 'not paid out, which the shopper can say', [['error-payout']], /^(paid|refund)/),
  lie('cryptom', 'detail', 'wrong-amount', 'pay'),
  lie('cryptom', 'detail', 'wrong-coin', 'pay'),
  lie('cryptom', 'detail', 'wrong-network', 'pay'),
  lie('cryptom', 'detail', 'change-address', 'pay'),
  lie('cryptom', 'detail', 'bad-address', 'pay'),
  lie('cryptom', 'detail', 'html', 'pay'),
  lie('cryptom', 'detail', 'truncated', 'pay'),
  lie('cryptom', 'detail', 'redirect', 'pay'),
  lie('paycrypto', 'query', 'wrong-amount', 'success'),
  lie('paycrypto', 'query', 'wrong-coin', 'success'),
  lie('paycrypto', 'query', 'unknown-status', 'success'),
  lie('paycrypto', 'query', 'huge', 'success'),
  lie('lincoln', 'order', 'wrong-amount', 'done'),
  lie('lincoln', 'order', 'wrong-coin', 'done'),
  lie('lincoln', 'order', 'wrong-network', 'done'),
  lie('lincoln', 'order', 'unknown-status', 'done'),
  lie('lincoln', 'order', 'change-address', 'done'),
]

export const RACES: readonly Combo[] = [
  {
    name: 'three hundred guessed addresses',
    target: 'lipaykripto',
    threat: 'T7',
    rule: 'no address is guessed, and no guess tells anything',
    requests: 300,
    async play(stage) {
      const begun = await stage.begin('lipaykripto')
      const { body = '' } = await stage.catchNotice(begun, 'confirm')
      const answers = await Promise.all(
        Array.from({ length: 300 }, () =>
          stage.sender.send(post(`/v1/webhooks/lipaykripto/${guessToken()}`, String(body))),
        ),
      )
      const kinds = new Set(answers.map(({ status, text }) => `${status} ${text}`))
      return [
        ...unless(kinds.size === 1 && kinds.has('404 refused'), [...kinds].join(', ')),
        ...unless(!(await isPaid(stage, begun)), 'is paid'),
      ]
    },
  },
  {
    name: 'five hundred guessed checkouts',
    target: 'proxy',
    threat: 'T24',
    rule: 'no checkout is guessed, and no guess tells anything',
    requests: 500,
    async play(stage) {
      const answers = await Promise.all(
        Array.from({ length: 500 }, () =>
          stage.sender.send(get(`/v1/checkouts/${guessToken().slice(0, 22)}`)),
        ),
      )
      const kinds = new Set(
        answers.map(({ status, text }) => `${status} ${text.replace(/"requestId":"[^"]+"/, '')}`),
      )
      return unless(kinds.size === 1 && answers[0]?.status === 404, [...kinds].join(', '))
    },
  },
  {
    name: 'fifty parallel posts of one token',
    target: 'proxy',
    threat: 'T3',
    rule: 'one token, one checkout',
    requests: 50,
    async play(stage) {
      const orderToken = await stage.shop.token({ orderId: 'fifty' })
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => stage.sender.send(post('/v1/checkouts', { orderToken }))),
      )
      const ids = new Set(answers.map(({ text }) => (JSON.parse(text) as { id?: string }).id))
      const made = answers.filter(({ status }) => status === 201).length
      return unless(ids.size === 1 && made === 1, `${ids.size} checkouts, ${made} made`)
    },
  },
  {
    name: 'a notification while the checkout is being canceled',
    target: 'lipaykripto',
    threat: 'T13',
    rule: 'money that came is never lost, whoever was faster',
    requests: 2,
    async play(stage) {
      const begun = await stage.begin('lipaykripto')
      const notice = await stage.catchNotice(begun, 'confirm')
      await Promise.all([
        stage.sender.send(notice),
        stage.sender.send(post(`/v1/checkouts/${begun.checkout.id}/cancel`)),
      ])
      await stage.sender.send(notice)
      return unless(await isPaid(stage, begun), `is ${(await stateOf(stage, begun)).status}`)
    },
  },
  {
    name: 'confirmed and failed at once',
    target: 'lipaykripto',
    threat: 'T13',
    rule: 'paid is never taken back',
    requests: 10,
    async play(stage) {
      const begun = await stage.begin('lipaykripto')
      const notice = await stage.catchNotice(begun, 'confirm')
      await stage.sender.send(notice)
      const failed = { ...notice, body: String(notice.body).replace('confirmed', 'failed') }
      await Promise.all(Array.from({ length: 10 }, () => stage.sender.send(failed)))
      return unless(await isPaid(stage, begun), `is ${(await stateOf(stage, begun)).status}`)
    },
  },
  {
    name: 'a captured failure, re-sent as a success',
    target: 'lipaykripto',
    threat: 'T7',
    rule: 'burned once the payment is at its end',
    requests: 2,
    async play(stage) {
      const begun = await stage.begin('lipaykripto')
      const failed = await stage.catchNotice(begun, 'fail')
      await stage.sender.send(failed)
      const retold = { ...failed, body: String(failed.body).replace('failed', 'confirmed') }
      const { status } = await stage.sender.send(retold)
      return [
        ...unless(status === 404, `answered ${status}`),
        ...unless(!(await isPaid(stage, begun)), 'is paid'),
      ]
    },
  },
  {
    name: 'a notification a month after the checkout ran out',
    target: 'lipaykripto',
    threat: 'T7',
    rule: 'an address has its time',
    requests: 1,
    isLate: true,
    async play(stage) {
      const begun = await stage.begin('lipaykripto')
      const notice = await stage.catchNotice(begun, 'confirm')
      stage.shop.clock.advance(30 * 24 * 60 * 60_000)
      const { status } = await stage.sender.send(notice)
      return [
        ...unless(status === 404, `answered ${status}`),
        ...unless(!(await isPaid(stage, begun)), 'is paid'),
      ]
    },
  },
  {
    name: 'an order of the catalogue under the number of an expensive one',
    target: 'proxy',
    threat: 'T1',
    rule: 'another source is another order: its checkout, and its price, are its own',
    requests: 2,
    async play(stage) {
      const dear = await stage.begin('lipaykripto', { amount: '900.00', alternatives: [] })
      const { orderId } = dear.checkout
      const body = { product: 'tasting', orderId }
      const { text } = await stage.sender.send(post('/v1/checkouts', body))
      const other = JSON.parse(text) as { id: string; priceSource: string }
      return [
        ...unless(other.id !== dear.checkout.id, 'is the expensive checkout'),
        ...unless(other.priceSource === 'catalogue', `says ${other.priceSource}`),
      ]
    },
  },
  {
    name: 'four methods at once',
    target: 'proxy',
    threat: 'T13',
    rule: 'one thing to pay to at a time',
    requests: 4,
    async play(stage) {
      const checkout = await stage.shop.open()
      const picks: readonly ProviderName[] = ['cryptom', 'redoya', 'lipaykripto', 'paycrypto']
      await Promise.all(picks.map((provider) => stage.shop.pick(checkout, provider)))
      const { payments } = await stage.shop.detail(checkout)
      const view = await stage.shop.read(checkout)
      return [
        ...unless(view.status === 'pending', `is ${view.status}`),
        ...unless(
          payments.some(({ id }) => id === view.payment?.id),
          'nothing to pay to is shown',
        ),
        ...unless(
          payments.every(({ status }) => status !== 'paid'),
          'something is paid',
        ),
      ]
    },
  },
  {
    name: 'a hundred forged batches with the id of the genuine event to come',
    target: 'paycrypto',
    threat: 'T9',
    rule: 'nobody takes the place of an event that has not come',
    requests: 101,
    async play(stage) {
      const begun = await stage.begin('paycrypto')
      const genuine = await stage.catchNotice(begun, 'success')
      const forged = { ...genuine, headers: { ...genuine.headers, signature: 'A'.repeat(44) } }
      await Promise.all(Array.from({ length: 100 }, () => stage.sender.send(forged)))
      const early = await isPaid(stage, begun)
      await stage.sender.send(genuine)
      await stage.shop.becomes(begun.checkout, 'paid')
      return unless(!early, 'was paid by a forged one')
    },
  },
]
