/**
 * Cryptom Pay: log in → create a transaction → the shopper transfers to its wallet → ask until
 * `isTransferComplete`. There is no webhook and no signature at all.
 *
 * Quirks (document "Cryptom Pay API Integration"):
 * - `expires` holds durations, `expiresIn` absolute epoch milliseconds: the names are swapped. No
 *   refresh call is documented, so an expired login is made anew.
 * - Two things are called `status`: the envelope's boolean, and the transaction's text.
 * - Only `isTransferComplete === true` completes; `TRANSFERRED` may be a part of the money.
 * - `timeout` is text of epoch seconds; `wallet.ID` exceeds 2^53 and is not read.
 * - Base URL and authorization header are not documented: they are settings.
 * @module
 */
import { z } from 'zod'
import { shortest } from '../../protocol/money.ts'
import { ProviderError } from '../errors.ts'
import { withDecimals } from '../json-decimal.ts'
import { baseUrl, isLoopback, list, secretText } from '../option-schemas.ts'
import { createProviderFetch, expectShape } from '../provider-fetch.ts'
import type { ProviderAnswer, ProviderRequest } from '../provider-fetch.ts'
import type { CreateProvider, ProviderFactory } from '../provider.ts'
import { HISTORY, findByNote, readHistory, toHistoryQuery } from './cryptom-history.ts'
import {
  checkEcho,
  createdShape,
  findAccountAsset,
  toTransfer,
  toUpdate,
  transactionShape,
} from './cryptom-transaction.ts'
import type { Transaction } from './cryptom-transaction.ts'
import { HEADER_NAME, HEADER_TEXT } from './header-text.ts'
import { chargeableAmount } from './price.ts'

export const cryptomOptions = z.strictObject({
  baseUrl,
  email: z.email(),
  password: secretText,
  /** What the account can receive, in the provider's words: `TRX@TRX,USDT@TRX`. */
  assets: list(z.string().refine(findAccountAsset, 'names an asset that we have no row for')),
  authHeader: z
    .string()
    .regex(...HEADER_NAME)
    .default('Authorization'),
  authScheme: z
    .string()
    .regex(...HEADER_TEXT)
    .default('Bearer '),
  /** The history's paging parameters are not documented: these are sent where they are set. */
  pageParam: z.string().regex(/^\w+$/).default('page'),
  limitParam: z.string().regex(/^\w+$/).default('limit'),
})

const loginShape = z.object({
  accessToken: z.string().min(1),
  expiresIn: z.object({ accessToken: z.number() }),
})

const LOGIN_MARGIN_MS = 30_000
const PRICE = { currency: 'TRY', decimals: 2 }

