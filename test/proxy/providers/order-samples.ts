/**
 * Payments and answers that are made up, for tests that need no sandbox: what an adapter is asked for, and
 * what a provider that does everything right would say.
 * @module
 */
import { findAsset } from '../../../protocol/assets.ts'
import type { Method } from '../../../protocol/payment.ts'
import type {
  NewPayment,
  PaymentRef,
  PaymentUpdate,
  Provider,
  ProviderFactory,
} from '../../../proxy/provider.ts'
import { cryptom, lincoln, lipaykripto, paycrypto, redoya } from '../../../proxy/providers/index.ts'
import { testContext } from '../support.ts'

export const NOW = Date.parse('2026-01-01T12:00:00Z')
export const PAYMENT_ID = 'a1'.repeat(16)
export const TRON_ADDRESS = 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq'
export const OTHER_TRON_ADDRESS = 'TBG1Wg3MdA3YwrVCbCmKqNkZ1fKyxhiuys'
const ROUTE = `65a0${'1'.padStart(20, '0')}`
const HEX24 = 'ab'.repeat(12)

export const PROVIDER_NAMES = ['cryptom', 'redoya', 'lipaykripto', 'paycrypto', 'lincoln'] as const
export type ProviderName = (typeof PROVIDER_NAMES)[number]

export const FACTORIES: Readonly<
  Record<ProviderName, (baseUrl: string, more?: object) => ProviderFactory>
> = {
  cryptom: (baseUrl, more) =>
    cryptom({
      baseUrl,
      email: 'merchant@shop.example',
      password: 'cryptom-canary-password',
      assets: 'TRX@TRX,USDT@TRX',
      ...more,
    }),
  redoya: (baseUrl, more) =>
    redoya({
      baseUrl,
      identifier: 'demo.vendor.identifier',
      secret: 'redoya-canary-secret',
      ...more,
    }),
  lipaykripto: (baseUrl, more) =>
    lipaykripto({
      baseUrl,
      clientId: 'client-42',
      clientSecret: 'lipay-canary-secret',
      statusApiKey: 'lipay-canary-status',
      ...more,
    }),
  paycrypto: (baseUrl, more) =>
    paycrypto({
      baseUrl,
      apiKey: 'paycrypto-key-1',
      apiSecret: 'paycrypto-canary-secret',
      passphrase: 'paycrypto-canary-phrase',
      webhookSecret: 'paycrypto-canary-webhook',
      currencies: 'USDT-TRC20,USD',
      ...more,
    }),
  lincoln: (baseUrl, more) =>
    lincoln({ baseUrl, apiKey: 'lincoln-key-1', apiSecret: 'lincoln-canary-secret', ...more }),
}

const method = (id: string, amount: string, currency: string, asset = ''): Method => {
  const [symbol = '', network = ''] = asset.split('@')
  const found = findAsset(symbol, network)
  return {
    id,
    flow: found ? 'transfer' : 'redirect',
    asset: found ? { symbol: found.symbol, network: found.network, name: found.name } : null,
    label: id,
    price: { amount, currency },
    limits: null,
    fields: [],
    consent: null,
    fee: null,
  }
}

export const METHODS: Readonly<Record<ProviderName, Method>> = {
  cryptom: method('cryptom:USDT:TRON', '300.00', 'TRY', 'USDT@TRON'),
  redoya: method('redoya', '300.00', 'TRY'),
  lipaykripto: method('lipaykripto', '300.00', 'TRY'),
  paycrypto: method('paycrypto:USDT:TRON', '12.50', 'USDT', 'USDT@TRON'),
  lincoln: method(`lincoln:${ROUTE}`, '250.5', 'USDT', 'USDT@TRON'),
}

export const newPayment = (name: ProviderName, more: Partial<NewPayment> = {}): NewPayment => ({
  paymentId: PAYMENT_ID,
  orderId: 'A-1001',
  description: null,
  price: METHODS[name].price,
  method: METHODS[name],
  fields: {},
  customer: {},
  locale: null,
  returnUrl: `https://pay.shop.example/v1/returns/${'r'.repeat(43)}`,
  webhookUrl: `https://pay.shop.example/v1/webhooks/${name}/${'w'.repeat(43)}`,
  secret: 'per-order-secret-0123456789-abcdef',
  ...more,
})

/** A payment of each provider that exists and waits. */
export const paymentRef = (name: ProviderName, more: Partial<PaymentRef> = {}): PaymentRef => ({
  paymentId: PAYMENT_ID,
  ref: { cryptom: HEX24, redoya: null, lipaykripto: '501', paycrypto: 'p2611', lincoln: HEX24 }[
    name
  ],
  claim: null,
  expiresAt: null,
  price: METHODS[name].price,
  method: METHODS[name],
  nextAction: null,
  createdAt: NOW,
  private: name === 'lincoln' ? { orderId: HEX24, uid: '1409', orderSecret: 's'.repeat(24) } : {},
  secret: 'per-order-secret-0123456789-abcdef',
  isWebhookExposed: false,
  ...more,
})

