/**
 * What a shopper, a thief and Redoya's page do with the address that a browser is sent back to.
 * @module
 */
import assert from 'node:assert/strict'
import type { Checkout } from '../../protocol/payment.ts'
import { until } from './shop.ts'
import type { Stack } from './support.ts'

export interface Attempt {
  readonly checkout: Checkout
  /** Where the provider sends the browser back to, without the id. */
  readonly back: string
  readonly orderToken: string
  readonly identifier: string
}

export interface Detail {
  readonly status: string
  readonly reason: string | null
  readonly version: number
  readonly payments: readonly {
    readonly status: string
    readonly reason: string | null
    readonly ref: string | null
    readonly received: { readonly amount: string } | null
    readonly facts: readonly { readonly status: string; readonly note?: string }[]
  }[]
}

/** Everybody around one stack. */
export function actors(stack: Stack) {
  const begin = async (amount = '300.00'): Promise<Attempt> => {
    const { body: checkout } = await stack.start(await stack.openCheckout({ amount }), 'redoya')
    const action = checkout.payment?.nextAction
    assert.equal(action?.type, 'redirect')
    const [, orderToken = '', identifier = ''] = action.url.split('#')
    const [, payload = ''] = orderToken.split('.')
    const { successfulURL } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
      successfulURL: string
    }
    const back = new URL(successfulURL).pathname.split('/').slice(0, -1).join('/')
    return { checkout, back, orderToken, identifier }
  }

  /** The hosted page: an order of this outcome, for this link. */
  const pay = async ({ orderToken, identifier }: Attempt, outcome = 'success') => {
    const body = { orderToken, identifier, outcome }
    return (await stack.control<{ orderId: string }>('POST', '/redoya/orders', body)).orderId
  }
  const act = (id: string, action: string) =>
    stack.control('POST', `/payments/redoya/${id}`, { action })
  const bring = async ({ back }: Attempt, id: string) => {
    const { status } = await stack.request('GET', `${back}/${id}`)
    assert.ok(status === 200 || status === 303, `the browser goes on: ${status}`)
  }
  const read = async ({ checkout }: Attempt): Promise<Detail> =>
    (await stack.merchant<Detail>('GET', `/checkouts/${checkout.id}`)).body
  /** Its last attempt, as the store has it: `paid/duplicate`. */
  const is = async (attempt: Attempt): Promise<string> => {
    const payment = (await read(attempt)).payments.at(-1)
    return [payment?.status, payment?.reason].filter(Boolean).join('/')
  }
  /** Time goes by, and nobody looks but the worker. */
  const becomes = (attempt: Attempt, wanted: string) =>
    until(`${wanted} by itself`, async () => {
      stack.clock.advance(2000)
      return (await is(attempt)) === wanted
    })
  const look = async (attempt: Attempt): Promise<string> => {
    await stack.refreshed(attempt.checkout)
    return is(attempt)
  }
  const countVerify = async (id: string): Promise<number> => {
    const { redoya } = await stack.control<{
      redoya: { calls: { operation: string; details?: { id?: string } }[] }
    }>('GET', '/ledger')
    const calls = redoya.calls.filter(({ operation }) => operation === 'verify')
    return calls.filter((call) => JSON.stringify(call).includes(id)).length
  }
  /** Nobody gets an answer of the provider's meanwhile. */
  const unheard = async (task: () => Promise<void>) => {
    const fault = { provider: 'redoya', operation: 'verify', kind: 'status-500', times: 0 }
    await stack.control('POST', '/faults', fault)
    await task()
    await stack.control('DELETE', '/faults')
  }
  return { begin, pay, act, bring, read, is, becomes, look, countVerify, unheard }
}
