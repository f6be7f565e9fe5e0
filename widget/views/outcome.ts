/**
 * Where a payment stands once there is nothing to send: seen, checked, paid, ended.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { Checkout } from '../../protocol/payment.ts'
import { isOpen, isPaidFor } from '../../protocol/status.ts'
import type { PaymentStatus } from '../../protocol/status.ts'
import type { Flow } from '../flow.ts'
import { formatDate, formatMoney } from '../format.ts'
import { labelOf } from '../locales/fill.ts'
import { claimsOf } from '../order.ts'
import type { Rows } from '../page.ts'
import { pageUrl } from '../redirect.ts'
import type { Outcome } from '../view.ts'
import { button, link, list, message } from './parts.ts'
import type { Content } from './parts.ts'
import { details } from './transfer.ts'

/** The sign beside the title; plain waiting for what a person has to look at. */
function signOf(status: PaymentStatus, name: Outcome): 'check' | 'cross' | 'clock' | 'wait' {
  if (status === 'failed') return 'cross'
  if (status === 'pending' || status === 'processing') return 'wait'
  return isPaidFor(status) && name !== 'refund_failed' && name !== 'refunding' ? 'check' : 'clock'
}

/** Title, explanation, what arrived, and what can be done next. */
export function outcome(
  flow: Flow,
  checkout: Checkout,
  status: PaymentStatus,
  name: Outcome,
): TemplateResult {
  const { t } = flow
  const rows = receiptRows(flow, checkout)
  return message(
    signOf(status, name),
    t.outcomes[name],
    html`${list(status === 'paid' ? rows : rows.slice(0, 1))}
      <slot name=${status}></slot>
      <div class="stack">${ways(flow, status, name, rows)}</div>
      ${stillPayable(flow, checkout.payment)}`,
  )
}

/** What arrived first, and what else is worth keeping. */
function receiptRows({ t, language }: Flow, checkout: Checkout): Rows {
  const { price, payment, methods } = checkout
  const received = payment?.received
  const { paidAt } = claimsOf(checkout.receipt)
  return [
    [t.received, received ? formatMoney(received, language) : null],
    [t.price, formatMoney(price, language)],
    [t.paidWith, labelOf(t, methods.find(({ id }) => id === payment?.methodId)?.label ?? '')],
    [t.date, typeof paidAt === 'string' ? formatDate(paidAt, language) : null],
  ]
}

/** What the shopper can do in each state. */
function ways(flow: Flow, status: PaymentStatus, name: Outcome, rows: Rows): Content {
  const { t, host, state, again, reset, check, requote } = flow
  const { checkout } = state
  const to = (url: string | null, look = '') => link(t.toShop, pageUrl(url, host.page), look)
  if (isOpen(status)) return button('plain', t.checkNow, check, state.busy === 'sent')
  if (status === 'paid') {
    // on paper with the proof that it is so
    const proof = [
      [t.order, checkout?.orderId ?? null],
      ...rows,
      [t.reference, checkout?.id ?? null],
      [t.signature, checkout?.receipt ?? null],
    ] as const
    return html`${to(host.successUrl, 'primary')}
    ${button('plain', t.printReceipt, () => host.page.print(t.receipt, proof))}`
  }
  if (isPaidFor(status)) return to(host.successUrl)
  const canRequote = name === 'expired' && again && again !== reset
  const look = canRequote || name === 'unverified' ? 'plain' : 'primary'
  return html`${canRequote ? button('primary', t.newPrice, requote) : null}
  ${again && button(look, t.chooseAgain, again)}
  ${to(status === 'canceled' ? host.cancelUrl : host.failUrl)}`
}

/** Some providers only know that somebody said "sent": whoever has sent nothing, still finds the address. */
function stillPayable(flow: Flow, payment: Checkout['payment']): Content {
  const action = payment?.nextAction
  const hasSentSome = payment?.reason === 'underpaid'
  if (payment?.status !== 'processing' || hasSentSome || action?.type !== 'transfer') return null
  return details(flow, action)
}
