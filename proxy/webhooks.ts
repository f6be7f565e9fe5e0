/**
 * Providers' notifications: checked by the adapter, stored, and only then acknowledged.
 * @module
 */
import { createHash } from 'node:crypto'
import { isOpen } from '../protocol/status.ts'
import { ProxyError } from './errors.ts'
import { hashToken } from './ids.ts'
import { toPaymentRef } from './observe.ts'
import type { Observer, Services } from './observe.ts'
import type { Payouts } from './payouts.ts'
import type { Provider } from './provider.ts'
import type { PaymentRecord } from './records.ts'
import type { PaymentKey } from './store.ts'
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

const TOKEN = /^[\w-]{43}$/
/** How long after its end a payment's own address still answers: as long as it is watched. */
const GRACE_MS = 24 * 60 * 60_000

export function createWebhooks(options: WebhookOptions): TakeWebhook {
  const { store, providers, vault, now, log, observer, payouts } = options

  async function takeEvent(
    provider: Provider,
    receiver: WebhookReceiver,
    event: WebhookEvent,
    own: PaymentRecord | undefined,
  ): Promise<void> {
    const key = own
      ? { checkoutId: own.checkoutId, paymentId: own.id }
      : await store.findPayment(provider.id, event)
    if (!key) {
      log('warn', 'webhook.unknown_payment', { provider: provider.id, eventId: event.eventId })
      return
    }
    if (event.update === undefined) {
      await lookSoon(provider.id, key, event)
      return
    }
    if (receiver.authenticity === 'unsigned' && own && !isAwaiting(own, now())) {
      throw new ProxyError('not_found')
    }
    await observer.observe(key, 'notified', event.update)
  }

  async function isRepeated(
    provider: string,
    eventId: string,
    event: WebhookEvent,
  ): Promise<boolean> {
    const digest = createHash('sha256').update(JSON.stringify(event)).digest('base64url')
    const found = await store.noteEvent(provider, eventId, digest, now())
    if (found === 'changed') log('error', 'webhook.event_changed', { provider, eventId })
    return found === 'seen'
  }

  /**
   * The reason to ask is on the disk before the event is noted as seen: a crash in between costs a
   * repeated question, never a lost one. The asking itself takes its time.
   */
  async function lookSoon(provider: string, key: PaymentKey, event: WebhookEvent): Promise<void> {
    await store.scheduleCheck(key.paymentId, now())
    if (event.eventId !== undefined && (await isRepeated(provider, event.eventId, event))) return
    observer.look(key, 0).catch((error: unknown) => {
      log('error', 'look.failed', { payment: key.paymentId, detail: String(error) })
    })
  }

  return async ({ provider: providerId, token, body, headers, query }) => {
    const provider = providers.get(providerId)
    const receiver = provider?.webhook
    if (!provider || !receiver) throw new ProxyError('not_found')
    const hash = token === undefined ? undefined : TOKEN.test(token) ? hashToken(token) : ''
    const key = hash === undefined ? undefined : await store.findByWebhook(hash)
    if (hash !== undefined && !key) {
      await payouts.takeWebhook(provider, hash, { body, headers, query, payment: null })
      return receiver.acknowledge()
    }
    const aggregate = key && (await store.read(key.checkoutId))
    const own = aggregate?.payments.find(({ id }) => id === key?.paymentId)
    if (key && own?.provider !== provider.id) throw new ProxyError('not_found')
    const payment = own ? await toPaymentRef(own, vault) : null
    for (const event of await receiver.verify({ body, headers, query, payment })) {
      await takeEvent(provider, receiver, event, own)
    }
    return receiver.acknowledge()
  }
}

/** An unsigned word is heard while the payment waits for one, and not after it had an end. */
function isAwaiting({ state, expiresAt }: PaymentRecord, now: number): boolean {
  const { status } = state
  const isWaiting = isOpen(status) || status === 'expired' || status === 'canceled'
  return isWaiting && (expiresAt === null || now < expiresAt + GRACE_MS)
}