/** The adapter for one Cryptom account. */
export function cryptom(input: z.input<typeof cryptomOptions>): ProviderFactory {
  const options = cryptomOptions.parse(input)
  const assets = options.assets.flatMap((word) => findAccountAsset(word) ?? [])

  const create: CreateProvider = (context) => {
    const { now } = context
    const call = createProviderFetch({ ...context, baseUrl: options.baseUrl })
    let login: { token: Promise<string>; until: number } | undefined

    /** One login for however many calls are waiting for it. */
    function authenticate(): Promise<string> {
      if (login && now() < login.until) return login.token
      const fresh = { token: logIn(), until: Infinity }
      login = fresh
      fresh.token.catch(() => {
        if (login === fresh) login = undefined
      })
      return fresh.token

      async function logIn(): Promise<string> {
        const { status, body } = await call({
          method: 'POST',
          path: '/auth',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ email: options.email, password: options.password }),
          purpose: 'ask',
        })
        if (status >= 400) throw new ProviderError('provider_auth', `login answered ${status}`)
        const { accessToken, expiresIn } = expectShape(loginShape, body)
        fresh.until = expiresIn.accessToken - LOGIN_MARGIN_MS
        return accessToken
      }
    }

    /** A call with a token; a token that is refused is replaced once. */
    async function authorized(request: ProviderRequest): Promise<ProviderAnswer> {
      for (let isRetry = false; ; isRetry = true) {
        const pending = authenticate()
        const authorization = options.authScheme + (await pending)
        const headers = { ...request.headers, [options.authHeader]: authorization }
        const answer = await call({ ...request, headers })
        if (answer.status !== 401) return answer
        // Whoever notices first replaces it; the others wait for that one.
        if (login?.token === pending) login = undefined
        if (isRetry) throw new ProviderError('provider_auth', 'refused a fresh token')
      }
    }

    async function ask(method: 'GET' | 'DELETE', path: string): Promise<ProviderAnswer> {
      const answer = await authorized({ method, path, purpose: 'ask' })
      if (answer.status < 400) return answer
      throw new ProviderError('provider_rejected', `answered ${answer.status}`)
    }

    const assetOf = (methodId: string) =>
      assets.find(({ asset }) => methodId === `cryptom:${asset.symbol}:${asset.network}`)

    const detail = async (ref: string): Promise<Transaction> => {
      const { body } = await ask('GET', `/api/transaction/detail/${encodeURIComponent(ref)}`)
      const { data } = expectShape(transactionShape, body)
      if (data._id === ref) return data
      throw new ProviderError('provider_bad_response', 'answered about another transaction')
    }

    return {
      id: 'cryptom',
      isTest: isLoopback(options.baseUrl),
      assumptions: [
        'CRYPTOM_BASE_URL',
        'CRYPTOM_AUTH_HEADER',
        'CRYPTOM_AUTH_SCHEME',
        'CRYPTOM_PAGE_PARAM',
        'CRYPTOM_LIMIT_PARAM',
      ],

      listMethods: async () =>
        assets.map(({ asset: { symbol, network, name } }) => ({
          id: `cryptom:${symbol}:${network}`,
          flow: 'transfer',
          asset: { symbol, network, name },
          label: name,
          limits: [PRICE],
          fields: [],
          consent: null,
          fee: null,
        })),

      async createPayment(payment) {
        const wanted = assetOf(payment.method.id)
        if (!wanted) throw new ProviderError('payment_refused', 'no such asset')
        const { phone } = payment.customer
        const { status, body } = await authorized({
          method: 'POST',
          path: '/api/transaction/create',
          headers: { 'content-type': 'application/json' },
          body: withDecimals(
            {
              currency: payment.price.currency,
              currencyAmount: chargeableAmount(payment.price, PRICE),
              coin: wanted.coin,
              network: wanted.network,
              ...(phone && { userMobile: phone.replace(/[^+\d]/g, '') }),
              statusNote: payment.paymentId,
            },
            ['currencyAmount'],
          ),
          purpose: 'create',
        })
        if (status >= 400) throw new ProviderError('payment_refused', `answered ${status}`)
        const transaction = expectShape(createdShape, body, true).data
        checkEcho(transaction, payment, wanted)
        const expiresAt = Number(transaction.timeout) * 1000
        return {
          ref: transaction._id,
          status: 'pending',
          providerStatus: transaction.status,
          nextAction: toTransfer(transaction, wanted.asset, expiresAt),
          expiresAt,
        }
      },

      getPayment: async (payment) =>
        payment.ref === null ? undefined : toUpdate(await detail(payment.ref), payment),

      async findPayment(payment) {
        const wanted = assetOf(payment.method.id)
        if (!wanted) return undefined
        const { amount, currency } = payment.price
        const { coin, network } = wanted
        const like = { coin, network, currency, currencyAmount: shortest(amount) }
        const ref = await findByNote(payment.paymentId, like, options, async (search) => {
          const { body } = await ask('GET', `/api/transaction${search}`)
          return body
        })
        if (typeof ref !== 'string') return ref
        return { ...toUpdate(await detail(ref), payment), ref }
      },

      async cancelPayment(payment) {
        const ref = payment.ref ?? ''
        await ask('DELETE', `/api/transaction/cancel/${encodeURIComponent(ref)}`)
        // The cancel answer's shape is not documented: what became of it is asked.
        return toUpdate(await detail(ref), payment)
      },

      async getQrImage({ ref }) {
        const path = `/qr/${encodeURIComponent(ref ?? '')}`
        const answer = await authorized({ method: 'GET', path, purpose: 'ask', isBinary: true })
        const { body, contentType } = answer
        if (answer.status >= 400 || contentType !== 'image/png' || !(body instanceof Uint8Array)) {
          throw new ProviderError('provider_bad_response', 'answered no PNG image')
        }
        return { type: contentType, body: new Uint8Array(body) }
      },

      history: HISTORY,
      async listPayments(query) {
        const search = toHistoryQuery(query.filters, options)
        const { body } = await ask('GET', `/api/transaction${search}`)
        return readHistory(body, query.withPersonalData)
      },
    }
  }
  return Object.assign(create, { id: 'cryptom', secrets: [options.password] })
}
