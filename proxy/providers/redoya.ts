/**
 * Redoya Pay: sign an order link → the shopper pays by card on their page → comes back to us with an
 * order id → `verify` says what it is worth. There is no webhook: an order whose shopper never comes
 * back cannot be found, and ends as expired.
 *
 * Quirks (document "Full Documentation"):
 * - Order token and identifier stand in the URL's fragment, which never reaches a server.
 * - `{order_id}` must stay as raw braces inside the signed URLs.
 * - Prices are whole liras from 3 to 1000, or floats (a setting); `verify` answers text times 100, in `TL`.
 * - `verify` counts its own calls: of each id ask until there is an answer, and not again.
 * - One link can be paid more than once, each time with an id of its own.
 * - The "public" identifier of the document's example carries the vendor's secret: refused at start.
 * @module
 */
import { SignJWT } from 'jose'
import { z } from 'zod'
import { fromMinor, toMinor } from '../../protocol/money.ts'
import type { Money } from '../../protocol/money.ts'
import { ProviderError } from '../errors.ts'
import { accountText, baseUrl, flag, secretText } from '../option-schemas.ts'
import { createProviderFetch, expectShape } from '../provider-fetch.ts'
import type { CreateProvider, PaymentRef, PaymentUpdate, ProviderFactory } from '../provider.ts'
import { chargeableAmount } from './price.ts'
import { EXPIRY_WARNING_MS, expiryOf, isLeaky } from './redoya-identifier.ts'

export const redoyaOptions = z
  .strictObject({
    baseUrl: baseUrl.default('https://pay.redoya.net'),
    /** From Redoya; public, and shown to every shopper. */
    identifier: accountText(/^[\w.-]{16,1200}$/, 'must be 16 to 1200 characters of a token'),
    secret: secretText.min(3).max(255),
    testMode: flag.default(false),
    /** Life of a payment link, seconds. The vendor's own SDK refuses less than 660. */
    orderTtl: z.coerce.number().int().min(660).max(31_536_000).default(900),
    /** Prices with kuruş: the vendor's own SDK takes them, the document not yet. */
    floatPrices: flag.default(false),
    /** Go on although the identifier tells everybody the secret. */
    allowLeakyIdentifier: flag.default(false),
  })
  .refine((options) => options.allowLeakyIdentifier || !isLeaky(options), {
    path: ['identifier'],
    message:
      'carries a secret inside, which every shopper could read and sign orders with; ask Redoya for another one',
  })

/** Whole liras, as documented. */
const PRICE = { currency: 'TRY', min: '3', max: '1000', decimals: 0 }
const FLOAT_PRICE = { ...PRICE, decimals: 2 }

const ORDER_ID = /^[A-Za-z0-9]{16}$/
const CLOCK_SLACK_S = 120

const verifiedShape = z.object({
  orderId: z.string(),
  status: z.enum(['success', 'failed']),
  payment_amount: z
    .string()
    .regex(/^\d{1,12}$/)
    .optional(),
  currency: z.string().optional(),
  testMode: z.enum(['0', '1']),
  timestamp: z.number(),
  failed_reason_code: z
    .union([z.string().max(40), z.number()])
    .optional()
    .catch('unreadable'),
})

type Verified = z.infer<typeof verifiedShape>

/** `TYPEOF_ERROR_WITH_SNAKE_CASE`. Any other text could say anything, and would stand in the log. */
const errorShape = z.object({
  type: z.string().transform((type) => (/^[A-Z][A-Z\d_]{0,59}$/.test(type) ? type : 'unreadable')),
})

/** Errors of `verify`, table "On error". Any other leaves the payment as it is. */
const ERRORS: Readonly<Record<string, PaymentUpdate | undefined>> = {
  NOT_CONFIRMED_YET: { status: 'pending', providerStatus: 'NOT_CONFIRMED_YET' },
  ORDER_TIMED_OUT: {
    status: 'review',
    reason: 'unconfirmed',
    providerStatus: 'ORDER_TIMED_OUT',
    note: 'the provider no longer tells how this order went',
  },
  // Otherwise anyone could fail a payment by typing an id.
  UNKNOWN_ORDER: undefined,
}

