/**
 * PayCrypto-Checkout's notifications: several events in one push, each a text of JSON, one signature for
 * all. None carries an amount, so all of them are only reasons to ask.
 *
 * A second, flat and unsigned body exists (document, FAQ): a reason to ask as well. Any well-formed
 * acknowledgement stops redelivery, whatever its code: what was not stored must not be acknowledged.
 * @module
 */
import { z } from 'zod'
import { ProxyError } from '../errors.ts'
import { isSameSecret } from '../ids.ts'
import type { WebhookEvent, WebhookReceiver } from '../webhook.ts'
import { signWebhook } from './paycrypto-signing.ts'

export interface PaycryptoWebhookOptions {
  /** The dashboard's webhook secret; without it every notification is a reason to ask, and no more. */
  readonly secret: string | undefined
}

const text = z.union([z.string(), z.number()]).transform(String)
const MAX_EVENTS = 200

const batchShape = z.object({
  action: z.string().min(1).max(100),
  events: z.array(z.string()).max(MAX_EVENTS),
})

const eventShape = z.object({
  id: z.string().min(1).max(200),
  params: z.object({ order_id: text, cust_order_id: text.optional(), status: text }),
})

const flatShape = z.object({ cust_order_id: text, order_id: text.optional(), status: text })

/** The only action that speaks of an order. */
const ORDER_RESULT = 'order_result'

export function createPaycryptoWebhook({ secret }: PaycryptoWebhookOptions): WebhookReceiver {
  return {
    authenticity: secret === undefined ? 'unsigned' : 'signed',
    isRepeated: true,

    async verify({ body, headers }) {
      const json = parseJson(body)
      const batch = batchShape.safeParse(json)
      if (!batch.success) return readFlat(json)
      const { action, events } = batch.data
      if (secret !== undefined) checkSignature(headers, action, events, secret)
      return action === ORDER_RESULT ? events.flatMap(readEvent) : []
    },

    acknowledge: () => Response.json({ code: 0, msg: 'SUCCESS' }),
  }
}

/**
 * The signature over what came. Its age does not matter: whether a retry is stamped anew is not
 * documented, and an old event is still a reason to ask.
 */
function checkSignature(
  headers: Headers,
  action: string,
  events: readonly string[],
  secret: string,
): void {
  const timestamp = headers.get('timestamp') ?? ''
  const signature = headers.get('signature') ?? ''
  const isGenuine =
    /^\d{13}$/.test(timestamp) &&
    isSameSecret(signature, signWebhook(timestamp, action, events, secret))
  if (!isGenuine) throw new ProxyError('not_found')
}

/** One event that cannot be read does not hold up the others. */
function readEvent(event: string): readonly WebhookEvent[] {
  const result = eventShape.safeParse(parseJson(event))
  if (!result.success) return []
  const { id, params } = result.data
  return [{ eventId: id, ...whose(params) }]
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

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown
  } catch {
    throw new ProxyError('not_found')
  }
}
