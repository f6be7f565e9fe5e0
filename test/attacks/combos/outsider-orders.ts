/**
 * What somebody tried who knew nothing but the proxy's own answers: an order that looks like another, money
 * after a refund, a cancel at the moment of the money.
 * @module
 */
import { until } from '../../proxy/shop.ts'
import { countPaid, isPaid, post, stateOf, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'
import type { Begun, Stage } from '../stage.ts'

type Opened = Begun['checkout']

/** The same number, nobody's signature, a higher version, and paid first. */
const twin: Combo = {
  name: 'an unsigned order under the number of a signed one, paid, and of a higher version',
  target: 'proxy',
  threat: 'T1',
  rule: 'another source is another order, and keeps no news of the signed one away',
  requests: 12,
  async play(stage) {
    const signed = await stage.begin('lipaykripto')
    const { orderId } = signed.checkout
    const body = { amount: '100.00', currency: 'TRY', orderId }
    const own = JSON.parse((await stage.sender.send(post('/v1/checkouts', body))).text) as Opened
    for (const methodId of ['redoya', 'lipaykripto', 'redoya', 'lipaykripto']) {
      const started = await stage.sender.send(
        post(`/v1/checkouts/${own.id}/payments`, { methodId }),
      )
      if (started.status !== 200) return [`start answered ${started.status}: ${started.text}`]
    }
    const { payments } = await stage.shop.detail(own)
    const paying = payments.findLast(({ provider }) => provider === 'lipaykripto')
    const fake = { ...signed, payment: paying ?? signed.payment }
    await stage.sender.send(await stage.catchNotice(fake, 'confirm'))
    const before = await isPaid(stage, signed)
    await stage.sender.send(await stage.catchNotice(signed, 'confirm'))
    await stage.shop.becomes(signed.checkout, 'paid')
    const told = await until('the shop is told', () =>
      stage.shop.receiver.of(signed.checkout).find(({ type }) => type === 'checkout.paid'),
    )
    const { version } = await stage.shop.detail(own)
    return [
      ...unless(!before, 'the unsigned one paid it'),
      ...unless(told.data.version < version, 'the twin’s version is not higher: nothing is shown'),
    ]
  },
}

const refundedThenOlder: Combo = {
  name: 'paid by the newer link, refunded, then the older link is paid',
  target: 'lipaykripto',
  threat: 'T13',
  rule: 'money that comes after a refund is told as a second payment, never as a plain one',
  requests: 4,
  async play(stage) {
    const older = await stage.begin('lipaykripto', { methods: ['lipaykripto', 'paycrypto'] })
    await stage.shop.pick(older.checkout, 'paycrypto')
    const all = (await stage.shop.detail(older.checkout)).payments
    const newer = all.find(({ provider }) => provider === 'paycrypto')
    for (const action of ['success', 'refunding', 'refunded']) {
      await stage.shop.play('paycrypto', newer?.ref ?? null, action)
      stage.shop.clock.advance(16_000)
      await stage.sender.send(
        post('/v1/webhooks/paycrypto', { cust_order_id: newer?.id, status: 1 }),
      )
      if (action === 'success') await stage.shop.becomes(older.checkout, 'paid')
    }
    await stage.shop.becomes(older.checkout, 'refunded')
    await stage.sender.send(await stage.catchNotice(older, 'confirm'))
    const { reason } = await stage.shop.read(older.checkout)
    const { status, payments } = await stateOf(stage, older)
    const isPlain = status === 'paid' && reason !== 'duplicate'
    return unless(
      !isPlain && payments.includes('paid/duplicate') && payments.includes('refunded'),
      `is ${status}/${reason}: ${payments.join(', ')}`,
    )
  },
}

/** The cancel is answered with what is the case; the money counts. */
const canceled = (name: string, isPaidFirst: boolean): Combo => ({
  name,
  target: 'cryptom',
  threat: 'T13',
  rule: 'money that came is never lost, and a cancel says what is the case',
  requests: 4,
  async play(stage: Stage) {
    const begun = await stage.begin('cryptom')
    const pay = () => stage.shop.play('cryptom', begun.payment.ref, 'pay')
    const cancel = () => stage.sender.send(post(`/v1/checkouts/${begun.checkout.id}/cancel`))
    if (isPaidFirst) await pay()
    const [answer] = await Promise.all([cancel(), isPaidFirst ? undefined : pay()])
    stage.shop.clock.advance(20_000)
    const paid = await countPaid(stage, [begun])
    if (paid === 0) await stage.sender.send(post(`/v1/checkouts/${begun.checkout.id}/sent`))
    await until('it is paid', () => isPaid(stage, begun))
    return unless([200, 409].includes(answer.status), `was answered ${answer.status}`)
  },
})

export const OUTSIDER_ORDERS: readonly Combo[] = [
  twin,
  refundedThenOlder,
  canceled('a cancel after the money', true),
  ...[1, 2, 3].map((turn) => canceled(`a cancel with the money, ${turn}`, false)),
]
