/**
 * LiPayKripto: a fresh token → a payment request → the shopper picks a coin and pays on their page → a
 * webhook says how it went.
 *
 * Quirks (document "LiPayKripto API Integration"; newer public documents of the same firm):
 * - A new token for every payment, although one lives for an hour (section 1).
 * - The page has no return field: where it leads is set in the firm's dashboard.
 * - The documented webhook is not signed. Newer ones are, and there is a status call with a third key;
 *   both are optional here, and once configured there is no way back down:
 *   signed + status → status → signed → unsigned at the payment's own address.
 * - `paymentUrl` carries a readable JWT. If our webhook address stands in it, the shopper knows it, and
 *   an unsigned notification proves nothing.
 * - Names change their style inside one document (`tryAmount`, `try_amount`).
 * @module
 */
import { z } from 'zod'
import { compareDecimal } from '../../protocol/money.ts'
import type { PaymentStatus } from '../../protocol/status.ts'
import { ProviderError, ProxyError } from '../errors.ts'
import { withDecimals } from '../json-decimal.ts'
import { reveals } from '../leak.ts'
import {
  accountText,
  baseUrl,
  decimalText,
  hostNames,
  isLoopback,
  pageUrl,
  providerId,
  secretText,
  statusWord,
} from '../option-schemas.ts'
import { createProviderFetch, expectShape } from '../provider-fetch.ts'
import type {
  CreateProvider,
  PaymentRef,
  PaymentUpdate,
  Provider,
  ProviderFactory,
} from '../provider.ts'
import type { WebhookRequest } from '../webhook.ts'
import { HEADER_TEXT } from './header-text.ts'
import { accept } from './lipaykripto-answer.ts'
import { createLipayPayouts } from './lipaykripto-payouts.ts'
import { readLipayNotice } from './lipaykripto-notice.ts'
import type { LipayNotice } from './lipaykripto-notice.ts'
import { createStatusCall } from './lipaykripto-status.ts'
import type { AskStatus } from './lipaykripto-status.ts'
import { chargeableAmount } from './price.ts'

export const lipaykriptoOptions = z.strictObject({
  baseUrl: baseUrl.default('https://lipaykripto.com'),
  /** No blanks or other signs: it is signed next to other fields without a separator. */
  clientId: accountText(/^[\w.-]{1,100}$/, 'must be letters, digits, . _ or -'),
  clientSecret: secretText,
  /** Signs withdrawals; the firm's SDKs use the client secret. */
  hmacSecret: secretText.optional(),
  /** How an amount is written where it is signed: as the merchant wrote it, shortest, or with two digits. */
  amountFormat: z.enum(['verbatim', 'shortest', 'fixed2']).default('verbatim'),
  /** Verifies signed webhooks; once set, unsigned ones are refused. */
  webhookSecret: secretText.optional(),
  /** Asks for a payment's status; once set, a webhook is only a reason to ask. */
  statusApiKey: secretText.regex(...HEADER_TEXT).optional(),
  /** Above this many TRY an unsigned webhook leads to review. */
  unsignedMax: decimalText.optional(),
  pageHosts: hostNames.optional(),
})

export type LipayOptions = z.output<typeof lipaykriptoOptions>

/** Sections 2 and 4, and the status call. What is not here is `processing`. */
const STATUSES: Readonly<Record<string, PaymentStatus>> = {
  pending_coin_selection: 'pending',
  pending: 'pending',
  processing: 'processing',
  confirmed: 'paid',
  failed: 'failed',
}

const LIFETIME_MS = 60 * 60_000
const PRICE = { currency: 'TRY', decimals: 2 }
const JSON_HEADERS = { 'content-type': 'application/json' }

const tokenShape = z.object({ token: z.string().min(1) })

const createdShape = (options: LipayOptions) =>
  z.object({
    success: z.literal(true),
    paymentUrl: pageUrl(options.baseUrl, options.pageHosts),
    paymentId: z.string(),
    clientId: z.string().optional(),
    paymentRequestId: providerId.optional(),
    status: statusWord,
  })

