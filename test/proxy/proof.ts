/**
 * An adapter in front of made-up answers: what does each of them prove?
 * @module
 */
import assert from 'node:assert/strict'
import type { Money } from '../../protocol/money.ts'
import type { Method } from '../../protocol/payment.ts'
import { ProviderError } from '../../proxy/errors.ts'
import type { ProviderErrorCode } from '../../proxy/errors.ts'
import { offer } from '../../proxy/policy.ts'
import type { NewPayment, PaymentRef, Provider, ProviderFactory } from '../../proxy/provider.ts'
import { testContext } from './support.ts'

export const NOW = Date.parse('2026-01-01T12:00:00Z')
export const PAYMENT_ID = 'a1'.repeat(16)
export const TOKEN = 'w'.repeat(43)

/** What a path is answered with: JSON, or a whole answer. */
export type Answers = (path: string, request: RequestInit) => unknown

export interface Bench {
  readonly provider: Provider
  /** The paths that were asked, in order. */
  readonly asked: string[]
  readonly logged: string[]
}

export function connect(create: ProviderFactory, answers: Answers, now = NOW): Bench {
  const asked: string[] = []
  const logged: string[] = []
  const provider = create(
    testContext(() => now, {
      log: (_level, event) => void logged.push(event),
      fetch: async (url, init = {}) => {
        const { pathname, search } = new URL(String(url))
        asked.push(pathname + search)
        const answer = answers(pathname, init)
        return answer instanceof Response ? answer : Response.json(answer)
      },
    }),
  )
  return { provider, asked, logged }
}

/** A payment by the first method that charges this price. */
export async function newPayment(
  provider: Provider,
  price: Money,
  more: Partial<NewPayment> = {},
): Promise<NewPayment> {
  const methods = await provider.listMethods()
  const [method] = methods.flatMap((each) => offer(each, [price]) ?? [])
  assert.ok(method, 'the price must be one that the provider takes')
  return {
    paymentId: PAYMENT_ID,
    orderId: 'P-1',
    description: null,
    price,
    method,
    fields: {},
    customer: {},
    locale: null,
    returnUrl: `https://pay.shop.example/v1/returns/${'r'.repeat(43)}`,
    webhookUrl: `https://pay.shop.example/v1/webhooks/${provider.id}/${TOKEN}`,
    secret: 'per-order-secret-0123456789-abcdef',
    ...more,
  }
}

/** The same payment as it is told of afterwards. */
export const refOf = (
  { paymentId, price, method, secret }: { price: Money; method: Method } & NewPayment,
  more: Partial<PaymentRef> = {},
): PaymentRef => ({
  paymentId,
  ref: null,
  claim: null,
  expiresAt: null,
  price,
  method,
  nextAction: null,
  createdAt: NOW - 60_000,
  private: {},
  secret,
  isWebhookExposed: false,
  ...more,
})

export const webhook = (
  payment: PaymentRef | null,
  body: unknown,
  headers: Record<string, string> = {},
) => ({
  body: typeof body === 'string' ? body : JSON.stringify(body),
  headers: new Headers(headers),
  query: new URLSearchParams(),
  payment,
})

/** It fails as a `ProviderError` of this code, and may have happened or not. */
export async function fails(
  answer: Promise<unknown> | undefined,
  code: ProviderErrorCode,
  mayHaveHappened = false,
): Promise<void> {
  const error = await Promise.resolve(answer).then(
    (value) => assert.fail(`it was taken: ${JSON.stringify(value)}`),
    (thrown: unknown) => thrown,
  )
  assert.ok(error instanceof ProviderError, String(error))
  assert.deepEqual([error.code, error.mayHaveHappened], [code, mayHaveHappened], error.message)
}
