/**
 * PayCrypto's pushes, made and signed as PayCrypto would.
 * @module
 */
import { signWebhook } from '../../../proxy/providers/paycrypto-signing.ts'
import { SANDBOX_CREDENTIALS } from '../../../sandbox/index.ts'

export const { webhookSecret } = SANDBOX_CREDENTIALS.paycrypto

export const event = (
  id: string,
  paymentId: string,
  status: unknown = 1,
  more: object = {},
): string =>
  JSON.stringify({
    id,
    create_time: 1,
    params: { order_id: 'p1', cust_order_id: paymentId, status },
    ...more,
  })

export interface Push {
  readonly body: string
  readonly headers: Record<string, string>
}

/** A push as PayCrypto would sign it. */
export function push(
  events: readonly unknown[],
  at: number | string,
  more: object = {},
  secret = webhookSecret,
): Push {
  const body = { action: 'order_result', events, ...more }
  const timestamp = String(at)
  return {
    body: JSON.stringify(body, null, 1),
    headers: { timestamp, signature: signWebhook(timestamp, body, secret) },
  }
}
