/**
 * Providers' notifications: checked by the adapter, stored, and only then acknowledged.
 * @module
 */
import { createHash } from 'node:crypto'
import { isOpen } from '../protocol/status.ts'
import { ProxyError } from './errors.ts'
import { hashToken, isToken } from './ids.ts'
import { inspectJson } from './json-text.ts'
import type { Observer } from './look.ts'
import { toPaymentRef } from './payment-ref.ts'
import { WATCH_GAP_MS } from './schedule.ts'
import type { Services } from './services.ts'
import type { Payouts } from './payouts.ts'
import type { Provider } from './provider.ts'
import type { PaymentRecord } from './records.ts'
import type { PaymentKey } from './store.ts'
import { noteKey, runFor } from './trace.ts'
import type { WebhookEvent, WebhookReceiver } from './webhook.ts'

export interface IncomingWebhook {
  readonly provider: string
  /** The last part of a payment's or payout's own address. */
  readonly token: string | undefined
  readonly body: string
  readonly headers: Headers
  readonly query: URLSearchParams
}

/** Takes a notification in. Throws `not_found` for everything that is not genuine, all alike. */
export type TakeWebhook = (incoming: IncomingWebhook) => Promise<Response>

export interface WebhookOptions extends Services {
  readonly observer: Observer
  readonly payouts: Payouts
}

/** How long after its end a payment's own address still answers: as long as it is watched. */
const GRACE_MS = 24 * 60 * 60_000

export function createWebhooks(options: WebhookOptions): TakeWebhook {
  const { store, providers, vault, now, log, reached, observer, payouts } = options

  async function takeEvent(
    provider: Provider,
    receiver: WebhookReceiver,
    event: WebhookEvent,
    own: PaymentRecord | undefined,
  ): Promise<void> {
    const key = await findKey(provider, event, own)
    if (!key) {
      log('warn', 'webhook.unknown_payment', { provider: provider.id, eventId: event.eventId })
      return
    }
    // While its making is not answered yet, a doubt about it is only a reason to ask.
    const isInTheMaking = own?.nextAction === null && own.state.status === 'pending'
    if (event.update === undefined || (isInTheMaking && event.update.status === 'review')) {
      await runFor(key, () => takeHint(provider.id, key, event, key.paymentId === own?.id))
      return
    }
    if (receiver.authenticity === 'unsigned' && own && !isAwaiting(own, now())) {
      throw new ProxyError('not_found')
    }
    const { update } = event
    await runFor(key, () => observer.observe(key, 'notified', update))
    log('info', 'webhook.taken', { ...idsOf(key), provider: provider.id, eventId: event.eventId })
  }

  /** Of several events that came to one payment's address, each is of the payment that it names. */
  async function findKey(
    provider: Provider,
    event: WebhookEvent,
    own: PaymentRecord | undefined,
  ): Promise<PaymentKey | undefined> {
    if (event.paymentId === undefined && event.ref === undefined && own) {
      return { checkoutId: own.checkoutId, paymentId: own.id }
    }
    return store.findPayment(provider.id, event)
  }

  /**
   * The reason to ask is on the disk, in one transaction with the event's id, before the provider is
   * told so. The asking itself takes its time.
   */
  async function takeHint(
    provider: string,
    key: PaymentKey,
    event: WebhookEvent,
    isOwn: boolean,
  ): Promise<void> {
    const { eventId: id } = event
    const digest = createHash('sha256').update(JSON.stringify(event)).digest('base64url')
    const noted = id === undefined ? undefined : { provider, id, digest }
    const found = await store.checks.hint(key.paymentId, now(), noted)
    if (found === 'seen') {
      log('info', 'webhook.repeated', { provider, eventId: id })
      return
    }
    if (found === 'changed') {
      log('error', 'webhook.event_changed', { provider, eventId: id, alarm: 'event_changed' })
    } else log('info', 'webhook.taken', { provider, eventId: id })
    // What anybody could have sent makes us ask no more often than a watching browser does.
    const gapMs = isOwn || id !== undefined ? 0 : WATCH_GAP_MS
    observer.look(key, gapMs).catch((error: unknown) => {
      log('error', 'look.failed', { ...idsOf(key), detail: String(error) })
    })
  }

  async function take(
    { token, body, headers, query }: IncomingWebhook,
    provider: Provider,
    receiver: WebhookReceiver,
  ): Promise<void> {
    if (isAmbiguous(body)) throw new ProxyError('not_found', 'the body says one thing twice')
    const hash = token === undefined ? undefined : isToken(token) ? hashToken(token) : ''
    const key = hash === undefined ? undefined : await store.findByWebhook(hash)
    if (hash !== undefined && !key) {
      return payouts.takeWebhook(provider, hash, { body, headers, query, payment: null })
    }
    const aggregate = key && (await store.read(key.checkoutId))
    const own = aggregate?.payments.find(({ id }) => id === key?.paymentId)
    if (key && own?.provider !== provider.id) throw new ProxyError('not_found')
    if (key) noteKey(key)
    const payment = own ? await toPaymentRef(own, vault) : null
    const events = await receiver.verify({ body, headers, query, payment })
    reached('webhook_verified')
    for (const event of events) await takeEvent(provider, receiver, event, own)
    reached('webhook_stored')
  }

  return async (incoming) => {
    const provider = providers.get(incoming.provider)
    const receiver = provider?.webhook
    if (!provider || !receiver) throw new ProxyError('not_found')
    try {
      await take(incoming, provider, receiver)
    } catch (error) {
      if (!(error instanceof ProxyError) && !receiver.isRepeated) {
        // It will not come again: the payment is asked about all the same, and this is the evidence.
        log('error', 'webhook.not_stored', {
          provider: provider.id,
          body: incoming.body,
          alarm: 'webhook_not_stored',
        })
      }
      throw error
    }
    return receiver.acknowledge()
  }
}

const idsOf = ({ checkoutId, paymentId }: PaymentKey) => ({
  checkout: checkoutId,
  payment: paymentId,
})

/** An unsigned word is heard while the payment waits for one, and not after it had an end. */
function isAwaiting({ state, expiresAt, createdAt }: PaymentRecord, now: number): boolean {
  const { status } = state
  const isWaiting = isOpen(status) || status === 'expired' || status === 'canceled'
  return isWaiting && now < (expiresAt ?? createdAt) + GRACE_MS
}

/** JSON with two members of one name: whoever signed or filtered it may have read the other one. */
function isAmbiguous(body: string): boolean {
  try {
    JSON.parse(body)
  } catch {
    return false
  }
  return inspectJson(body).hasRepeatedMember
}