/** The adapter for one LiPayKripto client. */
export function lipaykripto(input: z.input<typeof lipaykriptoOptions>): ProviderFactory {
  const options = lipaykriptoOptions.parse(input)
  const { clientId, clientSecret, statusApiKey, webhookSecret } = options
  const created = createdShape(options)

  const create: CreateProvider = (context) => {
    const call = createProviderFetch({ ...context, baseUrl: options.baseUrl })
    const askStatus = statusApiKey === undefined ? undefined : createStatusCall(call, statusApiKey)

    async function mintToken(): Promise<string> {
      const answer = await call({
        method: 'POST',
        path: '/api/auth/token',
        headers: JSON_HEADERS,
        body: JSON.stringify({ clientId, clientSecret }),
        purpose: 'ask',
      })
      return expectShape(tokenShape, accept(answer)).token
    }

    return {
      id: 'lipaykripto',
      isTest: isLoopback(options.baseUrl),
      assumptions: ['LIPAYKRIPTO_AMOUNT_FORMAT', 'LIPAYKRIPTO_HMAC_SECRET'],

      listMethods: async () => [
        {
          id: 'lipaykripto',
          flow: 'redirect',
          asset: null,
          label: 'TRX, USDT, ETH',
          limits: [PRICE],
          fields: [],
          consent: null,
          fee: null,
        },
      ],

      async createPayment(payment) {
        const tryAmount = chargeableAmount(payment.price, PRICE)
        const token = await mintToken()
        const answer = await call({
          method: 'POST',
          path: '/api/external-payment-request',
          headers: { ...JSON_HEADERS, authorization: `Bearer ${token}` },
          body: withDecimals(
            {
              tryAmount,
              paymentId: payment.paymentId,
              webhookUrl: payment.webhookUrl,
            },
            ['tryAmount'],
          ),
          purpose: 'create',
        })
        const made = expectShape(created, accept(answer, true), true)
        if (made.paymentId !== payment.paymentId || (made.clientId ?? clientId) !== clientId) {
          throw new ProviderError('provider_bad_response', 'made another payment than asked for', {
            mayHaveHappened: true,
          })
        }
        const webhookToken = payment.webhookUrl.split('/').at(-1) ?? payment.webhookUrl
        const isWebhookExposed = reveals(made.paymentUrl, webhookToken)
        if (isWebhookExposed) {
          context.log('warn', 'webhook.exposed', {
            payment: payment.paymentId,
            provider: 'lipaykripto',
            // Where a notification is only a reason to ask, or is signed, who knows the address is no matter.
            ...(!statusApiKey && !webhookSecret && { alarm: 'webhook_exposed' }),
          })
        }
        return {
          ref: made.paymentRequestId ?? made.paymentId,
          status: 'pending',
          providerStatus: made.status,
          nextAction: { type: 'redirect', url: made.paymentUrl },
          expiresAt: context.now() + LIFETIME_MS,
          isWebhookExposed,
        }
      },

      ...(askStatus && questionsBy(askStatus)),

      webhook: {
        authenticity: webhookSecret ? 'signed' : 'unsigned',
        isRepeated: false,
        async verify(request) {
          const notice = readNotice(request)
          // The strongest that is configured decides: with a status call, the notice is a reason to ask.
          return [statusApiKey ? {} : { update: judgeNotice(notice, request.payment) }]
        },
        acknowledge: () => Response.json({ success: true }),
      },

      payouts: createLipayPayouts({ options, call, askStatus, now: context.now }),
    }
  }

  /** The notice, checked as far as it can be; everything else is unknown here (SECURITY T7). */
  function readNotice({ body, payment }: WebhookRequest): LipayNotice {
    const notice = readLipayNotice(body, webhookSecret)
    const isOurs =
      payment !== null &&
      notice?.clientId === clientId &&
      notice.paymentId === payment.paymentId &&
      (notice.status === 'confirmed' || notice.status === 'failed') &&
      compareDecimal(notice.tryAmount, payment.price.amount) === 0
    if (!isOurs) throw new ProxyError('not_found')
    return notice
  }

  function judgeNotice(
    { status, tryAmount }: LipayNotice,
    payment: PaymentRef | null,
  ): PaymentUpdate {
    if (webhookSecret) return toUpdate(status, tryAmount, 'signed-webhook')
    const update = toUpdate(status, tryAmount, 'unsigned-webhook')
    if (update.status !== 'paid') return update
    const { unsignedMax } = options
    const isTooMuch = unsignedMax !== undefined && compareDecimal(tryAmount, unsignedMax) > 0
    if (!payment?.isWebhookExposed && !isTooMuch) return update
    const note = isTooMuch
      ? 'an unsigned notification, above LIPAYKRIPTO_UNSIGNED_MAX'
      : 'an unsigned notification, at an address that the shopper could read'
    return { status: 'review', reason: 'unconfirmed', providerStatus: status, note }
  }

  const secrets = [clientSecret, options.hmacSecret, webhookSecret, statusApiKey]
  return Object.assign(create, {
    id: 'lipaykripto',
    secrets: secrets.filter((secret) => secret !== undefined),
  })
}

/** Asked by our id, so that what was made when its answer was lost is found, too. */
function questionsBy(askStatus: AskStatus): Pick<Provider, 'getPayment' | 'findPayment'> {
  const getStatus = async ({ paymentId }: PaymentRef): Promise<PaymentUpdate> => {
    const { status, tryAmount } = await askStatus('payment', paymentId)
    return toUpdate(status, tryAmount, 'provider-api')
  }
  return { getPayment: getStatus, findPayment: getStatus }
}

function toUpdate(
  providerStatus: string,
  tryAmount: string,
  assurance: NonNullable<PaymentUpdate['assurance']>,
): PaymentUpdate {
  const status = STATUSES[providerStatus] ?? 'processing'
  if (status !== 'paid') return { status, providerStatus }
  return { status, providerStatus, assurance, received: { amount: tryAmount, currency: 'TRY' } }
}
