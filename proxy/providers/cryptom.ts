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
import { keccak_256 } from '@noble/hashes/sha3.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { isAddress } from '../../protocol/address.ts'
import { findAsset } from '../../protocol/assets.ts'
import type { Asset } from '../../protocol/assets.ts'
import { compareDecimal, isDecimal } from '../../protocol/money.ts'
import { canExpress, paymentUri } from '../../protocol/payment-uri.ts'
import type { TransferAction } from '../../protocol/payment.ts'
import type { PaymentStatus } from '../../protocol/status.ts'
import { ProviderError } from '../errors.ts'
import { withDecimals } from '../json-decimal.ts'
import { baseUrl, list, secretText } from '../option-schemas.ts'
import { createProviderFetch, expectShape } from '../provider-fetch.ts'
import type { ProviderAnswer, ProviderRequest } from '../provider-fetch.ts'
import type {
  CreateProvider,
  NewPayment,
  PaymentRef,
  PaymentUpdate,
  ProviderFactory,
} from '../provider.ts'

/** The provider's networks, in our words. */
const NETWORKS: Readonly<Record<string, string>> = {
  TRX: 'TRON',
  TRON: 'TRON',
  ETH: 'ETHEREUM',
  BSC: 'BSC',
  BNB: 'BSC',
  SOL: 'SOLANA',
  BTC: 'BITCOIN',
}

export const cryptomOptions = z.strictObject({
  baseUrl,
  email: z.email(),
  password: secretText,
  /** What the account can receive, in the provider's words: `TRX@TRX,USDT@TRX`. */
  assets: list(z.string().refine(findAccountAsset, 'names an asset that we have no row for')),
  authHeader: z.string().min(1).default('Authorization'),
  authScheme: z.string().default('Bearer '),
})

/** "Transaction Completion Criteria". A status that is not here is `processing`: never final. */
const STATUSES: Readonly<Record<string, PaymentStatus>> = {
  PENDING: 'pending',
  TRANSFERRED: 'processing',
  CONVERTING: 'processing',
  CONVERTED: 'processing',
  WALLET_CHARGED: 'processing',
  DONE: 'processing',
  MANUAL_CHECK: 'review',
  TIMEOUT: 'expired',
  CANCELLED: 'canceled',
}

const decimalText = z.union([z.string(), z.number().transform(String)]).refine(isDecimal)

const loginShape = z.object({
  accessToken: z.string().min(1),
  expiresIn: z.object({ accessToken: z.number() }),
})

const transactionShape = z.object({
  data: z.object({
    _id: z.string().regex(/^[a-f\d]{24}$/),
    status: z.string(),
    currency: z.string(),
    currencyAmount: decimalText,
    coin: z.string(),
    network: z.string(),
    coinAmount: decimalText,
    totalTransferAmount: decimalText.optional(),
    isTransferComplete: z.boolean().optional(),
    conversionRate: z.string().optional(),
    exchangeFee: z.string().optional(),
    timeout: z.string().regex(/^\d{10}$/),
    wallet: z.object({ address: z.string(), coin: z.string(), network: z.string() }),
  }),
})

type Transaction = z.infer<typeof transactionShape>['data']

const LOGIN_MARGIN_MS = 30_000

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

    const detail = async (ref: string): Promise<Transaction> => {
      const { body } = await ask('GET', `/api/transaction/detail/${encodeURIComponent(ref)}`)
      return expectShape(transactionShape, body).data
    }

    return {
      id: 'cryptom',
      isTest: isLoopback(options.baseUrl),
      assumptions: ['CRYPTOM_BASE_URL', 'CRYPTOM_AUTH_HEADER', 'CRYPTOM_AUTH_SCHEME'],

      listMethods: async () =>
        assets.map(({ asset: { symbol, network, name } }) => ({
          id: `cryptom:${symbol}:${network}`,
          flow: 'transfer',
          asset: { symbol, network, name },
          label: name,
          limits: [{ currency: 'TRY', decimals: 2 }],
          fields: [],
          consent: null,
          fee: null,
        })),

      async createPayment(payment) {
        const wanted = assets.find(
          ({ asset }) => payment.method.id === `cryptom:${asset.symbol}:${asset.network}`,
        )
        if (!wanted) throw new ProviderError('payment_refused', 'no such asset')
        const { status, body } = await authorized({
          method: 'POST',
          path: '/api/transaction/create',
          headers: { 'content-type': 'application/json' },
          body: withDecimals(
            {
              currency: payment.price.currency,
              currencyAmount: payment.price.amount,
              coin: wanted.coin,
              network: wanted.network,
              ...(payment.customer['phone'] && { userMobile: payment.customer['phone'] }),
              statusNote: payment.paymentId,
            },
            ['currencyAmount'],
          ),
          purpose: 'create',
        })
        if (status >= 400) throw new ProviderError('payment_refused', `answered ${status}`)
        const transaction = expectShape(transactionShape, body, true).data
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

      async cancelPayment(payment) {
        const ref = payment.ref ?? ''
        await ask('DELETE', `/api/transaction/cancel/${encodeURIComponent(ref)}`)
        // The cancel answer's shape is not documented: what became of it is asked.
        return toUpdate(await detail(ref), payment)
      },
    }
  }
  return Object.assign(create, { secrets: [options.password] })
}

