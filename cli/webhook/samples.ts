/**
 * Notifications of an order that nobody made, one of each type, in the words of the real ones.
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { DeliveredCheckout, DeliveredPayment } from '../../merchant/checkout-event.ts'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import type { PaymentStatus, Reason } from '../../protocol/status.ts'

export interface Sample {
  readonly type: `checkout.${PaymentStatus}`
  readonly id: string
  readonly body: string
}

/** No shop has it; and it says that it is a test. */
export const SAMPLE_ORDER = 'crypto-checkout-webhook-test'

const PRICE = { amount: '620.00', currency: 'TRY' }
const REASONS: Partial<Record<PaymentStatus, Reason>> = {
  review: 'underpaid',
  failed: 'declined',
  expired: 'unconfirmed',
}
const WITH_MONEY: ReadonlySet<PaymentStatus> = new Set(['paid', 'refunding', 'refunded'])

/** All types, as one checkout that goes through them. `now`: epoch milliseconds. */
export function createSamples(now: number): readonly Sample[] {
  const checkoutId = randomBytes(16).toString('base64url')
  return PAYMENT_STATUSES.map((status, index) => {
    const timestamp = new Date(now).toISOString()
    const data = createCheckout(checkoutId, status, { version: index + 1, now })
    return {
      type: `checkout.${status}`,
      id: `msg_${randomBytes(32).toString('base64url')}`,
      body: JSON.stringify({ type: `checkout.${status}`, timestamp, data }),
    }
  })
}

function createCheckout(
  id: string,
  status: PaymentStatus,
  { version, now }: { readonly version: number; readonly now: number },
): DeliveredCheckout {
  return {
    id,
    orderId: SAMPLE_ORDER,
    price: PRICE,
    description: 'A test of crypto-checkout webhook test',
    status,
    reason: REASONS[status] ?? null,
    testMode: true,
    priceSource: 'merchant',
    methods: [],
    payment: null,
    expiresAt: new Date(now + 3_600_000).toISOString(),
    receipt: null,
    version,
    metadata: {},
    payments: [createPayment(status, now)],
  }
}

const createPayment = (status: PaymentStatus, now: number): DeliveredPayment => ({
  id: randomBytes(16).toString('hex'),
  provider: 'sandbox',
  methodId: 'sandbox:USDT:TRON',
  ref: null,
  price: PRICE,
  status,
  reason: REASONS[status] ?? null,
  received: WITH_MONEY.has(status) ? { amount: '15.10', currency: 'USDT' } : null,
  assurance: WITH_MONEY.has(status) ? 'provider-api' : null,
  paidAt: WITH_MONEY.has(status) ? new Date(now).toISOString() : null,
})
