/**
 * Sends a notification as the proxy does: Standard Webhooks, ten seconds, no redirect followed.
 * @module
 */
import { createHmac } from 'node:crypto'
import { explainFailure, send } from '../network.ts'

export interface Notification {
  readonly id: string
  readonly body: string
}

export interface Sent {
  /** Null: there was no answer. */
  readonly status: number | null
  readonly isTaken: boolean
  /** In words, for people. */
  readonly answer: string
  readonly ms: number
}

const DEADLINE_MS = 10_000

/** `secrets` are `whsec_…`, one signature each; `at` is when it says it was sent, epoch milliseconds. */
export async function sendNotification(
  url: string,
  { id, body }: Notification,
  { secrets, at }: { readonly secrets: readonly string[]; readonly at: number },
): Promise<Sent> {
  const timestamp = Math.floor(at / 1000)
  const from = performance.now()
  const ms = (): number => Math.round(performance.now() - from)
  try {
    const response = await send(url, DEADLINE_MS, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(timestamp),
        'webhook-signature': secrets
          .map((secret) => sign(secret, `${id}.${timestamp}.${body}`))
          .join(' '),
      },
      body,
    })
    await response.body?.cancel()
    const { status, ok } = response
    return { status, isTaken: ok, answer: String(status), ms: ms() }
  } catch (error) {
    return { status: null, isTaken: false, answer: explainFailure(error), ms: ms() }
  }
}

function sign(secret: string, text: string): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(text).digest('base64')}`
}
