/**
 * PayCrypto-Checkout's answers: an envelope with a code, errors with HTTP 200, a result that may be
 * wrapped twice (document, "Error Codes" and "Query Order Record").
 * @module
 */
import { z } from 'zod'
import { ProviderError } from '../errors.ts'
import type { ProviderErrorCode } from '../errors.ts'
import { decimalText, providerId, statusWord } from '../option-schemas.ts'
import { expectShape } from '../provider-fetch.ts'
import type { ProviderAnswer } from '../provider-fetch.ts'

/** "Error Codes". Any other code is `provider_rejected`. */
export const ERRORS: Readonly<Record<number, ProviderErrorCode>> = {
  111001: 'payment_refused',
  111002: 'payment_refused',
  111003: 'provider_rejected',
  111004: 'provider_rejected',
  111015: 'provider_rejected',
  112001: 'provider_auth',
  112002: 'provider_auth',
  112003: 'provider_auth',
  112004: 'provider_auth',
  112005: 'provider_auth',
  112006: 'provider_auth',
  112007: 'provider_auth',
  112008: 'provider_auth',
  112009: 'provider_auth',
  112010: 'provider_auth',
  117008: 'provider_rejected',
  119001: 'provider_unavailable',
  119002: 'provider_unavailable',
  119003: 'provider_bad_response',
  119004: 'provider_bad_response',
  119005: 'provider_unavailable',
  119006: 'provider_auth',
  119007: 'provider_auth',
}

/**
 * Codes that do not say that nothing was made; nor does one that we do not know. With 117008 it was: our
 * ids are used once, so it is this very order that is there already.
 */
const UNCLEAR: ReadonlySet<number> = new Set([111015, 117008, 119001, 119002, 119003, 119004])
const TOO_MANY = 119005
/** Its limits are not documented, nor is a time to wait. */
export const TOO_MANY_REST_MS = 5000
const MAX_LAYERS = 3

/** Some say it as text. */
const code = z.union([
  z.number(),
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number),
])
const envelopeShape = z.object({ code })

/** The innermost `result`; throws for any code that is not 0, in whatever layer it stands. */
export function unwrap({ status, body }: ProviderAnswer, isCreate = false): unknown {
  let result = body
  for (let layer = 0; layer < MAX_LAYERS; layer += 1) {
    const envelope = envelopeShape.safeParse(result)
    if (!envelope.success) break
    if (envelope.data.code !== 0) throw toError(envelope.data.code, isCreate)
    result = (result as { result?: unknown }).result
  }
  if (result === body || status >= 400) {
    throw new ProviderError('provider_bad_response', `answered ${status} without its envelope`, {
      mayHaveHappened: isCreate,
    })
  }
  return result
}

/** "Too many requests", said with HTTP 200. */
export function isTooMany({ body }: ProviderAnswer): boolean {
  return envelopeShape.safeParse(body).data?.code === TOO_MANY
}

function toError(refusal: number, isCreate: boolean): ProviderError {
  const known = ERRORS[refusal] ?? 'provider_rejected'
  return new ProviderError(known, `refused with ${refusal}`, {
    providerCode: String(refusal),
    mayHaveHappened: isCreate && (UNCLEAR.has(refusal) || !(refusal in ERRORS)),
    ...(refusal === TOO_MANY && { retryAfterMs: TOO_MANY_REST_MS }),
  })
}

/** The tables have texts where the samples have numbers. */
export const textOrNumber = z.union([z.string().max(100), z.number()]).transform(String)

/** What is only shown does not keep an order from being read. */
const shownText = textOrNumber.optional().catch(undefined)

/** What arrived: empty where nothing did. A text that is no amount is not passed over. */
const paidAmount = z.union([z.literal(''), decimalText]).default('')

const recordShape = z.looseObject({
  currency: z.string().max(30),
  amount: decimalText,
  paid_currency: z
    .string()
    .regex(/^[\w-]{0,30}$/)
    .default(''),
  paid_amount: paidAmount,
  order_id: providerId,
  cust_order_id: textOrNumber,
  status: textOrNumber.pipe(statusWord),
  reason: z.string().optional().catch(undefined),
  create_time: shownText,
  update_time: shownText,
})

/** An order as the queries tell it. */
export type OrderRecord = z.infer<typeof recordShape>

/** The documented fields of an order; newer records carry e-mail addresses beside them. */
export function withoutPeople(record: OrderRecord): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => KNOWN_FIELDS.has(name)))
}

const KNOWN_FIELDS: ReadonlySet<string> = new Set([
  ...Object.keys(recordShape.shape),
  'currency_rate',
])

const recordsShape = z.object({
  page_num: z.number().optional(),
  pages: z.number().optional(),
  total: z.number().optional(),
  records: z.array(recordShape),
})

export type OrderPage = z.infer<typeof recordsShape>

const recentShape = z.object({ pages: z.number().optional(), records: z.array(z.unknown()) })
const briefShape = recordShape.pick({ cust_order_id: true, status: true })

/** Of each order its id and status alone; one that cannot be read does not hold up the others. */
export function readRecent(answer: ProviderAnswer): {
  readonly orders: readonly z.infer<typeof briefShape>[]
  readonly isLast: (page: number) => boolean
} {
  const { records, pages } = expectShape(recentShape, unwrap(answer))
  return {
    orders: records.flatMap((record) => briefShape.safeParse(record).data ?? []),
    isLast: (page) => records.length === 0 || (pages !== undefined && page >= pages),
  }
}

export const readOrders = (answer: ProviderAnswer): OrderPage =>
  expectShape(recordsShape, unwrap(answer))

/** Both spellings of the document. */
const limitShape = z
  .object({
    min_limit: decimalText.optional(),
    min_limt: decimalText.optional(),
    max_limit: decimalText,
  })
  .transform(({ min_limit, min_limt, max_limit }) => ({
    min: min_limit ?? min_limt ?? '0',
    max: max_limit,
  }))

export const readLimits = (answer: ProviderAnswer): z.infer<typeof limitShape> =>
  expectShape(limitShape, unwrap(answer))
