/**
 * What the merchant asks of the providers beside payments: their state, methods, limits, history with the
 * orders that it belongs to, and a test of the webhook.
 * @module
 */
import type { PaymentStatus, Reason } from '../protocol/status.ts'
import { ProviderError, ProxyError } from './errors.ts'
import { isPaymentId } from './ids.ts'
import type { Services } from './services.ts'
import type { HistoryPage, Limits, Provider, ProviderMethod } from './provider.ts'

export interface ProviderDesk {
  list(): Promise<readonly object[]>
  listMethods(id: string): Promise<readonly ProviderMethod[]>
  getLimits(id: string): Promise<readonly Limits[]>
  /** `query` holds the provider's own filters, and ours: `personalData=true`. */
  listPayments(id: string, query: Readonly<Record<string, string>>): Promise<KnownHistory>
  testWebhook(id: string): Promise<void>
}

/** A page of history, and what we know of each of its payments; null where it is none of ours. */
export interface KnownHistory extends HistoryPage {
  readonly ours: readonly (OurPayment | null)[]
}

export interface OurPayment {
  readonly checkout: string
  readonly orderId: string
  readonly payment: string
  readonly status: PaymentStatus
  readonly reason: Reason | null
}

export interface ProviderDeskOptions extends Pick<Services, 'providers' | 'store'> {
  readonly isDown: (providerId: string) => boolean
}

/** The optional parts of the contract, by the names that the API gives them. */
const CAPABILITIES = {
  getPayment: 'status',
  parseReturn: 'return',
  cancelPayment: 'cancel',
  confirmSent: 'sent',
  getQrImage: 'qr',
  webhook: 'webhook',
  getLimits: 'limits',
  listPayments: 'history',
  testWebhook: 'test-webhook',
  payouts: 'payouts',
} as const satisfies Partial<Record<keyof Provider, string>>

export function createProviderDesk(options: ProviderDeskOptions): ProviderDesk {
  const { providers, store, isDown } = options

  /** The provider and what it can do; `not_supported` where it cannot. */
  async function use<K extends keyof Provider, T>(
    id: string,
    capability: K,
    run: (able: NonNullable<Provider[K]>, provider: Provider) => Promise<T>,
  ): Promise<T> {
    const provider = providers.get(id)
    if (!provider) throw new ProxyError('not_found')
    const able = provider[capability]
    if (!able) throw new ProxyError('not_supported', 'this provider has no such call')
    try {
      return await run(able, provider)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      throw new ProxyError(error.code, error.message, {
        ...(error.retryAfterMs && { retryAfterMs: error.retryAfterMs }),
        cause: error,
      })
    }
  }

  /** By our id in a provider's record. */
  async function findOurs(provider: string, id: unknown): Promise<OurPayment | null> {
    if (typeof id !== 'string' || !isPaymentId(id)) return null
    const key = await store.findPayment(provider, { paymentId: id })
    const aggregate = key && (await store.read(key.checkoutId))
    const payment = aggregate?.payments.find((each) => each.id === id)
    if (!aggregate || !payment) return null
    const { id: checkout, orderId } = aggregate.checkout
    const { status, reason } = payment.state
    return { checkout, orderId, payment: id, status, reason }
  }

  return {
    list: async () =>
      [...providers.values()].map((provider) => ({
        id: provider.id,
        testMode: provider.isTest,
        isDown: isDown(provider.id),
        capabilities: Object.entries(CAPABILITIES)
          .filter(([key]) => provider[key as keyof Provider] !== undefined)
          .map(([, name]) => name),
        webhook: provider.webhook?.authenticity ?? null,
        history: provider.history ?? null,
        assumptions: provider.assumptions,
      })),

    listMethods: (id) => use(id, 'listMethods', (listMethods) => listMethods()),
    getLimits: (id) => use(id, 'getLimits', (getLimits) => getLimits()),
    testWebhook: (id) => use(id, 'testWebhook', (testWebhook) => testWebhook()),
    listPayments: (id, { personalData, ...filters }) =>
      use(id, 'listPayments', async (listPayments, { history }) => {
        const page = await listPayments({ filters, withPersonalData: personalData === 'true' })
        const ids = page.payments.map((record) => history && record[history.paymentId])
        return { ...page, ours: await Promise.all(ids.map((each) => findOurs(id, each))) }
      }),
  }
}
