/**
 * History: what the rows say now follows from the facts, nothing was counted twice, and what was
 * acknowledged is on the disk.
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import { projectCheckout } from '../../../protocol/checkout-status.ts'
import { project } from '../../../protocol/projection.ts'
import { isPaidFor } from '../../../protocol/status.ts'
import type { CheckoutRecord, PaymentRecord } from '../../../proxy/records.ts'
import type { Rule } from '../auditor.ts'
import { hashOf } from '../provider-books.ts'

export const historyRules: Readonly<Record<string, Rule>> = {
  'status from facts': ({ proxy }) => {
    const facts = Map.groupBy(proxy.facts, ({ paymentId }) => paymentId)
    const payments = Map.groupBy(proxy.payments, ({ checkoutId }) => checkoutId)
    const wrongPayments = proxy.payments
      .filter(({ id, state }) => !isDeepStrictEqual(project(facts.get(id) ?? []), state))
      .map(({ id, state }) => `payment ${id} is ${state.status}, its facts say otherwise`)
    const wrongCheckouts = proxy.checkouts
      .filter((checkout) => !isProjected(checkout, payments.get(checkout.id) ?? []))
      .map(({ id, status }) => `checkout ${id} is ${status}, its payments say otherwise`)
    const known = new Set(proxy.payments.map(({ id }) => id))
    const strays = [...facts.keys()].filter((id) => !known.has(id))
    return [...wrongPayments, ...wrongCheckouts, ...strays.map((id) => `facts of no payment ${id}`)]
  },

  'paid once': ({ proxy }) => {
    const seen = new Set<string>()
    return proxy.facts
      .filter(({ status }) => isPaidFor(status))
      .flatMap(({ paymentId, status, reason = '', received }) => {
        const what = `${paymentId} ${status} ${reason} ${received?.amount ?? ''}`
        if (seen.has(what)) return [`payment ${paymentId} has the same fact twice: ${status}`]
        seen.add(what)
        return []
      })
  },

  'I9 acknowledged is stored': ({ proxy, acknowledged }) => {
    const byHash = new Map(proxy.payments.map((payment) => [payment.webhookHash, payment]))
    const events = new Set(proxy.events.map((event) => `${event.provider} ${event.event_id}`))
    return acknowledged.flatMap(({ provider, url, body }) => {
      const payment = byHash.get(hashOf(new URL(url).pathname.split('/').at(-1) ?? ''))
      if (!payment) return [`${provider} got a receipt for a payment that is not here`]
      const lost = eventsOf(provider, body).find((id) => !events.has(`${provider} ${id}`))
      if (lost !== undefined) return [`event ${lost} of ${provider} was acknowledged, not stored`]
      return isHeard(payment) ? [] : [`payment ${payment.id}: acknowledged, and nothing left of it`]
    })
  },
}

/** What it said is known, or stands on the disk as a reason to ask. */
function isHeard({ provider, state, hintedAt, nextCheckAt }: PaymentRecord): boolean {
  const isKnown = isPaidFor(state.status) || state.status === 'review'
  // Without a status call the notification itself is all there ever is.
  if (provider === 'lipaykripto') return isKnown || state.status === 'failed'
  return isKnown || (hintedAt !== null && nextCheckAt !== null)
}

function isProjected(
  { status, reason, isCanceled, updatedAt, expiresAt }: CheckoutRecord,
  payments: readonly PaymentRecord[],
): boolean {
  const attempts = payments.map(({ state, isShown, isSuperseded }) => {
    return { status: state.status, reason: state.reason, isShown, isSuperseded }
  })
  const end = isCanceled ? 'canceled' : updatedAt >= expiresAt ? 'expired' : null
  return isDeepStrictEqual(projectCheckout(attempts, end), { status, reason })
}

function eventsOf(provider: string, body: string): readonly string[] {
  if (provider !== 'paycrypto') return []
  const { events = [] } = JSON.parse(body) as { events?: readonly string[] }
  return events.map((event) => (JSON.parse(event) as { id: string }).id)
}
