/**
 * What every store must do, whatever is behind it.
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Method } from '../../../protocol/payment.ts'
import {
  hashToken,
  mintCheckoutId,
  mintFactId,
  mintPaymentId,
  mintToken,
} from '../../../proxy/ids.ts'
import type { CheckoutRecord, PaymentRecord, StoredFact } from '../../../proxy/records.ts'
import type { Store } from '../../../proxy/store.ts'

const NOW = 1_760_000_000_000

const METHOD: Method = {
  id: 'cryptom:TRX:TRON',
  flow: 'transfer',
  asset: { symbol: 'TRX', network: 'TRON', name: 'TRON' },
  label: 'TRON',
  price: { amount: '300.00', currency: 'TRY' },
  limits: null,
  fields: [],
  consent: null,
  fee: null,
}

let order = 0

const newCheckout = (more: Partial<CheckoutRecord> = {}): CheckoutRecord => ({
  id: mintCheckoutId(),
  source: 'token',
  orderId: `S-${process.pid}-${(order += 1)}`,
  prices: [{ amount: '300.00', currency: 'TRY' }],
  description: 'Çay & <b>"süt"</b> 🫖',
  locale: null,
  customer: { name: 'Test Shopper' },
  urls: {},
  metadata: { cart: '7' },
  methods: [METHOD],
  isTest: true,
  status: 'pending',
  reason: null,
  isCanceled: false,
  version: 1,
  expiresAt: NOW + 86_400_000,
  createdAt: NOW + order,
  updatedAt: NOW,
  ...more,
})

const newPayment = (checkoutId: string, more: Partial<PaymentRecord> = {}): PaymentRecord => ({
  id: mintPaymentId(),
  checkoutId,
  provider: 'cryptom',
  method: METHOD,
  price: METHOD.price,
  ref: null,
  claim: null,
  nextAction: { type: 'redirect', url: 'https://pay.example/1' },
  isCancelable: true,
  isShown: true,
  isSuperseded: false,
  state: { status: 'pending', reason: null, received: null, assurance: null, paidAt: null },
  providerStatus: 'PENDING',
  returnHash: hashToken(mintToken()),
  webhookHash: hashToken(mintToken()),
  isWebhookExposed: false,
  private: 'sealed',
  returnPage: null,
  expiresAt: NOW + 900_000,
  checkedAt: null,
  nextCheckAt: NOW + 15_000,
  createdAt: NOW,
  ...more,
})

const newFact = (paymentId: string, more: Partial<StoredFact> = {}): StoredFact => ({
  id: mintFactId(NOW),
  paymentId,
  at: NOW,
  kind: 'polled',
  status: 'pending',
  ...more,
})

/** Runs the suite over the store that `open` opens; each call opens the same database anew. */
export function storeSuite(name: string, open: () => Promise<Store>): void {
  describe(`store: ${name}`, () => {
    let store: Store
    before(async () => {
      store = await open()
      await store.migrate()
    })
    after(() => store.close())

    const insert = async (more: Partial<CheckoutRecord> = {}): Promise<CheckoutRecord> =>
      (await store.findOrCreateCheckout(newCheckout(more))).checkout

    it('is reachable, and up to date when asked twice', async () => {
      await store.ping()
      await store.migrate()
    })

    it('gives back what it was given', async () => {
      const checkout = await insert()
      const payment = newPayment(checkout.id, { ref: mintPaymentId(), claim: 'claimed' })
      const facts = [
        newFact(payment.id, { received: { amount: '1.5', currency: 'TRX' }, note: 'a note' }),
        newFact(payment.id, {
          at: NOW + 1,
          status: 'processing',
          reason: 'underpaid',
          assurance: 'provider-api',
          providerStatus: 'TRANSFERRED',
        }),
      ]
      await store.change(checkout.id, NOW, () => ({ payments: [payment], facts }))
      const read = await store.read(checkout.id)
      assert.deepEqual(read?.facts, facts)
      assert.deepEqual(read?.checkout, {
        ...checkout,
        status: 'processing',
        reason: 'underpaid',
        version: 2,
      })
      assert.deepEqual(read?.payments, [
        {
          ...payment,
          state: {
            status: 'processing',
            reason: 'underpaid',
            received: { amount: '1.5', currency: 'TRX' },
            assurance: null,
            paidAt: null,
          },
        },
      ])
    })

    it('keeps one checkout per source and order id', async () => {
      const first = await insert()
      const again = await store.findOrCreateCheckout(newCheckout({ orderId: first.orderId }))
      assert.deepEqual([again.isNew, again.checkout.id], [false, first.id])
      const other = await store.findOrCreateCheckout(
        newCheckout({ orderId: first.orderId, source: 'unsigned' }),
      )
      assert.equal(other.isNew, true)
    })

    it('makes one checkout of fifty at once', async () => {
      const orderId = `race-${mintCheckoutId()}`
      const made = await Promise.all(
        Array.from({ length: 50 }, () => store.findOrCreateCheckout(newCheckout({ orderId }))),
      )
      assert.equal(made.filter(({ isNew }) => isNew).length, 1)
      assert.equal(new Set(made.map(({ checkout }) => checkout.id)).size, 1)
    })

    it('loses no change of fifty at once', async () => {
      const checkout = await insert()
      const payment = newPayment(checkout.id)
      await store.change(checkout.id, NOW, () => ({ payments: [payment] }))
      await Promise.all(
        Array.from({ length: 50 }, () =>
          store.change(checkout.id, NOW, () => ({ facts: [newFact(payment.id)] })),
        ),
      )
      const read = await store.read(checkout.id)
      assert.equal(read?.facts.length, 50)
      assert.equal(read?.checkout.version, 52)
    })

    it('changes nothing when the decision says so, or throws', async () => {
      const checkout = await insert()
      await store.change(checkout.id, NOW, () => undefined)
      await assert.rejects(
        store.change(checkout.id, NOW, () => {
          throw new TypeError('no')
        }),
        TypeError,
      )
      const payment = newPayment(checkout.id)
      await assert.rejects(
        // A fact of a payment that does not exist: the whole change is undone.
        store.change(checkout.id, NOW, () => ({
          payments: [payment],
          facts: [newFact('no such payment')],
        })),
      )
      const read = await store.read(checkout.id)
      assert.deepEqual([read?.checkout.version, read?.payments.length], [1, 0])
    })

    it('takes a fact of the same id once', async () => {
      const checkout = await insert()
      const payment = newPayment(checkout.id)
      const fact = newFact(payment.id)
      await store.change(checkout.id, NOW, () => ({ payments: [payment], facts: [fact] }))
      await store.change(checkout.id, NOW, () => ({ facts: [fact] }))
      assert.equal((await store.read(checkout.id))?.facts.length, 1)
    })

    it('lets a ref belong to one payment for ever', async () => {
      const checkout = await insert()
      const ref = mintPaymentId()
      const first = newPayment(checkout.id, { ref })
      await store.change(checkout.id, NOW, () => ({ payments: [first] }))
      const other = await insert()
      await assert.rejects(
        store.change(other.id, NOW, () => ({ payments: [newPayment(other.id, { ref })] })),
      )
      let owner: string | undefined
      await store.change(other.id, NOW, async (_, inside) => {
        owner = await inside.ownerOfRef('cryptom', ref)
        return undefined
      })
      assert.equal(owner, first.id)
    })

    it('answers undefined for a checkout that does not exist', async () => {
      assert.equal(await store.read('nothing'), undefined)
      assert.equal(await store.readSnapshot('nothing'), undefined)
      assert.equal(await store.change('nothing', NOW, () => ({})), undefined)
    })

    it('has the view of each version ready', async () => {
      const checkout = await insert()
      const before = await store.readSnapshot(checkout.id)
      assert.deepEqual([before?.version, before?.status, before?.isWatched], [1, 'pending', false])
      await store.change(checkout.id, NOW + 5, () => ({ payments: [newPayment(checkout.id)] }))
      const snapshot = await store.readSnapshot(checkout.id)
      assert.deepEqual(
        [snapshot?.version, snapshot?.isWatched, snapshot?.updatedAt],
        [2, true, NOW + 5],
      )
      const view = JSON.parse(snapshot?.view ?? '{}') as { description: string; id: string }
      assert.equal(view.description, 'Çay & <b>"süt"</b> 🫖')
      assert.equal(view.id, checkout.id)
    })

    it('shows each version to readers at once, and what another process changed soon', async () => {
      const checkout = await insert()
      const other = await open()
      for (let version = 2; version < 6; version += 1) {
        await store.readSnapshot(checkout.id)
        await store.change(checkout.id, NOW, () => ({}))
        assert.equal((await store.readSnapshot(checkout.id))?.version, version)
      }
      await other.change(checkout.id, NOW, () => ({}))
      await new Promise((resolve) => setTimeout(resolve, 60))
      assert.equal((await store.readSnapshot(checkout.id))?.version, 6)
      await other.close()
    })

    it('shows nothing to readers that was not committed', async () => {
      const checkout = await insert()
      await assert.rejects(
        store.change(checkout.id, NOW, async () => {
          assert.equal((await store.readSnapshot(checkout.id))?.version, 1)
          return { facts: [newFact('no such payment')] }
        }),
      )
      assert.equal((await store.readSnapshot(checkout.id))?.version, 1)
    })

    it('finds a payment by the hash of its return token', async () => {
      const checkout = await insert()
      const payment = newPayment(checkout.id)
      await store.change(checkout.id, NOW, () => ({ payments: [payment] }))
      const found = await store.findByReturn(payment.returnHash)
      assert.deepEqual(found, { checkoutId: checkout.id, paymentId: payment.id })
      assert.equal(await store.findByReturn('other'), undefined)
    })

    it('lists what is due, and lets one asker at a time through', async () => {
      const checkout = await insert()
      const due = newPayment(checkout.id, { nextCheckAt: 5 })
      const later = newPayment(checkout.id, { nextCheckAt: 2000 })
      const never = newPayment(checkout.id, { nextCheckAt: null })
      await store.change(checkout.id, NOW, () => ({ payments: [due, later, never] }))
      const key = { checkoutId: checkout.id, paymentId: due.id }
      assert.deepEqual(await store.listDue(1000, 10), [key])
      const claims = await Promise.all(
        Array.from({ length: 10 }, () => store.claimCheck(due.id, 1000, 3000)),
      )
      assert.equal(claims.filter(Boolean).length, 1)
      assert.equal(await store.claimCheck(due.id, 3999, 3000), false)
      assert.equal(await store.claimCheck(due.id, 4000, 3000), true)
      await store.scheduleCheck(due.id, null)
      assert.deepEqual(await store.listDue(1000, 10), [])
    })

    it('lists checkouts newest first, by pages', async () => {
      const orderId = `list-${mintCheckoutId()}`
      const sources = ['token', 'merchant', 'unsigned'] as const
      const made: CheckoutRecord[] = []
      for (const source of sources) made.push(await insert({ orderId, source }))
      const first = await store.list({ orderId, limit: 2 })
      const last = first.at(-1)
      assert.ok(last)
      const rest = await store.list({ orderId, limit: 2, cursor: `${last.createdAt}.${last.id}` })
      assert.deepEqual(
        [...first, ...rest].map(({ id }) => id),
        made.map(({ id }) => id).toReversed(),
      )
      assert.deepEqual(await store.list({ orderId, status: 'paid', limit: 10 }), [])
    })

    it('keeps everything over a restart', async () => {
      const checkout = await insert()
      const other = await open()
      await other.migrate()
      assert.deepEqual((await other.read(checkout.id))?.checkout, checkout)
      await other.close()
    })
  })
}
