/**
 * How calls to providers are timed, and how their failures are told: alike, wherever they were made.
 * @module
 */
import { ProviderError } from './errors.ts'
import type { Log } from './log.ts'
import type { Provider } from './provider.ts'

/** A provider that does the same, and is measured. */
export type MeasureProvider = (provider: Provider) => Provider

interface CallHistogram {
  observe(labels: Record<string, string>, seconds: number): void
}

/** What is a call; the rest of an adapter only reads what it was given. */
const OPERATIONS = [
  'listMethods',
  'createPayment',
  'getPayment',
  'findPayment',
  'listRecent',
  'cancelPayment',
  'confirmSent',
  'getQrImage',
  'getLimits',
  'listPayments',
  'testWebhook',
] as const satisfies readonly (keyof Provider)[]

export function createCallTimer(histogram: CallHistogram): MeasureProvider {
  function timed<Given extends unknown[], Answer>(
    provider: string,
    operation: string,
    call: (...given: Given) => Promise<Answer>,
  ) {
    return async (...given: Given): Promise<Answer> => {
      const from = performance.now()
      let outcome = 'ok'
      try {
        return await call(...given)
      } catch (error) {
        outcome = error instanceof ProviderError ? error.code : 'internal_error'
        throw error
      } finally {
        histogram.observe({ provider, operation, outcome }, (performance.now() - from) / 1000)
      }
    }
  }

  return (provider) => {
    const { id, payouts } = provider
    const calls = OPERATIONS.flatMap((operation) => {
      const call = provider[operation]?.bind(provider) as
        ((...given: unknown[]) => Promise<unknown>) | undefined
      return call ? [[operation, timed(id, operation, call)] as const] : []
    })
    const measured = Object.assign(Object.create(provider) as Provider, Object.fromEntries(calls))
    if (!payouts) return measured
    const ask = payouts.get?.bind(payouts)
    return Object.assign(measured, {
      payouts: Object.assign(Object.create(payouts) as typeof payouts, {
        create: timed(id, 'createPayout', payouts.create.bind(payouts)),
        ...(ask && { get: timed(id, 'getPayout', ask) }),
      }),
    })
  }
}

/** Which call failed, and whose payment it was about. */
export interface FailedCall {
  readonly provider: string
  readonly operation: string
  readonly payment?: { readonly id: string; readonly checkoutId: string }
}

/** Tells that a provider did not do what it was asked. */
export function tellFailure(
  log: Log,
  { provider, operation, payment }: FailedCall,
  error: unknown,
): void {
  const known = error instanceof ProviderError ? error : undefined
  log('warn', 'provider.failed', {
    provider,
    operation,
    ...(payment && { checkout: payment.checkoutId, payment: payment.id }),
    code: known?.code ?? 'internal_error',
    providerCode: known?.providerCode,
    detail: error instanceof Error ? error.message : String(error),
    mayHaveHappened: known?.mayHaveHappened,
  })
}
