/**
 * The payer's hand: pays what a shopper was shown, on the provider's page where there is one.
 * @module
 */
import assert from 'node:assert/strict'
import type { NextAction } from '../../protocol/payment.ts'
import type { ProviderName, SandboxControl } from './sandbox-control.ts'

export interface Payable {
  readonly provider: string
  readonly ref: string | null
  readonly nextAction: NextAction | null
}

/** Pays; what comes back is where the provider's page then sends the browser, if it does. */
export type Pay = (payment: Payable) => Promise<string | undefined>

export function createPayer(sandbox: SandboxControl): Pay {
  const transfer =
    (provider: ProviderName, action: string): PayBy =>
    async ({ ref }) => {
      assert.ok(ref, `a payment of ${provider} without its id cannot be paid`)
      await sandbox.act(provider, ref, action)
      return undefined
    }
  const ways: Readonly<Record<string, PayBy>> = {
    cryptom: transfer('cryptom', 'pay'),
    lincoln: transfer('lincoln', 'done'),
    lipaykripto: onPage(async (page) => {
      const token = page.pathname.split('/').at(-1)
      await step(page, '/sandbox/payment/end', { token, action: 'confirm' })
      return undefined
    }),
    paycrypto: onPage(async (page) => {
      const id = page.searchParams.get('id')
      const end = { id, action: 'success', coin: 'USDT-TRC20' }
      const { redirect } = await step(page, '/sandbox/checkout/end', end)
      return redirect ?? undefined
    }),
    redoya: onPage(async (page) => {
      const [, orderToken, identifier] = page.hash.split('#')
      const pay = { orderToken, identifier, outcome: 'success' }
      const { redirect } = await step(page, '/sandbox/checkout/pay', pay)
      return redirect ?? undefined
    }),
  }
  return (payment) => {
    const pay = ways[payment.provider]
    assert.ok(pay, payment.provider)
    return pay(payment)
  }
}

type PayBy = (payment: Payable) => Promise<string | undefined>

const onPage =
  (pay: (page: URL) => Promise<string | undefined>): PayBy =>
  ({ nextAction }) => {
    assert.equal(nextAction?.type, 'redirect')
    return pay(new URL(nextAction.url))
  }

/** What the page's own script calls. */
async function step(page: URL, path: string, body: object): Promise<{ redirect?: string | null }> {
  const answer = await fetch(page.origin + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  assert.ok(answer.ok, `${path}: ${answer.status} ${text}`)
  return JSON.parse(text) as { redirect?: string | null }
}
