/**
 * The shops that mount the proxy: an order is placed, paid in the page, told to the shop, and on its way.
 * @module
 */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { createPorts } from '../../demo/ports.ts'
import { isSettled } from '../../examples/shared/mounted-shop.ts'
import { MOUNTED, startMounted } from '../../examples/shared/start-mounted.ts'
import { startFlows } from '../e2e/harness.ts'
import { pause } from '../proxy/shop.ts'

const { world, flow } = await startFlows()
const { sandboxUrls } = world.stack

for (const name of MOUNTED) {
  flow(`${name}: an order is paid in the shop's own page, and shipped`, async (shopper) => {
    const { page } = shopper
    const folder = mkdtempSync(join(tmpdir(), `checkout-${name}-`))
    const port = await createPorts().find(0)
    const databaseFile = join(folder, 'shop.db')
    const shop = await startMounted({ name, port, sandboxUrls, databaseFile })
    try {
      await page.goto(shop.url)
      await page.getByRole('button', { name: 'Buy' }).click()
      await shopper.pickCoin(/Tether/, /TRON/)
      await shopper.sees('Send USDT on TRON')
      await payLast()
      await shopper.sees('Payment complete')
      await told(shop.url, page.url())
      await page.reload()
      await page.getByText('It is on its way.').waitFor()
      assert.equal(await page.locator('crypto-checkout').count(), 0)
      assert.equal(await forge(shop.url), 400)
      assert.equal((await fetch(`${shop.url}/pay/v1/merchant/checkouts`)).status, 404)
      assert.ok((await flood(`${shop.url}/pay/v1/checkouts`)).includes(429), 'is limited')
    } finally {
      assert.equal(await shop.stop(), 0)
      rmSync(folder, { recursive: true, force: true })
    }
  })
}

test('a shop ships what is paid, and nothing that went back or that a person has to look at', () => {
  for (const reason of [null, 'overpaid', 'late', 'duplicate'] as const)
    assert.ok(isSettled({ status: 'paid', reason }), String(reason))
  for (const reason of ['conflict', 'refund_failed'] as const)
    assert.ok(!isSettled({ status: 'paid', reason }), reason)
  for (const status of ['refunding', 'refunded', 'review', 'processing'] as const)
    assert.ok(!isSettled({ status, reason: null }), status)
})

/** The shopper pays whatever was begun last. */
async function payLast(): Promise<void> {
  const all = (await (await fetch(`${sandboxUrls.control}/payments`)).json()) as { id: string }[]
  const answer = await fetch(`${sandboxUrls.control}/payments/cryptom/${all[0]?.id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'pay' }),
  })
  assert.equal(answer.status, 200)
}

/** The notification comes by itself, a moment after the page has seen it. */
async function told(shopUrl: string, orderUrl: string): Promise<void> {
  const path = new URL(orderUrl).pathname
  for (let tries = 0; tries < 100; tries += 1) {
    const text = await (await fetch(shopUrl + path)).text()
    if (text.includes('on its way')) return
    await pause(100)
  }
  assert.fail('the shop was not told')
}

/** More than one address may ask for: the proxy knows whose a request is. */
function flood(url: string): Promise<number[]> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }
  return Promise.all(Array.from({ length: 250 }, async () => (await fetch(url, init)).status))
}

/** Somebody else says that it was paid. */
async function forge(shopUrl: string): Promise<number> {
  const { status } = await fetch(`${shopUrl}/told`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': 'msg_1',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
    },
    body: '{"type":"checkout.paid"}',
  })
  return status
}