/** What each call is answered with when nothing is wrong, by a word of its path. */
export const ANSWERS = {
  cryptom: {
    '/auth': { accessToken: 'a-token', expiresIn: { accessToken: NOW + 3_600_000 } },
    '/api/transaction': {
      data: {
        _id: HEX24,
        status: 'PENDING',
        currency: 'TRY',
        currencyAmount: '300',
        coin: 'USDT',
        network: 'TRX',
        coinAmount: '8.5',
        isTransferComplete: false,
        timeout: String(NOW / 1000 + 3600),
        wallet: { address: TRON_ADDRESS, coin: 'USDT', network: 'TRX' },
      },
    },
  },
  redoya: {
    '/verify/': {
      orderId: 'A'.repeat(16),
      status: 'success',
      payment_amount: '30000',
      currency: 'TL',
      testMode: '0',
      timestamp: NOW / 1000,
    },
  },
  lipaykripto: {
    '/api/auth/token': { token: 'a-token' },
    '/api/external-payment-request': {
      success: true,
      paymentUrl: 'https://lipaykripto.com/payment/abc',
      paymentId: PAYMENT_ID,
      clientId: 'client-42',
      paymentRequestId: 501,
      status: 'pending_coin_selection',
    },
    '/api/paymentcontroller': {
      success: true,
      data: { paymentId: PAYMENT_ID, status: 'pending', tryAmount: '300.00' },
    },
    '/api/withdraw': { success: true, data: { withdrawId: 7, status: 'pending' } },
  },
  paycrypto: {
    '/api/v1/payment': {
      code: 0,
      result: { order_id: 'p2611', redirect_url: 'https://pay.paycrypto.com/?id=p2611' },
    },
    '/api/v1/orders': {
      code: 0,
      result: {
        records: [
          {
            currency: 'USDT-TRC20',
            amount: '12.50',
            order_id: 'p2611',
            cust_order_id: PAYMENT_ID,
            status: 0,
            create_time: NOW,
            update_time: NOW,
          },
        ],
      },
    },
    '/api/v1/merchant/limit': {
      code: 0,
      result: { min_limit: 1, max_limit: 10_000, fiat_list: ['USD'] },
    },
    '/api/v1/events/test': { code: 0, result: {} },
  },
  lincoln: {
    '/route/get/': { success: true, data: { routes: [] } },
    '/order/create/': {
      success: true,
      data: { _id: HEX24, uid: 1409, secret: 's'.repeat(24), inAmount: '250.5' },
    },
    '/order/get/': {
      success: true,
      data: {
        order: {
          uid: 1409,
          status: 'waitPayment',
          inAmount: '250.5',
          route: { from: { xml: 'USDTTRC20', paymentDetails: { account: TRON_ADDRESS } } },
        },
      },
    },
  },
} as const satisfies Readonly<Record<ProviderName, object>>

/** One request of an adapter. */
export interface Asked {
  readonly url: URL
  readonly method: string
  readonly body: string
  readonly authorization: string
}

export interface Scripted {
  readonly provider: Provider
  readonly asked: readonly Asked[]
}

/** The answer to a call in place of the usual one; undefined: the usual. */
export type Script = (asked: Asked) => unknown

const BASE_URLS: Readonly<Record<ProviderName, string>> = {
  cryptom: 'https://cryptom.example',
  redoya: 'https://pay.redoya.net',
  lipaykripto: 'https://lipaykripto.com',
  paycrypto: 'https://payapi.paycrypto.com',
  lincoln: 'https://www.lincoln.money',
}

/** An adapter whose provider says what it is told to. */
export function scripted(
  name: ProviderName,
  script: Script = () => undefined,
  more = {},
): Scripted {
  const asked: Asked[] = []
  const provider = FACTORIES[name](
    BASE_URLS[name],
    more,
  )(
    testContext(() => NOW, {
      fetch: async (url, init) => {
        const request = {
          url: new URL(String(url)),
          method: init?.method ?? 'GET',
          body: String(init?.body ?? ''),
          authorization: new Headers(init?.headers).get('authorization') ?? '',
        }
        asked.push(request)
        const answer = script(request) ?? usualAnswer(name, request.url.pathname)
        return answer instanceof Response ? answer : Response.json(answer)
      },
    }),
  )
  return { provider, asked }
}

/** What this provider answers at this path. */
export function usualAnswer(name: ProviderName, path: string): unknown {
  return Object.entries(ANSWERS[name]).find(([word]) => path.includes(word))?.[1]
}

/** `value` with the member at `path` (`data.wallet.address`) replaced; undefined takes it out. */
export function withMember(value: unknown, path: string, replacement: unknown): unknown {
  const [name = '', ...rest] = path.split('.')
  const change = (inner: unknown): unknown =>
    rest.length > 0 ? withMember(inner, rest.join('.'), replacement) : replacement
  if (Array.isArray(value)) {
    return value.map((each: unknown, at) => (String(at) === name ? change(each) : each))
  }
  const object = (value ?? {}) as Readonly<Record<string, unknown>>
  return { ...object, [name]: change(object[name]) }
}

/** Asks for the truth about `paymentRef(name)`, the way each is asked. */
export async function askFor(
  name: ProviderName,
  provider: Provider,
  more: Partial<PaymentRef> = {},
): Promise<PaymentUpdate | undefined> {
  const payment = paymentRef(name, more)
  return name === 'redoya'
    ? provider.getPayment?.({ ...payment, claim: payment.claim ?? 'A'.repeat(16) })
    : provider.getPayment?.(payment)
}
