/**
 * What may come in over HTTP. Unknown fields are refused, and a wrong one is named. `/openapi.json` is
 * generated from these.
 * @module
 */
import { z } from 'zod'
import { isAssetSymbol } from '../protocol/assets.ts'
import { compareDecimal, isDecimal } from '../protocol/money.ts'
import { PAYMENT_STATUSES } from '../protocol/status.ts'
import { ProxyError } from './errors.ts'

const ISO_4217 = new Set(Intl.supportedValuesOf('currency'))

/** Digits after the point of an ISO 4217 currency, from the platform's own table. */
function currencyDecimals(currency: string): number {
  if (isAssetSymbol(currency)) return 8
  if (!ISO_4217.has(currency)) return 0
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  return format.resolvedOptions().maximumFractionDigits ?? 2
}

const amount = z
  .string()
  .refine(isDecimal, 'must be a decimal amount such as "12.50"')
  .refine((text) => !isDecimal(text) || compareDecimal(text, '0') > 0, 'must be more than zero')
  .meta({ description: 'Decimal text, dot as separator, no sign, no exponent.', example: '12.50' })

const currency = z
  .string()
  .refine((code) => ISO_4217.has(code) || isAssetSymbol(code), 'must be a currency we know')
  .meta({ description: 'ISO 4217 code, or an asset symbol such as USDT.', example: 'TRY' })

const fitsCurrency = (price: { amount: string; currency: string }): boolean =>
  !isDecimal(price.amount) ||
  (price.amount.split('.')[1] ?? '').length <= currencyDecimals(price.currency)

const MISFIT = { message: 'has more decimals than its currency', path: ['amount'] }

const money = z.strictObject({ amount, currency }).refine(fitsCurrency, MISFIT)

const orderId = z
  .string()
  .regex(/^[\w.:-]{1,128}$/, 'must be 1 to 128 letters, digits, or . _ : -')
  .meta({ description: "The merchant's own number for the purchase.", example: 'A-1001' })

/** Without the character NUL, which PostgreSQL does not store. */
const text = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[^\0]*$/, 'must not contain NUL')

const shortText = text(500).min(1)
/** Text as it came: `z.url` would drop tabs and ends of lines. `checkReturnUrl` says what it may be. */
const pageUrl = z.string().max(2000).meta({ format: 'uri' })

/** What an order may say beside its id and price, wherever it comes from. */
const orderDetails = {
  description: shortText.exactOptional(),
  methods: z.array(z.string().max(200)).max(50).exactOptional(),
  locale: z
    .string()
    .regex(/^[a-zA-Z]{2,3}(-[a-zA-Z\d]{2,8})*$/)
    .exactOptional(),
  customer: z
    .strictObject({
      email: z.email().max(254).exactOptional(),
      phone: z
        .string()
        .regex(/^\+?[\d ()-]{5,25}$/)
        .exactOptional(),
      name: text(200).min(1).exactOptional(),
    })
    .exactOptional(),
  successUrl: pageUrl.exactOptional(),
  failUrl: pageUrl.exactOptional(),
  cancelUrl: pageUrl.exactOptional(),
  pendingUrl: pageUrl.exactOptional(),
  metadata: z.record(text(40), text(500)).exactOptional(),
}

const pricedOrder = {
  orderId,
  amount,
  currency,
  alternatives: z.array(money).max(10).exactOptional(),
  ...orderDetails,
}

/** An order as a merchant's backend says it. */
export const merchantOrderSchema = z.strictObject(pricedOrder).refine(fitsCurrency, MISFIT)

/** An order token's claims. */
export const orderClaimsSchema = z
  .strictObject({
    ...pricedOrder,
    aud: z.literal('crypto-checkout').or(z.tuple([z.literal('crypto-checkout')])),
    iat: z.int(),
    exp: z.int(),
    nbf: z.int().exactOptional(),
    jti: z.string().max(200).exactOptional(),
    iss: z.string().max(200).exactOptional(),
  })
  .refine(fitsCurrency, MISFIT)
  .transform(({ aud: _aud, nbf: _nbf, jti: _jti, iss: _iss, ...order }) => order)

export const tokenOrderSchema = z.strictObject({
  orderToken: z.string().min(1).max(8000).meta({ description: 'A signed order token.' }),
})

export const catalogueOrderSchema = z.strictObject({
  product: z.string().min(1).max(100),
  quantity: z.int().min(1).max(1000).exactOptional(),
  orderId: orderId.exactOptional(),
})

export const unsignedOrderSchema = z
  .strictObject({ amount, currency, orderId: orderId.exactOptional() })
  .refine(fitsCurrency, MISFIT)

export const startPaymentSchema = z.strictObject({
  methodId: z.string().min(1).max(200),
  fields: z.record(text(100), text(500)).exactOptional(),
  consent: z.boolean().exactOptional(),
  returnUrl: pageUrl.exactOptional(),
})

export const sentSchema = z.strictObject({
  paid: z
    .boolean()
    .exactOptional()
    .meta({ description: 'The shopper says so; absent, we are only asked to look.' }),
})

export const emptyBodySchema = z.strictObject({})

const page = {
  cursor: z
    .string()
    .regex(/^\d{1,15}\.[\w-]{1,64}$/)
    .exactOptional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
}

export const listCheckoutsSchema = z.strictObject({
  status: z.enum(PAYMENT_STATUSES).exactOptional(),
  orderId: orderId.exactOptional(),
  needsPerson: z.literal('true').exactOptional().meta({
    description: 'Only those whose end a person has to decide, or to look at.',
  }),
  ...page,
})

export const listDeliveriesSchema = z.strictObject({
  status: z.enum(['pending', 'delivered', 'failed']).exactOptional(),
  checkout: text(64).exactOptional(),
  ...page,
})

export const resolveSchema = z.strictObject({
  status: z.enum(['paid', 'failed', 'canceled', 'refunded']),
  note: shortText.meta({ description: 'Who decided it, and why.' }),
  paymentId: z
    .string()
    .regex(/^[a-f\d]{32}$/)
    .exactOptional()
    .meta({ description: 'Which attempt; absent, the last one that waits for a person.' }),
})

export const payoutSchema = z.strictObject({
  provider: z.string().min(1).max(40),
  requestId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -'),
  amount,
  currency,
  asset: z.string().regex(/^[A-Z]{2,10}$/, 'must be a coin, such as USDT'),
  address: z.string().regex(/^[A-Za-z0-9]{20,100}$/, 'must be a wallet address'),
})

export const listPayoutsSchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(50),
})

/** A catalogue file: what a product costs. */
export const catalogueSchema = z.record(
  z.string().min(1).max(100),
  z
    .strictObject({
      amount,
      currency,
      description: shortText.exactOptional(),
      maxQuantity: z.int().min(1).exactOptional(),
    })
    .refine(fitsCurrency, MISFIT),
)

export type Catalogue = z.infer<typeof catalogueSchema>

/** The body as the schema says, or `invalid_request` naming the first field at fault, never its value. */
export function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const [issue] = result.error.issues
  if (issue?.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0]].join('.')
    throw new ProxyError('invalid_request', 'this field is not known here', { field: path })
  }
  const field = issue?.path.join('.')
  throw new ProxyError('invalid_request', issue?.message ?? 'not valid', field ? { field } : {})
}