/** The adapter for one Redoya vendor. */
export function redoya(input: z.input<typeof redoyaOptions>): ProviderFactory {
  const options = redoyaOptions.parse(input)
  const key = new TextEncoder().encode(options.secret)
  const price = options.floatPrices ? FLOAT_PRICE : PRICE

  const create: CreateProvider = (context) => {
    const { now } = context
    const call = createProviderFetch({ ...context, baseUrl: options.baseUrl })
    const expiry = expiryOf(options.identifier)
    if (expiry !== undefined && expiry < now() + EXPIRY_WARNING_MS) {
      // From then on `verify` knows no order of ours, and paid ones would end as expired.
      context.log('error', 'redoya.identifier_expires', {
        at: new Date(expiry).toISOString(),
        alarm: 'identifier_expires',
      })
    }

    async function verify(
      orderId: string,
      payment: PaymentRef,
    ): Promise<PaymentUpdate | undefined> {
      const { status, body } = await call({
        method: 'POST',
        path: `/api/v1/order/verify/${encodeURIComponent(orderId)}`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ identifier: options.identifier }),
        purpose: 'ask',
      })
      if (status < 400) {
        return judgeOrder(
          expectShape(verifiedShape, body),
          orderId,
          payment,
          options.testMode,
          now(),
        )
      }
      const { type } = expectShape(errorShape, body)
      if (!Object.hasOwn(ERRORS, type)) {
        throw new ProviderError('provider_rejected', 'verify was refused', { providerCode: type })
      }
      return ERRORS[type]
    }

    return {
      id: 'redoya',
      isTest: options.testMode,
      assumptions: ['REDOYA_ORDER_TTL'],

      listMethods: async () => [
        {
          id: 'redoya',
          flow: 'redirect',
          asset: null,
          label: 'Card',
          limits: [price],
          fields: [],
          consent: null,
          fee: null,
        },
      ],

      getLimits: async () => [price],

      async createPayment({ price: asked, returnUrl }) {
        const issuedAt = Math.floor(now() / 1000)
        const expiresAt = issuedAt + options.orderTtl
        // Raw braces: `{order_id}` is replaced by their page, in the path, before any query.
        const back = `${returnUrl}/{order_id}`
        const orderToken = await new SignJWT({
          price: jsonNumber(chargeableAmount(asked, price)),
          isInTestMode: options.testMode ? 1 : 0,
          successfulURL: back,
          failURL: back,
          iat: issuedAt,
          exp: expiresAt,
        })
          .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
          .sign(key)
        return {
          status: 'pending',
          providerStatus: 'link signed',
          nextAction: {
            type: 'redirect',
            url: `${options.baseUrl}/checkout#${orderToken}#${options.identifier}`,
          },
          expiresAt: expiresAt * 1000,
        }
      },

      getPayment: async (payment) =>
        payment.claim === null ? undefined : verify(payment.claim, payment),

      // Signing a link makes nothing over there.
      findPayment: async () => null,

      parseReturn: ({ path }) => (ORDER_ID.test(path) ? path : undefined),
    }
  }
  return Object.assign(create, { id: 'redoya', secrets: [options.secret] })
}

/**
 * What `verify` proves. Every check stands alone: the id that was asked about, the price in kurus, the
 * currency, the mode, and a time within this payment's own life. What differs is for a person.
 */
function judgeOrder(
  order: Verified,
  orderId: string,
  payment: PaymentRef,
  isTest: boolean,
  now: number,
): PaymentUpdate | undefined {
  if (order.orderId !== orderId) {
    throw new ProviderError('provider_bad_response', 'answered about another order')
  }
  const isInTime =
    order.timestamp >= payment.createdAt / 1000 - CLOCK_SLACK_S &&
    order.timestamp <= lastTime(payment, now) / 1000 + CLOCK_SLACK_S
  const differs = [
    order.testMode !== (isTest ? '1' : '0') && 'mode',
    !isInTime && 'time',
    order.status === 'success' && order.currency !== 'TL' && 'currency',
    order.status === 'success' && order.payment_amount !== kurus(payment.price) && 'amount',
  ].find((field) => field !== false)
  if (differs) {
    // A failed order of somebody else's says nothing about this payment.
    if (order.status === 'failed') return undefined
    const note = `order ${orderId} has another ${differs}`
    return { status: 'review', reason: 'conflict', providerStatus: order.status, note }
  }
  if (order.status === 'failed') {
    const note = `failed_reason_code ${order.failed_reason_code ?? 'none'}`
    return { status: 'failed', reason: 'declined', providerStatus: 'failed', note }
  }
  return {
    ref: orderId,
    status: 'paid',
    assurance: 'provider-api',
    providerStatus: 'success',
    received: { amount: fromMinor(BigInt(order.payment_amount ?? '0'), 2), currency: 'TRY' },
  }
}

/**
 * Until when this payment's order may have been paid, epoch milliseconds. No document says that a page
 * opened in time may be paid after the link's end; but what came back by then, "not end up yet", may be
 * confirmed at any time.
 */
function lastTime({ expiresAt, claimedAt = Infinity }: PaymentRef, now: number): number {
  if (expiresAt === null || claimedAt <= expiresAt + CLOCK_SLACK_S * 1000) return now
  return Math.min(expiresAt, now)
}

/** At most six digits, which a number of JSON holds exactly. */
const jsonNumber = (amount: string): number => JSON.parse(amount) as number

const kurus = (price: Money): string => String(toMinor(chargeableAmount(price, FLOAT_PRICE), 2))
