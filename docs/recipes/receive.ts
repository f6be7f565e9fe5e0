import { verifyWebhook, WebhookError } from 'crypto-checkout/merchant'
import type { CheckoutEvent } from 'crypto-checkout/merchant'

/** Answers a notification. `apply` is yours: what it throws makes the proxy send it again. */
export async function receive(
  request: Request,
  secret: string,
  apply: (event: CheckoutEvent) => Promise<void>,
): Promise<Response> {
  let event: CheckoutEvent
  try {
    const body = await request.text()
    event = await verifyWebhook({ body, headers: request.headers }, { secret })
  } catch (error) {
    if (!(error instanceof WebhookError)) throw error
    return new Response(error.code, { status: 400 })
  }
  await apply(event)
  return new Response(null, { status: 204 })
}