interface AccountAsset {
  readonly coin: string
  readonly network: string
  readonly asset: Asset
}

/** `USDT@TRX`: coin and network, in the provider's words. */
function findAccountAsset(word: string): AccountAsset | undefined {
  const [coin = '', network = ''] = word.split('@')
  const asset = findAsset(coin, NETWORKS[network] ?? '')
  return asset && { coin, network, asset }
}

/** What came back must be what was asked for, or the shopper would pay something else. */
function checkEcho(transaction: Transaction, payment: NewPayment, wanted: AccountAsset): void {
  const { wallet } = transaction
  const differs = [
    compareDecimal(transaction.currencyAmount, payment.price.amount) !== 0 && 'currencyAmount',
    transaction.currency !== payment.price.currency && 'currency',
    transaction.coin !== wanted.coin && 'coin',
    transaction.network !== wanted.network && 'network',
    wallet.coin !== wanted.coin && 'wallet.coin',
    wallet.network !== wanted.network && 'wallet.network',
    !isAddress(wanted.asset.network, wallet.address, { sha256, keccak256: keccak_256 }) &&
      'wallet.address',
    !(compareDecimal(transaction.coinAmount, '0') > 0) && 'coinAmount',
    !canExpress(wanted.asset, transaction.coinAmount) && 'coinAmount',
  ].find((field) => field !== false)
  if (differs) {
    throw new ProviderError('provider_bad_response', `another ${differs} than asked for`, {
      mayHaveHappened: true,
    })
  }
}

function toTransfer(transaction: Transaction, asset: Asset, expiresAt: number): TransferAction {
  const { address } = transaction.wallet
  return {
    type: 'transfer',
    address,
    amount: transaction.coinAmount,
    asset: { symbol: asset.symbol, network: asset.network, name: asset.name },
    uri: paymentUri(asset, address, transaction.coinAmount).uri,
    expiresAt: new Date(expiresAt).toISOString(),
    quote: { rate: transaction.conversionRate ?? null, fee: transaction.exchangeFee ?? null },
  }
}

/** Money that arrived is never forgotten: a timeout or a cancel with some of it is for a person. */
function toUpdate(transaction: Transaction, payment: PaymentRef): PaymentUpdate {
  const { nextAction } = payment
  const providerStatus = transaction.status
  const arrived = transaction.totalTransferAmount ?? '0'
  const hasSome = compareDecimal(arrived, '0') > 0
  const symbol = payment.method.asset?.symbol ?? transaction.coin
  const received = hasSome ? { received: { amount: arrived, currency: symbol } } : {}
  if (nextAction?.type === 'transfer' && transaction.wallet.address !== nextAction.address) {
    const note = 'the provider changed the address'
    return { status: 'review', reason: 'conflict', providerStatus, note }
  }
  if (transaction.isTransferComplete === true) {
    const isOver = hasSome && compareDecimal(arrived, transaction.coinAmount) > 0
    const reason = isOver ? { reason: 'overpaid' as const } : {}
    return { status: 'paid', assurance: 'provider-api', providerStatus, ...received, ...reason }
  }
  const status = STATUSES[providerStatus] ?? 'processing'
  const isPartial = hasSome && compareDecimal(arrived, transaction.coinAmount) < 0
  if (!isPartial) return { status, providerStatus, ...received }
  const isEnd = status === 'expired' || status === 'canceled' || status === 'review'
  return {
    status: isEnd ? 'review' : 'processing',
    reason: 'underpaid',
    providerStatus,
    ...received,
  }
}

const isLoopback = (url: string): boolean =>
  ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)
