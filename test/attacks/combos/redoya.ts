/**
 * One honestly paid order of Redoya, and everything that it could be made to pay besides.
 * @module
 */
import { until } from '../../proxy/shop.ts'
import { countPaid, get, isPaid, post, stateOf, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'
import { CHEAP } from '../stage.ts'
import type { Begun, Stage } from '../stage.ts'
import { REDOYA_SEVERAL } from './redoya-several.ts'

const target = 'redoya' as const
const returned = ({ back }: Begun, id: string) => get(`${back}/${id}`)
const several = async (stage: Stage, count: number): Promise<readonly Begun[]> => {
  const all: Begun[] = []
  for (let index = 0; index < count; index += 1) all.push(await stage.begin('redoya'))
  return all
}

export const REDOYA_COMBOS: readonly Combo[] = [
  ...REDOYA_SEVERAL,
  {
    name: 'one order, brought to ten checkouts at once',
    target,
    threat: 'T11',
    rule: 'one order pays one checkout',
    requests: 10,
    async play(stage) {
      const all = await several(stage, 10)
      const id = await stage.payByCard(all[3] ?? (all[0] as Begun))
      await Promise.all(all.map((begun) => stage.sender.send(returned(begun, id))))
      const paid = await countPaid(stage, all)
      return unless(paid === 1, `${paid} are paid`)
    },
  },
  {
    name: 'one order, brought to ten checkouts in turn',
    target,
    threat: 'T12',
    rule: 'the first claim stands, and the others are for a person',
    requests: 10,
    async play(stage) {
      const all = await several(stage, 10)
      const [first] = all
      const id = await stage.payByCard(first as Begun)
      for (const begun of all) await stage.sender.send(returned(begun, id))
      const states = await Promise.all(all.map((begun) => stateOf(stage, begun)))
      const conflicts = states.filter(({ payments }) => payments[0] === 'review/conflict').length
      return [
        ...unless(states[0]?.status === 'paid', `the first is ${states[0]?.status}`),
        ...unless(conflicts === 9, `${conflicts} conflicts`),
      ]
    },
  },
  {
    name: 'the thief is faster than the victim',
    target,
    threat: 'T12',
    rule: 'a second claim takes nothing away, and the merchant is told of it',
    requests: 2,
    async play(stage) {
      const [victim, thief] = (await several(stage, 2)) as [Begun, Begun]
      const id = await stage.payByCard(victim)
      await stage.sender.send(returned(thief, id))
      await stage.sender.send(returned(victim, id))
      const states = [await stateOf(stage, victim), await stateOf(stage, thief)]
      const paid = states.filter(({ status }) => status === 'paid').length
      return [
        ...unless(paid === 1, `${paid} are paid`),
        ...unless(
          states[0]?.payments[0] === 'review/conflict',
          `the victim’s is ${states[0]?.payments[0]}`,
        ),
      ]
    },
  },
  {
    name: 'twenty returns of one order at once',
    target,
    threat: 'T11',
    rule: 'one effect',
    requests: 20,
    async play(stage) {
      const begun = await stage.begin('redoya')
      const id = await stage.payByCard(begun)
      await Promise.all(Array.from({ length: 20 }, () => stage.sender.send(returned(begun, id))))
      const { payments } = await stage.shop.detail(begun.checkout)
      const facts = payments[0]?.facts.filter(({ status }) => status === 'paid').length ?? 0
      const told = stage.shop.receiver
        .of(begun.checkout)
        .filter(({ type }) => type === 'checkout.paid')
      const ids = new Set(told.map(({ id: each }) => each)).size
      return [...unless(facts === 1, `${facts} facts`), ...unless(ids <= 1, `told ${ids} times`)]
    },
  },
  {
    name: 'an order that is not confirmed yet, claimed by two',
    target,
    threat: 'T12',
    rule: 'one of them is paid by it',
    requests: 4,
    async play(stage) {
      const [one, two] = (await several(stage, 2)) as [Begun, Begun]
      const id = await stage.payByCard(one, 'pending')
      await stage.sender.send(returned(two, id))
      await stage.sender.send(returned(one, id))
      const early = await countPaid(stage, [one, two])
      await stage.shop.play('redoya', id, 'confirm')
      stage.shop.clock.advance(20_000)
      await Promise.all([one, two].map((begun) => stage.sender.send(returned(begun, id))))
      const paid = await countPaid(stage, [one, two])
      return [
        ...unless(early === 0, `${early} paid too early`),
        ...unless(paid === 1, `${paid} are paid`),
      ]
    },
  },
  {
    name: 'a cheap order, then the price goes up',
    target,
    threat: 'T3',
    rule: 'an order has one price for ever',
    requests: 3,
    async play(stage) {
      const begun = await stage.begin('redoya', CHEAP)
      const id = await stage.payByCard(begun)
      const orderToken = await stage.shop.token({
        orderId: begun.checkout.orderId,
        amount: '900.00',
      })
      const answer = await stage.sender.send(post('/v1/checkouts', { orderToken }))
      await stage.sender.send(returned(begun, id))
      const { price } = await stage.shop.read(begun.checkout)
      return [
        ...unless(answer.status === 409, `answered ${answer.status}`),
        ...unless(price.amount === '30.00', `costs ${price.amount}`),
      ]
    },
  },
  {
    name: 'paid before this payment was begun',
    target,
    threat: 'T11',
    rule: 'an order of this payment’s own time',
    requests: 1,
    async play(stage) {
      const old = await stage.begin('redoya')
      const id = await stage.payByCard(old)
      stage.shop.clock.advance(10 * 60_000)
      const begun = await stage.begin('redoya')
      await stage.sender.send(returned(begun, id))
      const { payments, status } = await stateOf(stage, begun)
      return unless(status !== 'paid' && payments[0] === 'review/conflict', `is ${payments[0]}`)
    },
  },
  {
    name: 'paid a day after the checkout ran out, once by its own and once by another’s',
    target,
    threat: 'T11',
    rule: 'what is over is not paid by another’s order',
    requests: 2,
    isLate: true,
    async play(stage) {
      const begun = await stage.begin('redoya')
      stage.shop.clock.advance(25 * 60 * 60_000)
      await stage.shop.becomes(begun.checkout, 'expired')
      const other = await stage.begin('redoya', CHEAP)
      await stage.sender.send(returned(begun, await stage.payByCard(other)))
      return unless(!(await isPaid(stage, begun)), 'is paid')
    },
  },
  {
    name: 'a failed order of a stranger’s, then one’s own',
    target,
    threat: 'T13',
    rule: 'nobody’s failure keeps good money out',
    requests: 2,
    async play(stage) {
      const [stranger, begun] = (await several(stage, 2)) as [Begun, Begun]
      await stage.sender.send(returned(begun, await stage.payByCard(stranger, 'failed')))
      await stage.sender.send(returned(begun, await stage.payByCard(begun)))
      return unless(await isPaid(stage, begun), 'is not paid')
    },
  },
  {
    name: 'the checkout’s other payment is paid meanwhile',
    target,
    threat: 'T13',
    rule: 'paid once; the second money is told as a duplicate',
    requests: 4,
    async play(stage) {
      const begun = await stage.begin('redoya', { methods: ['redoya', 'paycrypto'] })
      const id = await stage.payByCard(begun)
      const picked = await stage.shop.pick(begun.checkout, 'paycrypto')
      if (picked.status !== 200) return [JSON.stringify(picked.body)]
      const own = async () => (await stage.shop.detail(begun.checkout)).payments
      const second = (await own()).find(({ provider }) => provider === 'paycrypto')
      await stage.shop.play('paycrypto', second?.ref ?? null, 'success')
      await stage.sender.send(returned(begun, id))
      await stage.sender.send(
        post('/v1/webhooks/paycrypto', {
          cust_order_id: second?.id,
          order_id: second?.ref,
          status: 1,
        }),
      )
      await until('both are paid', async () =>
        (await own()).every(({ status }) => status === 'paid'),
      )
      const reasons = (await own())
        .map(({ reason }) => reason ?? '')
        .toSorted((a, b) => a.localeCompare(b))
      return unless(reasons.join(',') === ',duplicate', `paid for the reasons ${reasons.join(',')}`)
    },
  },
]
