/**
 * What the page in PHP makes of notifications: a payment is written down once, and whatever is forged,
 * replayed, or about another price changes nothing.
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { SECRET as ANOTHER_SECRET } from '../merchant/webhook-samples.ts'
import { withoutCommand } from '../playground/snippets/machine.ts'
import { PAYMENT, startSite, tell } from './beside.ts'
import type { StartedSite, Telling, Told } from './beside.ts'

/** An order as the page keeps it. */
interface PageOrder {
  readonly status: string
  readonly version: number
  readonly shippedAt: string | null
}

const PAGE = join(import.meta.dirname, '../../examples/php-page')

describe('php-page', { skip: withoutCommand('php') }, () => {
  let sandbox: Sandbox
  let site: StartedSite
  before(async () => {
    sandbox = await startSandbox()
    site = await startSite('php-page', sandbox.urls)
  })
  after(async () => {
    try {
      await site.stop()
    } finally {
      await sandbox.close()
    }
  })

  async function place(): Promise<{ told: Told; book: () => PageOrder }> {
    const body = new URLSearchParams({ book: 'tides', price: '1.00' })
    const answer = await fetch(`${site.url}/orders`, { method: 'POST', body, redirect: 'manual' })
    const orderId = (answer.headers.get('location') ?? '').replace('/orders/', '')
    const price = { amount: '245.5', currency: 'TRY' }
    const told = { id: 'a', orderId, status: 'paid', version: 5, reason: null, price }
    return {
      told: { ...told, testMode: true, priceSource: 'token', payments: [PAYMENT] } as Told,
      book: () => site.read(`orders/${orderId}.json`) as PageOrder,
    }
  }
  const send = (told: Told, { secret = site.secrets.webhookSecret, ...how }: Telling = {}) =>
    tell(`${site.url}/webhooks/checkout`, told, { secret, ...how })

  it('writes a payment down once', async () => {
    const { told, book } = await place()
    assert.equal(await send(told), 204)
    const { shippedAt, ...rest } = book()
    assert.ok(shippedAt)
    assert.deepEqual([rest.status, rest.version], ['paid', 5])
    assert.equal(await send({ ...told, version: 6 }), 204)
    assert.equal(await send({ ...told, version: 7, status: 'refunding' }), 204)
    assert.equal(await send(told), 204)
    assert.deepEqual([book().status, book().version], ['refunding', 7])
    assert.equal(book().shippedAt, shippedAt)
  })

  const REFUSED: readonly [string, object, Telling, number][] = [
    ['forged', {}, { secret: ANOTHER_SECRET }, 400],
    ['replayed', {}, { secondsAgo: 301 }, 400],
    ['about another amount', { price: { amount: '24.55', currency: 'TRY' } }, {}, 409],
    ['about another currency', { price: { amount: '245.5', currency: 'USD' } }, {}, 409],
    ['about a price that a page named', { priceSource: 'unsigned' }, {}, 409],
    ['about no order', { orderId: 'B-0123456789abcdef01234567' }, {}, 404],
  ]
  for (const [kind, more, how, expected] of REFUSED) {
    it(`changes nothing for a notification ${kind}`, async () => {
      const { told, book } = await place()
      const untouched = book()
      assert.equal(await send({ ...told, ...more }, how), expected)
      assert.deepEqual(book(), untouched)
    })
  }

  it('takes no path for the number of an order', async () => {
    const { told, book } = await place()
    const untouched = book()
    assert.equal(await send({ ...told, orderId: `../orders/${told.orderId}` }), 404)
    assert.deepEqual(book(), untouched)
  })

  it('ships nothing that was paid in test mode, unless it is told to', async () => {
    const { told } = await place()
    const program = `
      require 'orders.php';
      $checkout = json_decode(stream_get_contents(STDIN), true);
      echo json_encode([is_to_be_shipped($checkout, false), is_to_be_shipped($checkout, true)]);`
    const { stdout } = spawnSync('php', ['-r', program], { cwd: PAGE, input: JSON.stringify(told) })
    assert.equal(stdout.toString(), '[false,true]')
  })

  const NOT_SENT: readonly [string, object][] = [
    ['is not paid', { status: 'processing' }],
    ['has a reason to look', { reason: 'conflict' }],
    ['nobody signed', { payments: [{ ...PAYMENT, assurance: 'unsigned-webhook' }] }],
  ]
  for (const [kind, more] of NOT_SENT) {
    it(`ships nothing that ${kind}`, async () => {
      const { told, book } = await place()
      assert.equal(await send({ ...told, ...more }), 204)
      assert.deepEqual([book().version, book().shippedAt], [5, null])
    })
  }
})
