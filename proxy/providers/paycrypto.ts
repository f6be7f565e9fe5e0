/**
 * PayCrypto-Checkout: create a signed order → the shopper pays on their page → a webhook, a return or the
 * clock makes us ask for the order.
 *
 * Quirks (document "PayCrypto-Checkout API Documentation"):
 * - Everything is signed (`paycrypto-signing.ts`); a wrong clock or an egress address that the key does not
 *   list is refused.
 * - Errors come with HTTP 200 and a code; the result of a single query is wrapped twice.
 * - A currency is a fiat code, a coin, or a coin on a network (`USDT-TRC20`).
 * - `return_url?id=…&status=1` is nobody's word, and a webhook has no amount: both make us ask.
 * - `expire` is an instant in milliseconds, not a duration; without it an order lives for 100 minutes.
 * - A list query covers less than one month.
 * @module
 */
import { z } from 'zod'
import { ProviderError } from '../errors.ts'
import {
  accountText,
  baseUrl,
  hostNames,
  isLoopback,
  list,
  pageUrl,
  providerId,
  secretText,
} from '../option-schemas.ts'
import { createProviderFetch, expectShape } from '../provider-fetch.ts'
import type { ProviderAnswer } from '../provider-fetch.ts'
import type { CreateProvider, Limits, ProviderFactory } from '../provider.ts'
import { HEADER_TEXT } from './header-text.ts'
import {
  TOO_MANY_REST_MS,
  isTooMany,
  readLimits,
  readOrders,
  unwrap,
  withoutPeople,
} from './paycrypto-answer.ts'
import type { OrderRecord } from './paycrypto-answer.ts'
import { toUpdate } from './paycrypto-order.ts'
import { HISTORY, historyQuery, readCurrency } from './paycrypto-query.ts'
import { listRecentOrders } from './paycrypto-sweep.ts'
import { signRequest } from './paycrypto-signing.ts'
import { chargeableAmount } from './price.ts'
import { createPaycryptoWebhook } from './paycrypto-webhook.ts'

const isSandbox = (host: string): boolean => host.includes('sandbox')

const plainOptions = z.strictObject({
  baseUrl: baseUrl.default('https://payapi.paycrypto.com'),
  apiKey: accountText(/^[\w-]{8,100}$/, 'must be letters, digits, _ or -'),
  apiSecret: secretText,
  /** The password of the key, where one was set. */
  passphrase: secretText.regex(...HEADER_TEXT).optional(),
  currencies: list(z.string().refine(readCurrency, 'names a currency that we do not know')).default(
    ['USDT-TRC20', 'USDT-BEP20', 'USD'],
  ),
  webhookSecret: secretText.optional(),
  authPrefix: z.string().regex(/^\w+$/).default('Inst'),
  /** It is signed between `&` and `=`. */
  companyName: z
    .string()
    .max(100)
    .regex(/^[^&=\p{C}]+$/u, 'must not contain & or =')
    .optional(),
  companyEmail: z.email().optional(),
  /** Life of an order, seconds; the provider's own is 100 minutes. */
  expire: z.coerce.number().int().min(300).max(86_400).optional(),
  pageHosts: hostNames.optional(),
})

/** The page of the same world as the API: play money must not pay a real order. */
export const paycryptoOptions = plainOptions
  .transform(({ pageHosts, ...options }) => {
    const usual = isSandbox(options.baseUrl) ? 'pay-sandbox.paycrypto.com' : 'pay.paycrypto.com'
    return { ...options, pageHosts: pageHosts ?? [usual] }
  })
  .refine(({ baseUrl: url, pageHosts }) => isSandbox(url) || !pageHosts.some(isSandbox), {
    path: ['pageHosts'],
    message: 'names a sandbox, and PAYCRYPTO_BASE_URL does not',
  })

const LIFETIME_MS = 100 * 60_000
const DECIMALS = 2

