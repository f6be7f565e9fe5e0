/**
 * Every call that the proxy makes to its providers, one by one, by the sandbox's word for it.
 * @module
 */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLincolnValues } from '../../demo/lincoln-values.ts'
import type { Money } from '../../protocol/money.ts'
import { readConfig } from '../../proxy/config.ts'
import type { ProviderFactory } from '../../proxy/provider.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import type { Bench, Made } from '../proxy/providers/provider-suite.ts'
import { fullEnvironment } from '../proxy/support.ts'
import type { ProviderName } from './sandbox-control.ts'

export interface OutboundCall {
  readonly provider: ProviderName
  readonly operation: string
  /** What its address looks like, and nobody else's of this provider. */
  readonly path: RegExp
  /** Does what ends in it. */
  run(bench: Bench, made: Made): Promise<unknown>
}

/** What Lincoln's first route asks of a shopper; the others ask for nothing. */
const FIELDS = { [`65f0${'1'.padStart(18, '0')}01`]: 'shopper@shop.example' }

/** A payment of the provider that the bench is of. */
export const makePayment = ({ make, provider }: Bench): Promise<Made> =>
  make(provider.id === 'lincoln' ? { fields: FIELDS } : {})

const pay: OutboundCall['run'] = makePayment
const ask: OutboundCall['run'] = async ({ provider }, { ref }) => provider.getPayment?.(ref)
const history: OutboundCall['run'] = async ({ provider }) =>
  provider.listPayments?.({ filters: {}, withPersonalData: false })

const PAYOUT = {
  requestId: 'W-1',
  amount: '100.00',
  currency: 'TRY',
  asset: 'TRX',
  address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
  webhookUrl: 'http://localhost:8787/v1/webhooks/lipaykripto/w',
}

const PATHS: Readonly<Record<ProviderName, readonly Omit<OutboundCall, 'provider'>[]>> = {
  cryptom: [
    { operation: 'auth', path: /^\/auth$/, run: history },
    { operation: 'create', path: /\/transaction\/create$/, run: pay },
    { operation: 'detail', path: /\/detail\//, run: ask },
    {
      operation: 'cancel',
      path: /\/cancel\//,
      run: async ({ provider }, { ref }) => provider.cancelPayment?.(ref),
    },
    {
      operation: 'qr',
      path: /^\/qr\//,
      run: async ({ provider }, { ref }) => provider.getQrImage?.(ref),
    },
    { operation: 'history', path: /\/transaction\?|\/transaction$/, run: history },
  ],
  redoya: [
    {
      operation: 'verify',
      path: /\/verify\//,
      run: async ({ provider }, { ref }) =>
        provider.getPayment?.({ ...ref, ref: null, claim: 'A'.repeat(16) }),
    },
  ],
  lipaykripto: [
    { operation: 'token', path: /\/auth\/token$/, run: pay },
    { operation: 'payment', path: /\/external-payment-request$/, run: pay },
    { operation: 'status', path: /\/paymentcontroller\?/, run: ask },
    {
      operation: 'withdraw',
      path: /\/withdraw$/,
      run: async ({ provider }) => provider.payouts?.create(PAYOUT),
    },
    {
      operation: 'withdraw status',
      path: /\/paymentcontroller\?/,
      run: async ({ provider }) => provider.payouts?.get?.({ ...PAYOUT, ref: null }),
    },
  ],
  paycrypto: [
    { operation: 'create', path: /\/payment$/, run: pay },
    { operation: 'query', path: /\/orders\?cust_order_id/, run: ask },
    {
      operation: 'list',
      path: /\/orders\?start_time/,
      run: async ({ provider }) => provider.listRecent?.(Date.now() - 60_000, Date.now()),
    },
    {
      operation: 'limit',
      path: /\/limit$/,
      run: async ({ provider }) => provider.getLimits?.(),
    },
    {
      operation: 'test',
      path: /\/events\/test$/,
      run: async ({ provider }) => provider.testWebhook?.(),
    },
  ],
  lincoln: [
    { operation: 'routes', path: /\/route\/get\//, run: ({ provider }) => provider.listMethods() },
    { operation: 'create', path: /\/order\/create\//, run: pay },
    { operation: 'order', path: /\/order\/get\//, run: ask },
    {
      operation: 'update-status',
      path: /\/order\/update-status\//,
      run: async ({ provider }, { ref }) =>
        provider.confirmSent?.({ ...ref, private: { ...ref.private, isPrepaid: 'true' } }),
    },
  ],
}

export const OUTBOUND_CALLS: readonly OutboundCall[] = Object.entries(PATHS).flatMap(
  ([provider, calls]) => calls.map((call) => ({ provider: provider as ProviderName, ...call })),
)

/** What each provider is asked to charge. */
export const PRICES: Readonly<Record<ProviderName, Money>> = {
  cryptom: { amount: '300.00', currency: 'TRY' },
  redoya: { amount: '300.00', currency: 'TRY' },
  lipaykripto: { amount: '300.00', currency: 'TRY' },
  paycrypto: { amount: '12.50', currency: 'USDT' },
  lincoln: { amount: '12.50', currency: 'USDT' },
}

/** The adapters as a merchant configures them, with everything switched on. */
export function createConnect(): (
  name: ProviderName,
) => (urls: Readonly<Record<string, string>>) => ProviderFactory {
  const values = writeLincolnValues(mkdtempSync(join(tmpdir(), 'checkout-outbound-')))
  return (name) => (urls) => {
    const { providers } = readConfig({
      ...fullEnvironment(urls),
      LIPAYKRIPTO_STATUS_API_KEY: SANDBOX_CREDENTIALS.lipaykripto.apiKey,
      LINCOLN_VALUES: values,
    })
    const factory = providers.find(({ id }) => id === name)
    if (!factory) throw new Error(`${name} is not configured`)
    return factory
  }
}
