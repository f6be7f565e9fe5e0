/**
 * A widget and a proxy of different versions: what the one may add, and what the other makes of it
 * (docs/upgrading.md).
 * @module
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkout, payment } from '../../demo/gallery/fixtures.ts'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import {
  catalogueOrderSchema,
  emptyBodySchema,
  sentSchema,
  startPaymentSchema,
  tokenOrderSchema,
  unsignedOrderSchema,
} from '../../proxy/schemas.ts'
import { isCheckout } from '../../widget/core/answer.ts'

/** What a widget sends, and the schema that reads it. */
const SENT = {
  'a signed order': [tokenOrderSchema, { orderToken: 'eyJ' }],
  'a product': [catalogueOrderSchema, { product: 'mug' }],
  'an amount': [unsignedOrderSchema, { amount: '1.00', currency: 'EUR' }],
  'a way to pay': [startPaymentSchema, { methodId: 'cryptom:USDT:TRON' }],
  'that it was sent': [sentSchema, { paid: true }],
  nothing: [emptyBodySchema, {}],
} as const

describe('an older widget with a newer proxy', () => {
  for (const status of PAYMENT_STATUSES) {
    it(`takes ${status}, with fields that it does not know`, () => {
      const newer = {
        ...checkout({ status, payment: payment({ status }) }),
        loyalty: { points: 3 },
      }
      assert.ok(isCheckout({ ...newer, payment: { ...newer.payment, tax: '0.10' } }))
    })
  }

  it('takes a status that it does not know for nothing at all', () => {
    assert.ok(!isCheckout({ ...checkout(), status: 'escrowed' }))
    assert.ok(!isCheckout({ ...checkout(), payment: { ...payment(), status: 'escrowed' } }))
  })
})

describe('a newer widget with an older proxy', () => {
  for (const [name, [schema, body]] of Object.entries(SENT)) {
    it(`sends ${name}: is refused with something new in it, and not half understood`, () => {
      assert.ok(schema.safeParse(body).success)
      const { success, error } = schema.safeParse({ ...body, tip: '1.00' })
      assert.ok(!success)
      assert.match(error.message, /unrecognized_keys[\s\S]*"tip"/)
    })
  }
})
