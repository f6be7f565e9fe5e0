/**
 * PayCrypto-Checkout's notifications: several events in one push, each a text of JSON, one signature for
 * all. None carries an amount, so all of them are only reasons to ask; an old one too, since whether a
 * retry is stamped anew is not documented.
 *
 * A second, flat and unsigned body exists (document, FAQ): a reason to ask as well. Any well-formed
 * acknowledgement stops redelivery, whatever its code: what was not stored must not be acknowledged.
 * @module
 */
import { z } from 'zod'
import { ProxyError } from '../errors.ts'
import { isSameSecret } from '../ids.ts'
import { providerId } from '../option-schemas.ts'
import type { ProviderContext } from '../provider.ts'
import type { WebhookEvent, WebhookReceiver } from '../webhook.ts'
import { textOrNumber } from './paycrypto-answer.ts'
import { signWebhook } from './paycrypto-signing.ts'
import type { WebhookBody } from './paycrypto-signing.ts'

export interface PaycryptoWebhookOptions extends Pick<ProviderContext, 'now' | 'log'> {
  /** The dashboard's webhook secret; without it every notification is a reason to ask, and no more. */
  readonly secret: string | undefined
}

const MAX_EVENTS = 200
/** As far as the two clocks may differ; documented for requests. */
const FRESH_MS = 300_000

const batchShape = z.object({
  action: z.string().min(1).max(100),
  events: z.array(z.string()).max(MAX_EVENTS),
})

const eventShape = z.object({
  id: z.string().min(1).max(200),
  params: z.object({
    order_id: providerId,
    cust_order_id: providerId.optional(),
    status: textOrNumber,
  }),
})

const flatShape = z.object({
  cust_order_id: providerId,
  order_id: providerId.optional(),
  status: textOrNumber,
})

/** The only action that speaks of an order. */
const ORDER_RESULT = 'order_result'

export function createPaycryptoWebhook(options: PaycryptoWebhookOptions): WebhookReceiver {
  const { secret, now, log } = options

  /** One event that cannot be read does not hold up the others. */
  function readEvent(event: string): readonly WebhookEvent[] {
    const result = eventShape.safeParse(tryJson(event))
    if (!result.success) {
      log('warn', 'webhook.unreadable', { provider: 'paycrypto' })
      return []
    }
    const { id, params } = result.data
    // Without a signature anybody could use an id up before its time.
    return [{ ...(secret !== undefined && { eventId: id, content: event }), ...whose(params) }]
  }

  function noticeAge(headers: Headers): void {
    const age = now() - Number(headers.get('timestamp'))
    if (Math.abs(age) <= FRESH_MS) return
    log('warn', 'webhook.stale', { provider: 'paycrypto', seconds: Math.round(age / 1000) })
  }

  return {
    authenticity: secret === undefined ? 'unsigned' : 'signed',
    isRepeated: true,

    async verify({ body, headers }) {
      const json = tryJson(body)
      const batch = batchShape.safeParse(json)
      if (!batch.success) return readFlat(json)
      const { action, events } = batch.data
      if (secret !== undefined) {
        checkSignature(headers, json as WebhookBody, secret)
        noticeAge(headers)
      }
      return action === ORDER_RESULT ? events.flatMap(readEvent) : []
    },

    acknowledge: () => Response.json({ code: 0, msg: 'SUCCESS' }),
  }
}

/** Over all that came, in milliseconds: a stamp in seconds is another text, and not theirs. */
function checkSignature(headers: Headers, body: WebhookBody, secret: string): void {
  const timestamp = headers.get('timestamp') ?? ''
  const signature = headers.get('signature') ?? ''
  const isGenuine =
    /^\d{13}$/.test(timestamp) && isSameSecret(signature, signWebhook(timestamp, body, secret))
  if (!isGenuine) throw new ProxyError('not_found')
}

function readFlat(json: unknown): readonly WebhookEvent[] {
  const result = flatShape.safeParse(json)
  if (!result.success) throw new ProxyError('not_found')
  return [whose(result.data)]
}

/** Our id where it is one, else the provider's. */
function whose({
  cust_order_id: paymentId,
  order_id: ref,
}: {
  readonly cust_order_id?: string | undefined
  readonly order_id?: string | undefined
}): WebhookEvent {
  if (paymentId !== undefined) return { paymentId }
  return ref === undefined ? {} : { ref }
}

function tryJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    return undefined
  }
}
