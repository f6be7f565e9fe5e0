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
import type {
  CheckoutRecord,
  DeliveryRecord,
  PaymentRecord,
  PayoutRecord,
  StoredFact,
} from '../../../proxy/records.ts'
import type { ClaimChange } from '../../../proxy/aggregate.ts'
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

export const newCheckout = (more: Partial<CheckoutRecord> = {}): CheckoutRecord => ({
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
  receipt: null,
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
  claims: [],
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
  hintedAt: null,
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

export const newPayout = (requestId: string, more: Partial<PayoutRecord> = {}): PayoutRecord => ({
  requestId,
  provider: 'lipaykripto',
  amount: '10.00',
  currency: 'TRY',
  asset: 'TRX',
  address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
  status: 'created',
  ref: null,
  providerStatus: null,
  webhookHash: hashToken(mintToken()),
  createdAt: NOW,
  updatedAt: NOW,
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
      await store.ping(NOW)
      await store.migrate()
    })

    it('tells how much waits, and since when', async () => {
      const before = await store.readFigures(1000, [])
      const checkout = await insert()
      const [ended, overdue, asleep] = [
        newPayment(checkout.id, { nextCheckAt: null }),
        newPayment(checkout.id, { nextCheckAt: 7 }),
        newPayment(checkout.id, { nextCheckAt: 3, provider: 'redoya' }),
      ] as const
      const unsure = { status: 'expired', reason: 'unconfirmed' } as const
      const facts = [
        newFact(ended.id, { at: 1, ...unsure }),
        newFact(ended.id, { at: 5, ...unsure }),
        newFact(overdue.id),
        newFact(asleep.id),
      ]
      await store.change(checkout.id, NOW, () => ({ payments: [ended, overdue, asleep], facts }))
      const { checks, persons, deliveries } = await store.readFigures(1000, ['redoya'])
      assert.deepEqual(checks, { count: before.checks.count + 1, since: 7 })
      assert.deepEqual(persons, { count: before.persons.count + 1, since: 5 })
      assert.deepEqual(deliveries, before.deliveries)
      assert.deepEqual((await store.readFigures(6, ['redoya'])).checks, before.checks)
      // So that nobody claims them later on.
      const done = [overdue, asleep].map((payment) => ({ ...payment, nextCheckAt: null }))
      await store.change(checkout.id, NOW, () => ({ payments: done }))
    })

    it('gives back what it was given', async () => {
      const checkout = await insert()
      const payment = newPayment(checkout.id, { ref: mintPaymentId() })
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

    it('keeps one checkout of an order that the merchant signs and sends', async () => {
      const first = await insert()
      const sent = newCheckout({ orderId: first.orderId, source: 'merchant' })
      const again = await store.findOrCreateCheckout(sent)
      assert.deepEqual([again.isNew, again.checkout.id], [false, first.id])
      assert.equal((await store.findByOrder('merchant', first.orderId))?.id, first.id)
      const listed = newCheckout({ orderId: first.orderId, source: 'catalogue' })
      assert.equal((await store.findOrCreateCheckout(listed)).isNew, true)
      assert.equal((await store.findByOrder('merchant', first.orderId))?.id, first.id)
      assert.equal((await store.findByOrder('catalogue', first.orderId))?.id, listed.id)
    })

    it('makes one checkout of fifty that are signed and sent at once', async () => {
      const orderId = `both-${mintCheckoutId()}`
      const made = await Promise.all(
        Array.from({ length: 50 }, (_, index) =>
          store.findOrCreateCheckout(
            newCheckout({ orderId, source: index % 2 === 0 ? 'token' : 'merchant' }),
          ),
        ),
      )
      assert.equal(made.filter(({ isNew }) => isNew).length, 1)
      assert.equal(new Set(made.map(({ checkout }) => checkout.id)).size, 1)
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

    describe('keeps what came back to a payment', () => {
      const bring = async (ref: string, becomes: ClaimChange['becomes'], paymentId: string) => {
        const { checkoutId = '' } = (await store.findPayment('cryptom', { paymentId })) ?? {}
        const claims = [{ paymentId, ref, becomes }]
        return (await store.change(checkoutId, NOW + 7, () => ({ claims })))?.payments[0]?.claims
      }
      const made = async (): Promise<PaymentRecord> => {
        const payment = newPayment((await insert()).id, { nextCheckAt: null })
        await store.change(payment.checkoutId, NOW, () => ({ payments: [payment] }))
        return payment
      }
      const ownerOf = async ({ checkoutId }: PaymentRecord, ref: string) => {
        let owner: string | undefined
        await store.change(checkoutId, NOW, async (_, inside) => {
          owner = await inside.ownerOfRef('cryptom', ref)
          return undefined
        })
        return owner
      }
      const stored = async ({ checkoutId }: PaymentRecord) =>
        (await store.read(checkoutId))?.payments[0]

      it('until it is answered, without a new version, and wakes the worker', async () => {
        const payment = await made()
        const [one, two] = [mintPaymentId(), mintPaymentId()]
        const first = { ref: one, createdAt: NOW + 7 }
        assert.deepEqual(await bring(one, 'kept', payment.id), [first])
        assert.equal((await bring(two, 'kept', payment.id))?.length, 2)
        const kept = await stored(payment)
        assert.deepEqual(kept?.claims.map(({ ref }) => ref).toSorted(), [one, two].toSorted())
        assert.equal(kept?.nextCheckAt, NOW + 7 + 3000)
        assert.equal((await store.readSnapshot(payment.checkoutId))?.version, 2)
        assert.deepEqual(await bring(two, 'settled', payment.id), [first])
        assert.deepEqual((await stored(payment))?.claims, [first])
      })

      it('for one payment, answered or not, unless it is nobody’s', async () => {
        const [payment, other] = [await made(), await made()]
        const ref = mintPaymentId()
        await bring(ref, 'kept', payment.id)
        await assert.rejects(bring(ref, 'kept', other.id))
        assert.equal(await ownerOf(other, ref), payment.id)
        await bring(ref, 'settled', other.id)
        await bring(ref, 'released', other.id)
        assert.equal((await stored(payment))?.claims.length, 1, 'only its own may say so')
        await bring(ref, 'settled', payment.id)
        assert.equal(await ownerOf(other, ref), payment.id)
        await bring(ref, 'reopened', payment.id)
        assert.equal((await stored(payment))?.claims.length, 1)
        await bring(ref, 'released', payment.id)
        assert.equal(await ownerOf(other, ref), undefined)
        await bring(ref, 'kept', other.id)
        assert.equal(await ownerOf(payment, ref), other.id)
      })

      it('for one of ten that bring it at the same moment', async () => {
        const all = await Promise.all(Array.from({ length: 10 }, made))
        const ref = mintPaymentId()
        await Promise.all(
          all.map(({ id: paymentId, checkoutId }) =>
            store.change(checkoutId, NOW, async (_, inside) =>
              (await inside.ownerOfRef('cryptom', ref))
                ? undefined
                : { claims: [{ paymentId, ref, becomes: 'kept' }] },
            ),
          ),
        )
        const kept = (await Promise.all(all.map(stored))).map((payment) => payment?.claims.length)
        assert.equal(kept.filter((count) => count === 1).length, 1)
        assert.equal(kept.filter((count) => count === 0).length, 9)
      })

      it('in the transaction of the change that answers it, or not at all', async () => {
        const payment = await made()
        const ref = mintPaymentId()
        await bring(ref, 'kept', payment.id)
        const claims = [{ paymentId: payment.id, ref, becomes: 'settled' as const }]
        const facts = [newFact('no such payment')]
        await assert.rejects(store.change(payment.checkoutId, NOW, () => ({ claims, facts })))
        assert.equal((await stored(payment))?.claims.length, 1)
        await store.change(payment.checkoutId, NOW, () => ({
          claims,
          facts: [newFact(payment.id)],
        }))
        assert.equal((await stored(payment))?.claims.length, 0)
      })

      it('a look that did not know of it does not put it off', async () => {
        const payment = await made()
        await bring(mintPaymentId(), 'kept', payment.id)
        const end = {
          nextCheckAt: null,
          seenHint: null,
          seenStatus: payment.state.status,
          isAnswered: true,
        }
        await store.checks.finish(payment.id, { ...end, seenClaims: 0 })
        assert.equal((await stored(payment))?.nextCheckAt, NOW + 7 + 3000)
        await store.checks.finish(payment.id, { ...end, seenClaims: 1 })
        assert.equal((await stored(payment))?.nextCheckAt, null)
      })
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

    /** Payments of a provider of their own, so that no other test's are claimed. */
    const insertPayments = async (...more: Partial<PaymentRecord>[]) => {
      const { id: checkoutId } = await insert()
      const provider = `p-${mintPaymentId()}`
      const payments = more.map((each) => newPayment(checkoutId, { provider, ...each }))
      await store.change(checkoutId, NOW, () => ({ payments }))
      const claim = (now: number, limit = 10) =>
        store.checks
          .claimDue({ now, limit, holdMs: 60_000, except: [] })
          .then((keys) => keys.map(({ paymentId }) => paymentId))
          .then((ids) => ids.filter((id) => payments.some((payment) => payment.id === id)))
      return { payments, provider, checkoutId, claim }
    }
    const nextCheckAt = async (checkoutId: string, id: string) =>
      (await store.read(checkoutId))?.payments.find((payment) => payment.id === id)?.nextCheckAt

    it('claims what is due, each for one, and gives it back after a while', async () => {
      const { payments, claim } = await insertPayments(
        { nextCheckAt: 5 },
        { nextCheckAt: 2000 },
        { nextCheckAt: null },
      )
      const claims = await Promise.all(Array.from({ length: 10 }, () => claim(1000, 200)))
      assert.deepEqual(claims.flat(), [payments[0]?.id])
      assert.deepEqual(await claim(1999, 200), [])
      assert.deepEqual(
        new Set(await claim(61_000, 200)),
        new Set([payments[0]?.id, payments[1]?.id]),
      )
    })

    it('leaves out the payments of providers that cannot be asked', async () => {
      const { payments, provider } = await insertPayments({ nextCheckAt: 3 })
      const claim = { now: 1000, limit: 200, holdMs: 60_000 }
      const ids = async (except: readonly string[]) =>
        (await store.checks.claimDue({ ...claim, except })).map(({ paymentId }) => paymentId)
      assert.ok(!(await ids([provider])).includes(payments[0]?.id ?? ''))
      assert.ok((await ids([])).includes(payments[0]?.id ?? ''))
    })

    it('lets one asker at a time through', async () => {
      const { payments } = await insertPayments({})
      const id = payments[0]?.id ?? ''
      const asks = await Promise.all(
        Array.from({ length: 10 }, () => store.checks.claimQuestion(id, 10_000, 3000)),
      )
      assert.equal(asks.filter(Boolean).length, 1)
      assert.equal(await store.checks.claimQuestion(id, 12_999, 3000), false)
      assert.equal(await store.checks.claimQuestion(id, 13_000, 3000), true)
      assert.equal(await store.checks.claimQuestion(id, 2000, 3000), true, 'the clock was set back')
    })

    it('keeps the time of a change that came while a look was planned', async () => {
      const { payments, checkoutId } = await insertPayments({ nextCheckAt: null })
      const id = payments[0]?.id ?? ''
      const end = { nextCheckAt: null, seenHint: null, seenClaims: 0, isAnswered: true }
      await store.change(checkoutId, NOW, ({ payments: [first] }) => ({
        payments: first ? [{ ...first, nextCheckAt: 9000 }] : [],
        facts: [newFact(id, { status: 'processing' })],
      }))
      await store.checks.finish(id, { ...end, seenStatus: 'pending' })
      assert.equal(await nextCheckAt(checkoutId, id), 9000)
      await store.checks.finish(id, { ...end, seenStatus: 'processing' })
      assert.equal(await nextCheckAt(checkoutId, id), null)
    })

    it('keeps a hint until it was answered, and a newer one after that', async () => {
      const { payments, checkoutId, claim } = await insertPayments({ nextCheckAt: null })
      const id = payments[0]?.id ?? ''
      const hintOf = async () => (await store.read(checkoutId))?.payments[0]?.hintedAt ?? null
      await store.checks.hint(id, 1000)
      assert.deepEqual(await claim(1000, 200), [id])
      const seenHint = await hintOf()
      await store.checks.finish(id, {
        nextCheckAt: 5000,
        seenHint,
        seenClaims: 0,
        seenStatus: 'pending',
        isAnswered: false,
      })
      assert.deepEqual([await hintOf(), await nextCheckAt(checkoutId, id)], [seenHint, 5000])
      await store.checks.hint(id, 1000)
      assert.notEqual(await hintOf(), seenHint, 'the same millisecond')
      await store.checks.finish(id, {
        nextCheckAt: null,
        seenHint,
        seenClaims: 0,
        seenStatus: 'pending',
        isAnswered: true,
      })
      assert.equal(await nextCheckAt(checkoutId, id), 1000)
      await store.change(checkoutId, NOW, ({ payments: [first] }) => ({
        payments: first ? [{ ...first, nextCheckAt: null }] : [],
      }))
      assert.equal(await nextCheckAt(checkoutId, id), 1000, 'a change does not put it off')
      await store.checks.finish(id, {
        nextCheckAt: null,
        seenHint: await hintOf(),
        seenClaims: 0,
        seenStatus: 'pending',
        isAnswered: true,
      })
      assert.deepEqual([await hintOf(), await nextCheckAt(checkoutId, id)], [null, null])
    })

    it('notes an event with its hint, once', async () => {
      const { payments, provider, checkoutId, claim } = await insertPayments({ nextCheckAt: null })
      const id = payments[0]?.id ?? ''
      const event = { provider, id: 'e1', digest: 'a' }
      const all = await Promise.all(
        Array.from({ length: 10 }, () => store.checks.hint(id, 1000, event)),
      )
      assert.deepEqual(all.toSorted(), ['new', ...Array.from({ length: 9 }, () => 'seen')])
      assert.deepEqual(await claim(1000, 200), [id])
      assert.equal(await store.checks.hint(id, 2000, event), 'seen')
      assert.equal(await nextCheckAt(checkoutId, id), 61_000)
      assert.equal(await store.checks.hint(id, 2000, { ...event, digest: 'b' }), 'changed')
      assert.equal(await nextCheckAt(checkoutId, id), 2000)
    })

    it('knows what each payment of a provider was', async () => {
      const { payments, provider, checkoutId } = await insertPayments(
        { providerStatus: '0', createdAt: NOW },
        { providerStatus: '1', createdAt: NOW - 5000 },
      )
      const known = await store.checks.listKnown(provider, NOW)
      assert.deepEqual(known, [{ checkoutId, paymentId: payments[0]?.id, providerStatus: '0' }])
    })

    it('lists checkouts whose time is over, unless something is under way', async () => {
      const over = await insert({ expiresAt: 500 })
      const busy = await insert({ expiresAt: 500 })
      await store.change(busy.id, NOW, () => ({ payments: [newPayment(busy.id)] }))
      const ids = await store.listOverdue(501, 100)
      assert.deepEqual([ids.includes(over.id), ids.includes(busy.id)], [true, false])
    })

    it('rests until the latest time that was asked for', async () => {
      const name = `r-${mintPaymentId()}`
      assert.equal(await store.restUntil(name), 0)
      await Promise.all([store.rest(name, 2000), store.rest(name, 3000), store.rest(name, 1000)])
      assert.equal(await store.restUntil(name), 3000)
    })

    it('keeps signing keys, oldest first, each once', async () => {
      const key = { kid: `k-${mintPaymentId()}`, publicKey: '{}', sealed: 's', createdAt: NOW }
      const older = { ...key, kid: `k-${mintPaymentId()}`, createdAt: NOW - 1 }
      for (const each of [key, older, { ...key, sealed: 'other' }]) {
        await store.signingKeys.insert(each)
      }
      const kept = (await store.signingKeys.list()).filter(({ kid }) =>
        [key.kid, older.kid].includes(kid),
      )
      assert.deepEqual(kept, [older, key])
    })

    describe('deliveries', () => {
      const outbox = async (more: Partial<DeliveryRecord> = {}) => {
        const { id: checkoutId } = await insert()
        const delivery: DeliveryRecord = {
          id: `msg_${mintPaymentId()}`,
          checkoutId,
          version: 2,
          type: 'checkout.pending',
          body: '{"type":"checkout.pending","data":"Çay 🫖"}',
          status: 'pending',
          attempts: 0,
          nextAt: 1000,
          expiresAt: 90_000,
          answer: null,
          createdAt: 1000,
          deliveredAt: null,
          ...more,
        }
        const publish = async () => ({ receipt: 'a.b.c', delivery })
        await store.change(checkoutId, NOW, () => ({}), publish)
        return delivery
      }
      const find = async ({ id, checkoutId }: DeliveryRecord) =>
        (await store.deliveries.list({ checkout: checkoutId, limit: 9 })).find((d) => d.id === id)

      it('are written with the change that they tell, and its receipt', async () => {
        const delivery = await outbox({ nextAt: null })
        assert.deepEqual(await find(delivery), delivery)
        assert.equal((await store.read(delivery.checkoutId))?.checkout.receipt, 'a.b.c')
        const { view = '' } = (await store.readSnapshot(delivery.checkoutId)) ?? {}
        assert.equal(JSON.parse(view).receipt, 'a.b.c')
      })

      it('are not written where the change is not', async () => {
        const { id: checkoutId } = await insert()
        const failing = store.change(
          checkoutId,
          NOW,
          () => ({}),
          async () => {
            throw new Error('no')
          },
        )
        await assert.rejects(failing, /no/)
        assert.equal((await store.read(checkoutId))?.checkout.version, 1)
      })

      it('are claimed by one each, and come back after a while', async () => {
        const delivery = await outbox()
        const claims = await Promise.all(
          Array.from({ length: 10 }, () => store.deliveries.claim(1000, 100, 30_000)),
        )
        const mine = claims.flat().filter(({ id }) => id === delivery.id)
        assert.deepEqual(mine, [{ ...delivery, attempts: 1, nextAt: 31_000 }])
        const again = await store.deliveries.claim(31_000, 100, 30_000)
        assert.equal(again.find(({ id }) => id === delivery.id)?.attempts, 2)
      })

      it('that failed are probed before their time, and brought forward together', async () => {
        const failed = { status: 'pending', answer: '503', deliveredAt: null } as const
        const first = await outbox({ createdAt: 1 })
        const fresh = await outbox({ nextAt: 900_000 })
        await store.deliveries.claim(1000, 100, 30_000)
        await store.deliveries.finish({ ...first, attempts: 1 }, { ...failed, nextAt: 800_000 })
        const probe = (await store.deliveries.claimProbe(2000, 30_000)) ?? assert.fail()
        assert.equal(probe.id, first.id)
        await store.deliveries.finish(probe, { ...failed, nextAt: 800_000 })
        await store.deliveries.bringForward(3000)
        assert.equal((await find(first))?.nextAt, 3000)
        assert.equal((await find(fresh))?.nextAt, 900_000)
        const end = { status: 'delivered', nextAt: null, answer: '200', deliveredAt: 3001 } as const
        await store.deliveries.finish(probe, end)
        const { status, nextAt, answer, deliveredAt } = (await find(first)) ?? fresh
        assert.deepEqual({ status, nextAt, answer, deliveredAt }, end)
      })

      it('of several attempts at one, any may say that it was taken, and only the last that it was not', async () => {
        const delivery = await outbox()
        const notTaken = { status: 'failed', nextAt: null, answer: 'no answer', deliveredAt: null }
        const taken = { status: 'delivered', nextAt: null, answer: '204', deliveredAt: 50_000 }
        const first = { ...delivery, attempts: 1 }
        const second = { ...delivery, attempts: 2 }
        await store.deliveries.claim(1000, 100, 30_000)
        await store.deliveries.claim(31_000, 100, 30_000)
        await store.deliveries.finish(first, notTaken as typeof delivery)
        assert.equal((await find(delivery))?.status, 'pending', 'the second is on its way')
        await store.deliveries.finish(second, taken as typeof delivery)
        await store.deliveries.finish(first, notTaken as typeof delivery)
        assert.equal((await find(delivery))?.status, 'delivered', 'it is not sent again')
        await store.deliveries.redeliver(delivery.id, 60_000, 99_000)
        await store.deliveries.finish(second, notTaken as typeof delivery)
        assert.equal((await find(delivery))?.nextAt, 60_000, 'what was asked for is sent')
        await store.deliveries.finish(second, taken as typeof delivery)
        assert.equal((await find(delivery))?.status, 'delivered')
      })

      it('are sent again from the beginning, and listed by pages', async () => {
        const delivery = await outbox({ status: 'failed', nextAt: null, attempts: 12 })
        const again = await store.deliveries.redeliver(delivery.id, 5000, 99_000)
        assert.deepEqual(again, {
          ...delivery,
          status: 'pending',
          nextAt: 5000,
          attempts: 0,
          expiresAt: 99_000,
        })
        assert.equal(await store.deliveries.redeliver('msg_none', 5000, 1), undefined)
        await store.deliveries.finish(again ?? delivery, {
          status: 'failed',
          nextAt: null,
          answer: '410',
          deliveredAt: null,
        })
        const { checkoutId: checkout } = delivery
        const listed = await store.deliveries.list({ checkout, status: 'failed', limit: 1 })
        assert.equal(listed[0]?.answer, '410')
        const cursor = `${delivery.createdAt}.${delivery.id}`
        assert.deepEqual(await store.deliveries.list({ checkout, cursor, limit: 1 }), [])
      })
    })

    it('lists checkouts newest first, by pages', async () => {
      const orderId = `list-${mintCheckoutId()}`
      const sources = ['token', 'catalogue', 'unsigned'] as const
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

    describe('payouts', () => {
      const request = (): string => `P-${process.pid}-${(order += 1)}`

      it('are one for each request id, however many ask at once', async () => {
        const id = request()
        const made = await Promise.all(
          Array.from({ length: 10 }, () => store.payouts.insert(newPayout(id), 0, () => undefined)),
        )
        assert.equal(made.filter(({ isNew }) => isNew).length, 1)
        assert.equal(new Set(made.map(({ payout }) => payout.webhookHash)).size, 1)
      })

      it('see all that were made since, but for those that failed: a cap holds for many at once', async () => {
        const since = NOW + 1_000_000
        const at = { createdAt: since }
        const failed = newPayout(request(), { ...at, status: 'failed' })
        await store.payouts.insert(failed, since, () => undefined)
        const made = await Promise.allSettled(
          Array.from({ length: 12 }, () =>
            store.payouts.insert(newPayout(request(), at), since, (recent) => {
              assert.ok(recent.length < 5, 'too much')
            }),
          ),
        )
        assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 5)
      })

      it('are changed one after the other, and found by what they are told at', async () => {
        const payout = newPayout(request())
        await store.payouts.insert(payout, 0, () => undefined)
        await Promise.all(
          Array.from({ length: 10 }, () =>
            store.payouts.change(payout.requestId, ({ updatedAt }) => ({
              updatedAt: updatedAt + 1,
            })),
          ),
        )
        const found = await store.payouts.findByWebhook(payout.webhookHash)
        assert.deepEqual(found, { ...payout, updatedAt: NOW + 10 })
        assert.equal(await store.payouts.change('nobody', () => assert.fail()), undefined)
      })
    })
  })
}
