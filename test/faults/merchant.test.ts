import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { startMerchant } from './merchant.ts'
import type { Manner, Merchant } from './merchant.ts'

const SECRET = `whsec_${Buffer.alloc(32, 'merchant-test').toString('base64')}`
const BODY = JSON.stringify({
  type: 'checkout.paid',
  data: { id: 'c', version: 3, status: 'paid' },
})

describe('merchant', () => {
  let merchant: Merchant
  before(async () => {
    merchant = await startMerchant({
      secret: SECRET,
      now: Date.now,
      isRecent: (time) => Math.abs(Date.now() - time) < 60_000,
    })
  })
  after(() => merchant.close())

  /** As the proxy tells it, with what is to be wrong. */
  async function tell({ secret = SECRET, body = BODY, ageMs = 0, path = '' } = {}) {
    const sentAt = new Date(Date.now() - ageMs)
    const answer = await fetch(merchant.url + path, {
      method: 'POST',
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
        'webhook-signature': `v1,AAAA ${new Webhook(secret).sign('msg_1', sentAt, BODY)}`,
      },
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(300),
    })
    return answer.status
  }

  it('keeps what it was told', async () => {
    assert.equal(await tell(), 204)
    const { webhookId, checkoutId, version, status, isGenuine, body } = merchant.ledger.at(-1) ?? {}
    assert.deepEqual([webhookId, checkoutId, version, status], ['msg_1', 'c', 3, 'paid'])
    assert.deepEqual([isGenuine, body], [true, BODY])
  })

  for (const [what, wrong] of [
    ['another secret', { secret: `whsec_${Buffer.alloc(32, 'x').toString('base64')}` }],
    ['another body', { body: BODY.replace('3', '4') }],
    ['an old time', { ageMs: 120_000 }],
    ['another address', { path: 'redirected' }],
  ] as const) {
    it(`sees ${what}`, async () => {
      await tell(wrong)
      assert.equal(merchant.ledger.at(-1)?.isGenuine, false)
    })
  }

  for (const [manner, status] of [
    ['acknowledge', 204],
    ['status-500', 500],
    ['redirect', 307],
    ['gone', 410],
    ['hang', undefined],
    ['die-after', undefined],
  ] as const satisfies readonly (readonly [Manner, number | undefined])[]) {
    it(`can ${manner}, and has it in its ledger`, async () => {
      merchant.behave(manner)
      const before = merchant.ledger.length
      assert.equal(await tell().catch(() => undefined), status)
      assert.deepEqual(
        merchant.ledger.slice(before).map((told) => told.manner),
        [manner],
      )
    })
  }

  it('can be away, and come back to its address', async () => {
    merchant.behave('acknowledge')
    await merchant.goDown()
    await assert.rejects(tell())
    await merchant.comeUp()
    assert.equal(await tell(), 204)
  })
})
