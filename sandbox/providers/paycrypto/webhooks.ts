/**
 * PayCrypto's webhooks ("Webhook", and the FAQ): batches of events, each a JSON text, signed; or
 * the flat body of the FAQ, which is not signed.
 *
 * Sent to the order's `notify_url`, or else to the dashboard's. "We try 5 times in total"; any
 * answer of the right form, whatever its code, stops that: HTTP 200 and a JSON object with `code`.
 *
 * Ours: the delays (5 s, 30 s, 2 min, 10 min); a repeated push has the `Timestamp` of the first.
 *
 * @module
 */
import { randomBytes } from 'node:crypto'
import { parseJsonObject } from '../../json.ts'
import type { Notifier, Outgoing } from '../../notifier.ts'
import { PayCryptoError } from './errors.ts'
import { STATUSES } from './order.ts'
import type { Order } from './order.ts'
import type { PayCryptoSettings } from './settings.ts'
import { sign, webhookSigningString } from './signature.ts'

/** What goes out, and when. */
export interface Webhooks {
  /** Sends what the order's status is now, or keeps it for the next flush. */
  readonly push: (order: Order) => void
  /** Sends what was collected, one batch for each address; how many there were. */
  readonly flush: () => number
  /** `POST /api/v1/events/test`. Throws a `PayCryptoError` (111015) without a dashboard URL. */
  readonly test: () => void
  /** What would be sent about the order now; undefined: it has no webhook URL. */
  readonly toOutgoing: (order: Order, url: string | undefined) => Outgoing | undefined
  readonly reset: () => void
}

export interface WebhooksOptions {
  readonly now: () => number
  readonly notifier: Notifier
  readonly secret: string
  readonly settings: () => PayCryptoSettings
}

/** `params` of an event. */
interface Params {
  readonly order_id: string
  readonly cust_order_id: string
  readonly status: number
  readonly reason?: string
}

const ACTION = 'order_result'
const RETRY_DELAYS_MS = [5000, 30_000, 120_000, 600_000]
const JSON_TYPE = { 'content-type': 'application/json' }

export function createWebhooks({ now, notifier, secret, settings }: WebhooksOptions): Webhooks {
  let waiting: { readonly url: string; readonly params: Params }[] = []

  const toOutgoing = (url: string, batch: readonly Params[]): Outgoing => {
    const [first] = batch
    const isFlat = settings().shape === 'flat' && first !== undefined
    const { headers, write } = isFlat ? flat(first) : signed(batch)
    return {
      provider: 'paycrypto',
      paymentId: batch.map(({ order_id: id }) => id).join(','),
      url,
      headers,
      body: write(false),
      isAcknowledged,
      retryDelaysMs: RETRY_DELAYS_MS,
      forge: () => ({ headers, body: write(true) }),
    }
  }
  /** Forged: another status under the signature of the true one. */
  const signed = (batch: readonly Params[]) => {
    const timestamp = String(now())
    const toEvents = (isForged: boolean): string[] =>
      batch.map((params) => {
        const id = randomBytes(6).toString('hex')
        const told = isForged ? forgeStatus(params) : params
        return JSON.stringify({ id, create_time: Number(timestamp), params: told })
      })
    const events = toEvents(false)
    const signature = sign(webhookSigningString(timestamp, ACTION, events), secret)
    return {
      headers: { ...JSON_TYPE, Timestamp: timestamp, Signature: signature },
      write: (isForged: boolean) =>
        JSON.stringify({ action: ACTION, events: isForged ? toEvents(true) : events }),
    }
  }
  const flat = (params: Params) => ({
    headers: JSON_TYPE,
    write: (isForged: boolean) => {
      const { order_id, cust_order_id, status } = isForged ? forgeStatus(params) : params
      return JSON.stringify({ cust_order_id, order_id, status })
    },
  })

  return {
    push: (order) => {
      const url = order.request.notifyUrl ?? settings().webhookUrl
      if (url === null) return
      const params = toParams(order)
      if (settings().batch && settings().shape === 'batch') waiting.push({ url, params })
      else notifier.send(toOutgoing(url, [params]))
    },
    flush: () => {
      const byUrl = Map.groupBy(waiting, ({ url }) => url)
      waiting = []
      for (const [url, events] of byUrl) {
        const batch = events.map(({ params }) => params)
        notifier.send(toOutgoing(url, batch))
      }
      return byUrl.size
    },
    test: () => {
      const { webhookUrl } = settings()
      if (webhookUrl === null) throw new PayCryptoError(111015)
      notifier.send(toOutgoing(webhookUrl, [{ order_id: '123', cust_order_id: '123', status: 1 }]))
    },
    toOutgoing: (order, given) => {
      const url = given ?? order.request.notifyUrl ?? settings().webhookUrl
      return url === null ? undefined : toOutgoing(url, [toParams(order)])
    },
    reset: () => {
      waiting = []
    },
  }
}

function toParams({ id, request, status }: Order): Params {
  const reason = STATUSES[status]?.reason ?? ''
  return { order_id: id, cust_order_id: request.custOrderId, status, reason }
}

function forgeStatus(params: Params): Params {
  return { ...params, status: params.status === 1 ? 4 : 1 }
}

function isAcknowledged(status: number, body: string): boolean {
  return status === 200 && Object.hasOwn(parseJsonObject(body) ?? {}, 'code')
}