/** The adapter for one PayCrypto account. */
export function paycrypto(input: z.input<typeof paycryptoOptions>): ProviderFactory {
  const options = paycryptoOptions.parse(input)
  const { apiKey, apiSecret, passphrase } = options
  const currencies = options.currencies.flatMap((word) => readCurrency(word) ?? [])
  const createdShape = z.object({
    order_id: providerId,
    redirect_url: pageUrl(options.baseUrl, options.pageHosts),
  })

  const create: CreateProvider = (context) => {
    const { now } = context
    const call = createProviderFetch({ ...context, baseUrl: options.baseUrl })

    async function send(
      method: 'GET' | 'POST',
      path: string,
      { query = '', body = {} }: { query?: string; body?: Readonly<Record<string, unknown>> } = {},
    ): Promise<ProviderAnswer> {
      const timestamp = now()
      const signature = signRequest({ timestamp, method, apiKey, path, query, body }, apiSecret)
      const answer = await call({
        method,
        path: query === '' ? path : `${path}?${query}`,
        headers: {
          'content-type': 'application/json',
          authorization: `${options.authPrefix}:${apiKey}:${timestamp}:${signature}`,
          ...(passphrase !== undefined && { 'access-passphrase': passphrase }),
        },
        ...(method === 'POST' && { body: JSON.stringify(body) }),
        purpose: path === '/api/v1/payment' ? 'create' : 'ask',
      })
      if (isTooMany(answer)) context.breaker.rest(TOO_MANY_REST_MS)
      return answer
    }

    /** The order that we made under this id; undefined where there is none. */
    async function findOrder(paymentId: string): Promise<OrderRecord | undefined> {
      const query = `cust_order_id=${paymentId}`
      const { records } = readOrders(await send('GET', '/api/v1/orders', { query }))
      return records.find((record) => record.cust_order_id === paymentId)
    }

    async function getLimits(): Promise<readonly Limits[]> {
      const { min, max } = readLimits(await send('GET', '/api/v1/merchant/limit'))
      const symbols = [...new Set(currencies.map(({ price }) => price))]
      return symbols.map((currency) => ({
        currency,
        min,
        max,
        isExclusive: true,
        decimals: DECIMALS,
      }))
    }

    return {
      id: 'paycrypto',
      isTest: isLoopback(options.baseUrl) || isSandbox(options.baseUrl),
      assumptions: ['PAYCRYPTO_WEBHOOK_SECRET', 'PAYCRYPTO_AUTH_PREFIX', 'PAYCRYPTO_CURRENCIES'],

      async listMethods() {
        const limits = await getLimits()
        return currencies.map(({ price, asset, id }) => ({
          id,
          flow: 'redirect',
          asset: asset && { symbol: asset.symbol, network: asset.network, name: asset.name },
          label: asset?.name ?? price,
          limits: limits.filter(({ currency }) => currency === price),
          fields: [],
          consent: null,
          fee: null,
        }))
      },

      async createPayment(payment) {
        const currency = currencies.find(({ id }) => id === payment.method.id)
        if (!currency) throw new ProviderError('payment_refused', 'no such currency')
        const rule = { currency: currency.price, decimals: DECIMALS }
        const amount = chargeableAmount(payment.price, rule)
        const expiresAt = now() + (options.expire ? options.expire * 1000 : LIFETIME_MS)
        const { email } = payment.customer
        const answer = await send('POST', '/api/v1/payment', {
          body: {
            currency: currency.word,
            amount,
            cust_order_id: payment.paymentId,
            return_url: payment.returnUrl,
            notify_url: payment.webhookUrl,
            ...(options.companyName !== undefined && { company_name: options.companyName }),
            ...(options.companyEmail !== undefined && { company_email: options.companyEmail }),
            ...(options.expire !== undefined && { expire: expiresAt }),
            ...(email !== undefined && { customer: { notify_email: email } }),
          },
        })
        const made = expectShape(createdShape, unwrap(answer, true), true)
        return {
          ref: made.order_id,
          status: 'pending',
          providerStatus: '0',
          nextAction: { type: 'redirect', url: made.redirect_url },
          expiresAt,
        }
      },

      async getPayment(payment) {
        const record = await findOrder(payment.paymentId)
        return record && toUpdate(record, payment)
      },

      async findPayment(payment) {
        const record = await findOrder(payment.paymentId).catch(ignoreUnknownOrder)
        return record ? toUpdate(record, payment) : null
      },

      listRecent: (from, to) => listRecentOrders(send, from, to),

      webhook: createPaycryptoWebhook({ ...context, secret: options.webhookSecret }),
      getLimits,

      history: HISTORY,
      async listPayments(history) {
        const query = historyQuery(history.filters, now())
        const page = readOrders(await send('GET', '/api/v1/orders', { query }))
        return {
          payments: history.withPersonalData ? page.records : page.records.map(withoutPeople),
          page: page.page_num ?? null,
          pages: page.pages ?? null,
          total: page.total ?? null,
        }
      },

      async testWebhook() {
        unwrap(await send('POST', '/api/v1/events/test'))
      },
    }
  }
  const secrets = [apiSecret, passphrase, options.webhookSecret]
  return Object.assign(create, {
    id: 'paycrypto',
    secrets: secrets.filter((secret) => secret !== undefined),
  })
}

/** "This order does not exist" is an answer, too. */
function ignoreUnknownOrder(error: unknown): undefined {
  if (!(error instanceof ProviderError) || error.providerCode !== '111003') throw error
}
