/**
 * What somebody tried who knew nothing but the provider's document: proofs that are too old, swapped, or
 * told otherwise later.
 * @module
 */
import { ask, bring, countPaid, isPaid, stateOf, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'
import type { Begun } from '../stage.ts'

const target = 'redoya' as const

/** As far as two clocks may differ, and beyond. */
const AGES_S = [20, 100, 130, 190, 310, 620]
const SLACK_S = 120

const ofAge = (seconds: number): Combo => ({
  name: `a stranger’s order, paid ${seconds} s before this payment was begun`,
  target,
  threat: 'T11',
  rule: 'an order of this payment’s own time, and of one payment',
  requests: 2,
  async play(stage) {
    const owner = await stage.begin('redoya')
    const id = await stage.payByCard(owner)
    stage.shop.clock.advance(seconds * 1000)
    const thief = await stage.begin('redoya')
    await bring(stage, thief, id)
    const taken = await isPaid(stage, thief)
    await bring(stage, owner, id)
    const paid = await countPaid(stage, [owner, thief])
    return [
      ...unless(paid === 1, `${paid} are paid`),
      ...unless(!taken || seconds <= SLACK_S, 'the thief is paid'),
    ]
  },
})

/** The provider first says something untrue of an order that was paid, and then the truth. */
const lied = (kind: string): Combo => ({
  name: `paid, but the first answer has ${kind}`,
  target,
  threat: 'T11',
  rule: 'a wrong answer pays nothing, and keeps no money out',
  requests: 3,
  async play(stage) {
    const begun = await stage.begin('redoya')
    const id = await stage.payByCard(begun)
    await stage.shop.breakNext('redoya', 'verify', kind, { times: 0 })
    await bring(stage, begun, id)
    const early = await isPaid(stage, begun)
    await stage.shop.control('DELETE', '/faults')
    await ask(stage, begun)
    await bring(stage, begun, id)
    return [
      ...unless(!early, 'is paid by the wrong answer'),
      ...unless(await isPaid(stage, begun), `is ${(await stateOf(stage, begun)).payments[0]}`),
    ]
  },
})

const swapped = (name: string, amounts: readonly [string, string], early: number): Combo => ({
  name,
  target,
  threat: 'T11',
  rule: 'one order pays one checkout, of its price',
  requests: 4,
  async play(stage) {
    const one = await stage.begin('redoya', { amount: amounts[0], alternatives: [] })
    const two = await stage.begin('redoya', { amount: amounts[1], alternatives: [] })
    const [first, second] = [await stage.payByCard(one), await stage.payByCard(two)]
    await bring(stage, one, second)
    await bring(stage, two, first)
    const between = await countPaid(stage, [one, two])
    await bring(stage, one, first)
    await bring(stage, two, second)
    const paid = await countPaid(stage, [one, two])
    return [
      ...unless(between === early, `${between} were paid by the other’s`),
      ...unless(paid === 2, `${paid} of two are paid`),
    ]
  },
})

/** Brought, then told otherwise over there, then brought again and asked about. */
function retold(
  name: string,
  [outcome, action]: readonly [outcome: string, action: string],
  end: RegExp,
  isLate = false,
): Combo {
  return {
    name,
    ...(isLate && { isLate }),
    target,
    threat: 'T13',
    rule: 'the provider’s last word counts, and paid is never taken back',
    requests: 3,
    async play(stage) {
      const begun = await stage.begin('redoya')
      const id = await stage.payByCard(begun, outcome)
      await bring(stage, begun, id)
      await stage.shop.play('redoya', id, action)
      await ask(stage, begun)
      await bring(stage, begun, id)
      const { status, payments } = await stateOf(stage, begun)
      return unless(end.test(`${status} ${payments[0]}`), `is ${status}, ${payments[0]}`)
    },
  }
}

/** Paid, and forgotten over there before the shopper came back. */
const forgotten: Combo = {
  name: 'paid, and no longer known when the shopper comes back',
  target,
  threat: 'T11',
  rule: 'what nobody knows is for a person, never paid',
  requests: 1,
  async play(stage) {
    const begun = await stage.begin('redoya')
    const id = await stage.payByCard(begun)
    await stage.shop.play('redoya', id, 'time-out')
    await bring(stage, begun, id)
    const { payments } = await stateOf(stage, begun)
    return unless(payments[0] === 'review/unconfirmed', `is ${payments[0]}`)
  },
}

/** All four belong to the payment that they were brought to. */
const fourAtOnce: Combo = {
  name: 'four orders paid by one link, brought at once, then each to a checkout of its own',
  target,
  threat: 'T12',
  rule: 'an order belongs to whom it was brought first',
  requests: 8,
  async play(stage) {
    const begun = await stage.begin('redoya')
    const ids = await Promise.all([1, 2, 3, 4].map(() => stage.payByCard(begun)))
    await Promise.all(ids.map((id) => bring(stage, begun, id)))
    const own = await isPaid(stage, begun)
    const fresh: Begun[] = []
    for (const id of ids) {
      const other = await stage.begin('redoya')
      await bring(stage, other, id)
      fresh.push(other)
    }
    const others = await countPaid(stage, fresh)
    return [
      ...unless(own, 'is not paid by its own'),
      ...unless(others === 0, `${others} others are paid`),
    ]
  },
}

export const OUTSIDER_REDOYA: readonly Combo[] = [
  ...AGES_S.map(ofAge),
  swapped('two orders at one price, paid, their ids swapped', ['300.00', '300.00'], 2),
  swapped('two orders at two prices, paid, their ids swapped', ['300.00', '310.00'], 0),
  retold('declined, and paid after all', ['failed', 'confirm'], /^paid paid/),
  // Over there its money is gone then, which the audit would find.
  retold('paid, and called failed later', ['success', 'fail'], /^paid paid$/, true),
  forgotten,
  fourAtOnce,
  ...['wrong-amount', 'wrong-coin', 'unknown-status'].map(lied),
]
