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
import { claimsOf } from '../order.ts'
import { pageUrl } from '../redirect.ts'
import type { Outcome } from '../view.ts'
import { button, link, list, message } from './parts.ts'
import type { Content } from './parts.ts'
import { target } from './transfer.ts'

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
  const { t, language } = flow
  const { payment } = checkout
  const received = payment?.received
  return message(
    signOf(status, name),
    t.outcomes[name],
    html`${status === 'paid' ? receipt(flow, checkout) : list([[t.received, received ? formatMoney(received, language) : null]])}
      <slot name=${status}></slot>
      <div class="stack">${ways(flow, status)}</div>
      ${stillPayable(flow, payment)}`,
  )
}

/** What was bought and paid, to be read and to be printed; on paper with the proof that it is so. */
function receipt({ t, host, language }: Flow, checkout: Checkout): TemplateResult {
  const { id, orderId, price, payment, methods, receipt: signed } = checkout
  const received = payment?.received
  const method = methods.find((one) => one.id === payment?.methodId)
  const { paidAt } = claimsOf(signed)
  const rows = [
    [t.price, formatMoney(price, language)],
    [t.received, received ? formatMoney(received, language) : null],
    [t.paidWith, method?.label ?? null],
    [t.date, typeof paidAt === 'string' ? formatDate(paidAt, language) : null],
  ] as const
  const print = () =>
    host.page.print(t.receipt, [
      [t.order, orderId],
      ...rows,
      [t.reference, id],
      [t.signature, signed],
    ])
  return html`${list(rows)} ${button('plain', t.printReceipt, print)}`
}

/** What the shopper can do in each state. */
function ways({ t, host, state, again, check, requote }: Flow, status: PaymentStatus): Content {
  const to = (url: string | null) => link(t.toShop, pageUrl(url, host.page))
  if (isOpen(status)) return button('plain', t.checkNow, check, state.busy === 'sent')
  if (isPaidFor(status)) return to(host.successUrl)
  const canRequote = again && status === 'expired' && state.checkout?.status === 'pending'
  return html`${canRequote ? button('primary', t.newPrice, requote) : null}
  ${again && button(canRequote ? 'plain' : 'primary', t.chooseAgain, again)}
  ${to(status === 'canceled' ? host.cancelUrl : host.failUrl)}`
}

/** Some providers only know that somebody said "sent": whoever has not, still finds the address. */
function stillPayable(flow: Flow, payment: Checkout['payment']): Content {
  const action = payment?.nextAction
  if (payment?.status !== 'processing' || action?.type !== 'transfer') return null
  return html`<details part="details">
    <summary>${flow.t.paymentDetails}</summary>
    <div class="stack">${target(flow, action, action.amount)}</div>
  </details>`
}
