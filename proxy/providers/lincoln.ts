/**
 * Lincoln.money: an order on an exchange route → the shopper pays to the order's address here, or on
 * their page → a notification, the return or the clock makes us ask for the order.
 *
 * Quirks (document "Интеграция с вашим сервисом. Мерчант"; the engine's own front end):
 * - `time` must rise strictly per key as requests arrive: one call in flight at a time, over all proxies.
 * - The hash is plain SHA-256 twice over the JSON of all parameters, in the order in which they are sent.
 * - A notification is sent once and never repeated: asking is not optional.
 * - `inProgress` can be set by anyone who knows the order's secret, which stands in the payment page's
 *   address: it proves nothing. Paid is `done`.
 * - `agreement: true` is the shopper's consent to the exchanger's rules: it is asked, never assumed.
 * - The page templates that come with an order hold code; nothing of them is ever evaluated.
 * @module
 */
import { z } from 'zod'
import type { NextAction } from '../../protocol/payment.ts'
import { ProviderError } from '../errors.ts'
import {
  accountText,
  baseUrl,
  decimalText,
  flag,
  isLoopback,
  jsonFile,
  list,
  providerId,
  secretText,
} from '../option-schemas.ts'
import { expectShape } from '../provider-fetch.ts'
import type { CreateProvider, NewPayment, ProviderFactory } from '../provider.ts'
import { createLincolnCall } from './lincoln-call.ts'
import { createLincolnWebhook } from './lincoln-ipn.ts'
import {
  depositAddress,
  findOther,
  orderShape,
  toTime,
  toTransfer,
  toUpdate,
} from './lincoln-order.ts'
import type { Order } from './lincoln-order.ts'
import { readRoutes, routeValuesSchema, routesShape, toMethod } from './lincoln-routes.ts'
import { chargeableAmount } from './price.ts'

export const lincolnOptions = z.strictObject({
  baseUrl: baseUrl.default('https://www.lincoln.money'),
  apiKey: accountText(/^[!-~]{8,200}$/, 'must be 8 to 200 characters of a key'),
  apiSecret: secretText,
  routes: list(z.string().regex(/^[a-f\d]{24}$/, 'must be route ids')).optional(),
  partner: z.string().max(100).optional(),
  /** Whether `time` is hashed as text or as a number; the firm's example and its users differ. */
  timeAs: z.enum(['string', 'number']).default('string'),
  /** Where the money goes, per route: the merchant's own values (`lincoln-routes.ts`). */
  values: jsonFile(routeValuesSchema).default({}),
  /** Older engines take POST for everything. */
  legacyPost: flag.default(false),
  /** Which of the two pages the shopper is sent to. */
  page: z.enum(['payment', 'order']).default('payment'),
  ipnHashField: z
    .string()
    .regex(/^[\w-]+$/)
    .optional(),
  paidAt: z.enum(['done', 'inProgressPayout']).default('done'),
})

const LIFETIME_MS = 30 * 60_000
const LANGUAGES: ReadonlySet<string> = new Set(['en', 'ru', 'uk'])

const createdShape = z.object({
  _id: z.string().regex(/^[a-f\d]{24}$/),
  uid: providerId,
  secret: z.string().regex(/^[\w-]{8,64}$/),
  inAmount: decimalText,
})

