/**
 * What leaves the proxy: the browser's view, the merchant's notification, and what a screen shows of it
 * (I8, I15, I19).
 * @module
 */
import fc from 'fast-check'
import type { Checkout } from '../../protocol/payment.ts'
import { PAYMENT_STATUSES, TRANSITIONS } from '../../protocol/status.ts'
import type { PaymentStatus } from '../../protocol/status.ts'
import { evolve } from '../../proxy/aggregate.ts'
import { createPublish } from '../../proxy/publication.ts'
import { renderCheckout } from '../../proxy/view.ts'
import { isOlder } from '../../widget/core/answer.ts'
import { anyFacts, choices } from './facts.ts'
import { property, slowProperty } from './property.ts'
import type { Property } from './property.ts'
import { CANARY, NOW, aggregateOf, paymentOf } from './records.ts'

const CHECKOUT_KEYS =
  'id orderId price description status reason testMode priceSource methods payment expiresAt receipt'
const PAYMENT_KEYS =
  'id methodId status reason cancelable nextAction received remaining createdAt expiresAt'

const isWithin = (object: object | null, allowed: string): boolean =>
  object === null || Object.keys(object).every((key) => allowed.split(' ').includes(key))

const anyAggregate = fc.tuple(anyFacts, anyFacts, fc.nat(15)).map(([first, second, code]) => {
  const choose = choices(code)
  const flags = { isShown: choose([true, false]), isSuperseded: choose([true, false]) }
  return aggregateOf([
    paymentOf('a'.repeat(32), first, flags),
    paymentOf('b'.repeat(32), second, { isShown: choose([true, false]) }),
  ])
})

const publish = createPublish({
  publicUrl: 'https://proxy.example',
  signer: {
    jwks: { keys: [] },
    sign: async (claims: object) => `signed ${JSON.stringify(claims)}`,
  },
  isTest: () => false,
  hasReceiver: true,
  reached: () => undefined,
})

const hasMoney = (status: PaymentStatus): boolean =>
  ['paid', 'refunding', 'refunded'].includes(status)

/** A screen that is given answers in any order. */
function watch(answers: readonly Checkout[]): readonly Checkout[] {
  const shown: Checkout[] = []
  for (const answer of answers) {
    const before = shown.at(-1)
    if (!before || !isOlder(before, answer)) shown.push(answer)
  }
  return shown
}

/** What a server said of one payment: a legal walk, of which the answers come in any order. */
const anyAnswers = fc
  .tuple(fc.array(fc.nat(8), { maxLength: 12 }), fc.array(fc.nat(63), { maxLength: 24 }))
  .map(([steps, order]) => {
    const walk: PaymentStatus[] = ['pending']
    for (const step of steps) {
      const legal = TRANSITIONS[walk.at(-1) ?? 'pending']
      walk.push(legal[step % (legal.length || 1)] ?? walk.at(-1) ?? 'pending')
    }
    const { checkout } = aggregateOf([])
    const answers = walk.map((status) => {
      const end = status === 'expired' || status === 'canceled' || status === 'failed'
      const payment = { id: 'p', status }
      return { id: checkout.id, status: end ? 'pending' : status, payment } as Checkout
    })
    return order.flatMap((place) => answers[place % answers.length] ?? [])
  })

export const toldProperties: readonly Property[] = [
  property(
    {
      rule: 'I15',
      title: 'a browser sees the fields of the list, and nothing private',
      gateRuns: 5000,
    },
    anyAggregate,
    (aggregate) => {
      const view = renderCheckout(aggregate)
      const isListed = isWithin(view, CHECKOUT_KEYS) && isWithin(view.payment, PAYMENT_KEYS)
      return isListed && !JSON.stringify(view).includes(CANARY)
    },
  ),
  slowProperty(
    {
      rule: 'I8',
      title: 'a change has one id and one body, however often it is written',
      gateRuns: 2000,
    },
    fc.tuple(anyAggregate, anyFacts),
    async ([before, facts]) => {
      const own = facts.map((fact) => ({
        ...fact,
        at: fact.at + 6,
        id: `m${fact.id}`,
        paymentId: 'b'.repeat(32),
      }))
      const after = evolve(before, { facts: own }, NOW + 1)
      const later = evolve(after, { isCanceled: true }, NOW + 2)
      const [once, again, next] = [
        await publish(before, after),
        await publish(before, after),
        await publish(after, later),
      ]
      const isSame = JSON.stringify(once) === JSON.stringify(again)
      const isOther = !once.delivery || once.delivery.id !== next.delivery?.id
      const body =
        once.delivery && (JSON.parse(once.delivery.body) as { data: { version: number } })
      return isSame && isOther && (!body || body.data.version === after.checkout.version)
    },
  ),
  slowProperty(
    {
      rule: 'I1',
      title: 'a receipt stands for paid alone, and is never made anew',
      gateRuns: 2000,
    },
    anyAggregate,
    async (aggregate) => {
      const { receipt } = await publish(aggregate, aggregate)
      const checkout = { ...aggregate.checkout, receipt: 'kept' }
      const kept = await publish(aggregate, { ...aggregate, checkout })
      return (receipt !== null) === (checkout.status === 'paid') && kept.receipt === 'kept'
    },
  ),
  property(
    {
      rule: 'I19',
      title: 'answers in any order: a screen takes no step that the server cannot take',
    },
    anyAnswers,
    (answers) => {
      const shown = watch(answers)
      return shown.every((answer, index) => {
        const before = shown[index - 1]
        if (!before) return true
        const [from, to] = [before.payment?.status, answer.payment?.status]
        if (!from || !to || (hasMoney(from) && !hasMoney(to))) return false
        return from === to || (PAYMENT_STATUSES.includes(to) && TRANSITIONS[from].includes(to))
      })
    },
  ),
]
