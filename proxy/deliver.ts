/**
 * The worker that tells the merchant (Standard Webhooks): at least once, the same id and the same bytes
 * every time, for about a day. A receiver that was down hears everything within seconds of being back.
 * @module
 */
import { createHmac } from 'node:crypto'
import { startPump } from './pump.ts'
import type { Worker } from './pump.ts'
import type { DeliveryRecord } from './records.ts'
import type { Services } from './services.ts'

export interface DeliverOptions extends Pick<Services, 'store' | 'now' | 'log' | 'reached'> {
  readonly fetch: typeof fetch
  readonly url: string
  /** `whsec_…`; one signature each. */
  readonly secrets: readonly string[]
}

const SIZE = 8
const IDLE_MS = 1000
/** Longer than an attempt takes: until then nobody else sends it. */
const HOLD_MS = 30_000
const DEADLINE_MS = 10_000
/** While the receiver is down, one delivery this often finds out whether it is back. */
const PROBE_MS = 30_000
const GONE = 410

const SECOND = 1000
/** After the first failure, the second, …; then hourly. */
const DELAYS_MS = [5, 30, 120, 600, 1800, 3600].map((seconds) => seconds * SECOND)

export function startDeliver(options: DeliverOptions): Worker {
  const { store, now, log, reached } = options
  const { deliveries } = store
  const keys = options.secrets.map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
  let isDown = false
  let probedAt = now()
  let probing: string | undefined
  /** A clock that is set forward ends the hold of what is being sent; it is not sent twice for that. */
  const underWay = new Set<string>()

  async function claim(limit: number): Promise<readonly DeliveryRecord[]> {
    const claimed = await deliveries.claim(now(), limit, HOLD_MS)
    const due = claimed.filter(({ id }) => !underWay.has(id))
    if (due.length > 0 || Math.abs(now() - probedAt) < PROBE_MS) return due
    probedAt = now()
    const probe = await deliveries.claimProbe(now(), HOLD_MS)
    probing = probe?.id
    return probe ? [probe] : []
  }

  async function handle(delivery: DeliveryRecord): Promise<void> {
    underWay.add(delivery.id)
    try {
      await tell(delivery)
    } finally {
      underWay.delete(delivery.id)
    }
  }

  async function tell(delivery: DeliveryRecord): Promise<void> {
    reached('delivery_claimed')
    const { answer, isTaken, isGone } = await send(delivery)
    if (isTaken) reached('delivery_sent')
    const isOver = isGone || now() >= delivery.expiresAt
    const status = isTaken ? 'delivered' : isOver ? 'failed' : 'pending'
    const nextAt = status === 'pending' ? now() + delayAfter(delivery.attempts) : null
    const deliveredAt = isTaken ? now() : null
    await deliveries.finish(delivery, { status, nextAt, answer, deliveredAt })
    const { id, checkoutId: checkout, type, attempts } = delivery
    const told = { id, checkout, type, attempts, answer, status }
    if (isTaken) log('info', 'delivery.delivered', told)
    else if (status === 'pending') log('warn', 'delivery.failed', told)
    else log('error', 'delivery.failed', { ...told, alarm: 'delivery_given_up' })
    // One that is refused again and again says nothing about the others.
    const isBack = isTaken && (isDown || id === probing)
    if (isTaken || (attempts === 1 && !isGone)) isDown = !isTaken
    if (isBack) await deliveries.bringForward(now())
  }

  async function send({ id, body }: DeliveryRecord) {
    const timestamp = Math.floor(now() / SECOND)
    try {
      const response = await options.fetch(options.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': id,
          'webhook-timestamp': String(timestamp),
          'webhook-signature': keys.map((key) => sign(key, `${id}.${timestamp}.${body}`)).join(' '),
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(DEADLINE_MS),
      })
      await response.body?.cancel()
      const { status, ok } = response
      return { answer: String(status), isTaken: ok, isGone: status === GONE }
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'TimeoutError'
      return { answer: isLate ? 'no answer' : 'no connection', isTaken: false, isGone: false }
    }
  }

  return startPump({
    claim,
    handle,
    size: SIZE,
    idleMs: IDLE_MS,
    onError: (error) => log('error', 'deliver.failed', { detail: String(error) }),
  })
}

const sign = (key: Buffer, text: string): string =>
  `v1,${createHmac('sha256', key).update(text).digest('base64')}`

/** With a fifth of it more or less, so that many do not come at once. */
function delayAfter(attempts: number): number {
  const delay = DELAYS_MS[Math.max(0, attempts - 1)] ?? 3600 * SECOND
  return Math.round(delay * (0.8 + Math.random() * 0.4))
}