/** The adapter for one Lincoln account. */
export function lincoln(input: z.input<typeof lincolnOptions>): ProviderFactory {
  const options = lincolnOptions.parse(input)
  const rules = {
    only: options.routes,
    values: options.values,
    rulesUrl: `${options.baseUrl}/`,
  }

  const create: CreateProvider = (context) => {
    const call = createLincolnCall(options, context)

    async function getOrder(uid: string, secret: string): Promise<Order> {
      const query = { type: 'payment', orderUID: uid, orderSecret: secret }
      const data = await call({ method: 'GET', name: 'public/exchanger/order/get', query })
      const { order } = expectShape(orderShape, data)
      if ((order.uid ?? uid) === uid) return order
      throw new ProviderError('provider_bad_response', 'answered about another order')
    }

    return {
      id: 'lincoln',
      isTest: isLoopback(options.baseUrl),
      assumptions: ['LINCOLN_TIME_AS', 'LINCOLN_LEGACY_POST', 'LINCOLN_IPN_HASH_FIELD'],

      async listMethods() {
        const data = await call({ method: 'GET', name: 'public/exchanger/route/get', query: {} })
        const { routes } = expectShape(routesShape, data)
        return readRoutes(routes).flatMap((route) => toMethod(route, rules) ?? [])
      },

      async createPayment(payment) {
        const data = await call({
          method: 'POST',
          name: 'public/exchanger/order/create',
          body: orderBody(payment),
          isCreate: true,
        })
        const made = expectShape(createdShape, data, true)
        const order = await getOrder(made.uid, made.secret).catch(ignoreProviderError)
        const differs = findOther(made, payment) ?? (order && findOther(order, payment))
        if (differs !== undefined) {
          throw new ProviderError('provider_bad_response', `another ${differs} than asked for`, {
            mayHaveHappened: true,
          })
        }
        const expiresAt = toTime(order?.expiresAt) ?? context.now() + LIFETIME_MS
        const details = order?.route.from.paymentDetails
        return {
          ref: made._id,
          status: 'pending',
          providerStatus: order?.status ?? 'new',
          nextAction:
            toTransfer(payment, depositAddress(details), expiresAt) ??
            toPage(made, languageOf(payment.locale)),
          expiresAt,
          private: {
            orderId: made._id,
            uid: made.uid,
            orderSecret: made.secret,
            ...(order?.route.from.xml !== undefined && { xml: order.route.from.xml }),
            ...(details?.showIPaidBtn && { isPrepaid: 'true' }),
          },
        }
      },

      async getPayment(payment) {
        const { uid, orderSecret } = payment.private
        if (uid === undefined || orderSecret === undefined) {
          throw new ProviderError(
            'provider_auth',
            'what it is asked with cannot be opened any more',
          )
        }
        return toUpdate(await getOrder(uid, orderSecret), payment, options.paidAt)
      },

      async confirmSent({ private: { uid = '', orderSecret = '', isPrepaid } }) {
        if (isPrepaid === undefined) return
        await call({
          method: 'PUT',
          name: 'public/exchanger/order/update-status',
          body: { orderUID: uid, orderSecret, status: 'inProgress' },
        })
      },

      webhook: createLincolnWebhook(options.ipnHashField),
    }
  }

  /** The fields in the document's order; the amount as JSON writes it shortest. */
  function orderBody(payment: NewPayment): Record<string, unknown> {
    const routeId = payment.method.id.slice('lincoln:'.length)
    const own = options.values[routeId] ?? { to: {}, route: {} }
    return {
      routeId,
      ...(options.partner !== undefined && { partner: options.partner }),
      amount: chargeableAmount(payment.price, { currency: payment.price.currency, decimals: 18 }),
      fromValues: toPairs(payment.fields),
      toValues: toPairs(own.to),
      routeValues: toPairs(own.route),
      lang: languageOf(payment.locale),
      agreement: true,
      hideOutData: true,
      clientCallbackUrl: payment.returnUrl,
      ipnUrl: payment.webhookUrl,
      ipnSecret: payment.secret,
      skipPreview: true,
    }
  }

  const toPage = (
    { uid, secret }: { uid: string; secret: string },
    language: string,
  ): NextAction => ({
    type: 'redirect',
    url: `${options.baseUrl}/${language}/${options.page}/${encodeURIComponent(uid)}/${secret}`,
  })

  return Object.assign(create, { id: 'lincoln', secrets: [options.apiSecret] })
}

const toPairs = (values: Readonly<Record<string, string>>): { key: string; value: string }[] =>
  Object.entries(values).map(([key, value]) => ({ key, value }))

function languageOf(locale: string | null): string {
  const language = locale?.slice(0, 2).toLowerCase() ?? 'en'
  return LANGUAGES.has(language) ? language : 'en'
}

/** The order is made; that its details could not be had is no reason to lose it. */
function ignoreProviderError(error: unknown): undefined {
  if (!(error instanceof ProviderError)) throw error
  return undefined
}
