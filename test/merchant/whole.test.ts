import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { verifyReceipt, verifyWebhook } from '../../merchant/index.ts'
import type { CheckoutEvent } from '../../merchant/index.ts'
import { startStack } from '../proxy/support.ts'
import type { Stack } from '../proxy/support.ts'
import { startReceiver } from './receiver.ts'
import { CLAIMS } from './receipt-samples.ts'
import { CHECKOUT, OLD_SECRET, SECRET } from './webhook-samples.ts'

/** A merchant's server that notes what it is told. */
async function startShop() {
  const events: CheckoutEvent[] = []
  const refused: unknown[] = []
  const { url, close } = await startReceiver(async (request) => {
    const body = await request.text()
    try {
      events.push(await verifyWebhook({ body, headers: request.headers }, { secret: SECRET }))
      return new Response(null, { status: 204 })
    } catch (error) {
      refused.push(error)
      return new Response(null, { status: 400 })
    }
  })

  async function hears(type: CheckoutEvent['type']): Promise<CheckoutEvent> {
    for (let tries = 0; tries < 100; tries += 1) {
      const heard = events.find((event) => event.type === type)
      if (heard) return heard
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
    return assert.fail(`${type} was not told: ${String(refused)}`)
  }

  return { events, refused, hears, url, close }
}

describe('what the proxy really sends', () => {
  let shop: Awaited<ReturnType<typeof startShop>>
  let stack: Stack
  before(async () => {
    shop = await startShop()
    stack = await startStack({
      MERCHANT_WEBHOOK_URL: shop.url,
      MERCHANT_WEBHOOK_SECRET: `${OLD_SECRET},${SECRET}`,
    })
  })
  after(async () => {
    await stack.close()
    shop.close()
  })

  it('passes: notifications in order, and a receipt for this order alone', async () => {
    const checkout = await stack.openCheckout({ orderId: 'W-1', metadata: { cart: '42' } })
    const { body: started } = await stack.start(checkout, 'cryptom:TRX:TRON')
    const { body: detail } = await stack.merchant<{ payments: [{ ref: string }] }>(
      'GET',
      `/checkouts/${checkout.id}`,
    )
    await stack.control('POST', `/payments/cryptom/${detail.payments[0].ref}`, { action: 'pay' })
    assert.equal((await stack.refreshed(started)).status, 'paid')

    const event = await shop.hears('checkout.paid')
    assert.deepEqual(shop.refused, [])
    const told = shop.events.toSorted((a, b) => a.checkout.version - b.checkout.version)
    assert.deepEqual([told[0]?.type, told.at(-1)], ['checkout.pending', event])
    assert.equal(new Set(told.map(({ id }) => id)).size, told.length)
    assert.deepEqual([event.checkout.orderId, event.checkout.metadata], ['W-1', { cart: '42' }])
    assert.deepEqual(namesOf(event.checkout), namesOf(CHECKOUT))
    assert.deepEqual(namesOf(event.checkout.payments[0]), namesOf(CHECKOUT.payments[0]))

    const order = { orderId: 'W-1', amount: '300', currency: 'TRY' }
    const rules = { issuer: stack.url, allowTest: true }
    const { receipt } = event.checkout
    assert.ok(receipt !== null)
    const claims = await verifyReceipt(receipt, { ...rules, ...order })
    assert.deepEqual(namesOf(claims), namesOf(CLAIMS))
    assert.equal(claims.paymentId, event.checkout.payments[0]?.id)
    for (const [change, code] of [
      [{ orderId: 'W-2' }, 'wrong_order'],
      [{ amount: '300.01' }, 'wrong_amount'],
      [{ currency: 'USD' }, 'wrong_currency'],
      [{ allowTest: false }, 'test_mode'],
    ] as const) {
      await assert.rejects(verifyReceipt(receipt, { ...rules, ...order, ...change }), { code })
    }
  })
})

const namesOf = (value: object = {}): string[] => Object.keys(value).toSorted()
