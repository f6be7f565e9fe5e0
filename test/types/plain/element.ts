/**
 * What whoever writes TypeScript without a framework may and may not write.
 * @module
 */
import { CryptoCheckout } from 'crypto-checkout'
import type { CheckoutDetail, PaidCheckout } from 'crypto-checkout'
import { createEngine } from 'crypto-checkout/core'
import { tr } from 'crypto-checkout/locales/tr'

const element: CryptoCheckout = document.createElement('crypto-checkout')
element.orderToken = 'eyJ'
element.quantity = 2
element.mode = 'modal'
element.texts = { pay: 'Pay' }
element.texts = tr
// @ts-expect-error -- no such mode
element.mode = 'window'
// @ts-expect-error -- a number
element.quantity = '2'
// @ts-expect-error -- no such text
element.texts = { nothing: 'Pay' }

element.addEventListener('cc-paid', ({ detail }) => {
  const receipt: string | null = detail.receipt
  const about: CheckoutDetail = detail
  // @ts-expect-error -- that is another event's
  void [receipt, about, detail.url]
})
document.body.addEventListener('cc-error', ({ detail }) => detail.code === 'misconfigured')
document.querySelector('crypto-checkout')?.open()

const paid: Promise<PaidCheckout> = element.whenPaid()
const wasStarted: Promise<boolean> = element.start('usdt-tron', {
  fields: { email: 'a@shop.example' },
})
// @ts-expect-error -- the method's name is missing
void element.start()
// @ts-expect-error -- private
void element.flow
void [paid, wasStarted, CryptoCheckout.hasReturned(), createEngine]
