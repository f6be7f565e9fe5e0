/**
 * Every call that an adapter makes, by a word of its path: what makes it, for tests that spoil its answer.
 * @module
 */
import type { Provider } from '../../../proxy/provider.ts'
import { TRON_ADDRESS, askFor, newPayment, paymentRef } from './order-samples.ts'
import type { ProviderName } from './order-samples.ts'

export interface Endpoint {
  readonly provider: ProviderName
  /** Of the path that is spoiled. */
  readonly path: RegExp
  /** Its answer may be lost after it had its effect. */
  readonly isCreate?: true
  run(provider: Provider): Promise<unknown> | undefined
}

const WITHDRAWAL = {
  requestId: 'W-1001',
  amount: '100.00',
  currency: 'TRY',
  asset: 'TRX',
  address: TRON_ADDRESS,
  webhookUrl: 'https://pay.shop.example/v1/webhooks/lipaykripto/x',
}

const prepaid = paymentRef('lincoln', {
  private: { uid: '1409', orderSecret: 's'.repeat(24), isPrepaid: 'true' },
})

export const ENDPOINTS: readonly Endpoint[] = [
  {
    provider: 'cryptom',
    path: /^\/auth$/,
    run: (provider) => provider.createPayment(newPayment('cryptom')),
  },
  {
    provider: 'cryptom',
    path: /\/api\/transaction\/create$/,
    isCreate: true,
    run: (provider) => provider.createPayment(newPayment('cryptom')),
  },
  {
    provider: 'cryptom',
    path: /\/api\/transaction\/detail\//,
    run: (provider) => askFor('cryptom', provider),
  },
  {
    provider: 'cryptom',
    path: /\/api\/transaction\/cancel\//,
    run: (provider) => provider.cancelPayment?.(paymentRef('cryptom')),
  },
  {
    provider: 'cryptom',
    path: /^\/qr\//,
    run: (provider) => provider.getQrImage?.(paymentRef('cryptom')),
  },
  {
    provider: 'cryptom',
    path: /\/api\/transaction$/,
    run: (provider) => provider.listPayments?.({ filters: {}, withPersonalData: true }),
  },
  {
    provider: 'cryptom',
    path: /\/api\/transaction$/,
    run: (provider) => provider.findPayment?.(paymentRef('cryptom', { ref: null })),
  },
  { provider: 'redoya', path: /\/verify\//, run: (provider) => askFor('redoya', provider) },
  {
    provider: 'lipaykripto',
    path: /\/api\/auth\/token$/,
    run: (provider) => provider.createPayment(newPayment('lipaykripto')),
  },
  {
    provider: 'lipaykripto',
    path: /\/api\/external-payment-request$/,
    isCreate: true,
    run: (provider) => provider.createPayment(newPayment('lipaykripto')),
  },
  {
    provider: 'lipaykripto',
    path: /\/api\/paymentcontroller$/,
    run: (provider) => askFor('lipaykripto', provider),
  },
  {
    provider: 'lipaykripto',
    path: /\/api\/withdraw$/,
    isCreate: true,
    run: (provider) => provider.payouts?.create(WITHDRAWAL),
  },
  {
    provider: 'lipaykripto',
    path: /\/api\/paymentcontroller$/,
    run: (provider) => provider.payouts?.get?.({ ...WITHDRAWAL, ref: null }),
  },
  {
    provider: 'paycrypto',
    path: /\/api\/v1\/payment$/,
    isCreate: true,
    run: (provider) => provider.createPayment(newPayment('paycrypto')),
  },
  {
    provider: 'paycrypto',
    path: /\/api\/v1\/orders$/,
    run: (provider) => askFor('paycrypto', provider),
  },
  {
    provider: 'paycrypto',
    path: /\/api\/v1\/orders$/,
    run: (provider) => provider.findPayment?.(paymentRef('paycrypto', { ref: null })),
  },
  {
    provider: 'paycrypto',
    path: /\/api\/v1\/orders$/,
    run: (provider) => provider.listPayments?.({ filters: {}, withPersonalData: true }),
  },
  {
    provider: 'paycrypto',
    path: /\/api\/v1\/merchant\/limit$/,
    run: (provider) => provider.listMethods(),
  },
  {
    provider: 'paycrypto',
    path: /\/api\/v1\/events\/test$/,
    run: (provider) => provider.testWebhook?.(),
  },
  { provider: 'lincoln', path: /\/route\/get\/$/, run: (provider) => provider.listMethods() },
  {
    provider: 'lincoln',
    path: /\/order\/create\/$/,
    isCreate: true,
    run: (provider) => provider.createPayment(newPayment('lincoln')),
  },
  { provider: 'lincoln', path: /\/order\/get\/$/, run: (provider) => askFor('lincoln', provider) },
  {
    provider: 'lincoln',
    path: /\/order\/update-status\/$/,
    run: (provider) => provider.confirmSent?.(prepaid),
  },
]

/** `cryptom /auth` */
export const nameOf = ({ provider, path, run }: Endpoint): string => {
  const [, call = 'askFor'] = /provider\.(\w+(?:\?\.\w+)?)/.exec(String(run)) ?? []
  return `${provider} ${path.source.replaceAll(/[\\^$]/g, '')} (${call.replace('?', '')})`
}
