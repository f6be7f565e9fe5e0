/**
 * One order: every attempt with its facts as a timeline, what the shop was told of it, and what a person
 * can decide.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { isOpen } from '../../protocol/status.ts'
import type { Api } from '../api.ts'
import { definePage } from '../page.ts'
import type { Actions } from '../page.ts'
import { badge, button, list, money, time } from '../parts.ts'
import { adviceFor } from '../advice.ts'
import type { Attempt, CheckoutDetail, Delivery, Fact } from '../types.ts'
import { deliveryTable } from './deliveries.ts'

/** Where a fact comes from. */
const HOW: Readonly<Record<Fact['kind'], string>> = {
  created: 'as it was begun',
  polled: 'when they were asked',
  notified: 'by their notification',
  returned: 'when the shopper came back',
  canceled: 'by a cancel',
  expired: 'when its time ran out',
  resolved: 'by a person',
}

interface Order {
  readonly checkout: CheckoutDetail
  readonly deliveries: readonly Delivery[]
}

export const checkout = definePage<Order>({
  title: 'Order',
  async load(api, { path: [, id = ''] }) {
    const [found, told] = await Promise.all([
      api.get<CheckoutDetail>(`checkouts/${encodeURIComponent(id)}`),
      api.get<{ deliveries: readonly Delivery[] }>('deliveries', { checkout: id, limit: '100' }),
    ])
    return { checkout: found, deliveries: told.deliveries }
  },
  render({ checkout: order, deliveries }, _place, actions, api) {
    return html`<h2 translate="no" tabindex="-1">${order.orderId}</h2>
      <p class="lead">
        ${money(order.price)} ${badge(order.status, order.reason)}
        ${order.testMode ? html`<small>test mode</small>` : null}
      </p>
      ${list([
        ['What for', order.description],
        ['Price from', order.priceSource],
        ['Opened', time(order.createdAt)],
        ['Expires', isOpen(order.status) ? time(order.expiresAt) : null],
        ['Checkout', html`<code>${order.id}</code>`],
        ['Link', isOpen(order.status) ? html`<a href=${order.url}>${order.url}</a>` : null],
        ...Object.entries(order.metadata),
      ])}
      ${isOpen(order.status) ? takeBack(order, actions, api) : null}
      <h3>Payments</h3>
      ${
        order.payments.length === 0
          ? html`<p class="none">Nobody has begun to pay.</p>`
          : order.payments.map((payment) => attempt(order, payment, actions, api))
      }
      <h3>What the shop was told</h3>
      ${deliveryTable(deliveries, actions, api)}`
  },
})

function attempt(
  order: CheckoutDetail,
  payment: Attempt,
  actions: Actions,
  api: Api,
): TemplateResult {
  const { id, provider, methodId, status, reason, price, ref, received, assurance, facts } = payment
  return html`<section class="attempt" aria-label=${`Payment by ${methodId}`}>
    <p class="lead"><b>${provider}</b> <small>${methodId}</small> ${badge(status, reason)}</p>
    ${list([
      ['Charged', money(price)],
      ['Arrived', received && money(received)],
      ['Vouched for by', assurance],
      ['Their number', ref && html`<code>${ref}</code>`],
      ['Their word', payment.providerStatus],
      ['Ours', html`<code>${id}</code>`],
    ])}
    ${decide(order, payment, actions, api)}
    <ol class="timeline">
      ${facts.map(
        (fact) =>
          html`<li>
            ${time(fact.at)}
            <span>
              ${badge(fact.status, fact.reason ?? null)} ${HOW[fact.kind]}
              ${fact.received ? html`<small>${money(fact.received)} arrived</small>` : null}
              ${fact.providerStatus ? html`<small>“${fact.providerStatus}”</small>` : null}
              ${fact.note ? html`<small>${fact.note}</small>` : null}
            </span>
          </li>`,
      )}
    </ol>
  </section>`
}

/** Where a person has to look: what is the matter, and what to do about it. */
function decide(
  { id, orderId }: CheckoutDetail,
  payment: Attempt,
  { confirm }: Actions,
  api: Api,
): TemplateResult | null {
  const advice = adviceFor(payment)
  if (!advice) return null
  return html`<div class="advice">
    <p><b>${advice.what}</b> ${advice.todo}</p>
    <p class="row">
      ${advice.ways.map((status) =>
        button(
          `It is ${status}`,
          () =>
            confirm({
              title: `${orderId} is ${status}?`,
              text:
                status === 'paid'
                  ? 'The shop is told, and gets a receipt that says a person decided it.'
                  : 'The shop is told. Nothing is asked of the provider.',
              button: `It is ${status}`,
              note: 'Who decided it, and why',
              isGrave: status !== 'paid',
              async run(note) {
                const body = { status, note, paymentId: payment.id }
                await api.post(`checkouts/${encodeURIComponent(id)}/resolve`, body)
                return `${orderId} is ${status}.`
              },
            }),
          status === advice.ways[0] ? 'primary' : 'plain',
        ),
      )}
    </p>
  </div>`
}

function takeBack({ id, orderId }: CheckoutDetail, { confirm }: Actions, api: Api): TemplateResult {
  return html`<p>
    ${button(
      'Take the order back',
      () =>
        confirm({
          title: `Take ${orderId} back?`,
          text: 'What is under way is canceled at the provider where that is possible, and nothing new can be paid.',
          button: 'Take it back',
          isGrave: true,
          async run() {
            await api.post(`checkouts/${encodeURIComponent(id)}/cancel`)
            return `${orderId} was taken back.`
          },
        }),
      'bad',
    )}
  </p>`
}
