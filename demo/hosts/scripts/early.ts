/**
 * Sets properties while the element is unknown, and calls its methods once it is known.
 * @module
 */
import type { CryptoCheckout } from '../../../widget/index.ts'

const element = document.querySelector('crypto-checkout') as CryptoCheckout
const early = {
  proxy: element.dataset['proxy'] ?? '',
  amount: '45.00',
  currency: 'TRY',
  mode: 'modal',
  open: true,
  theme: 'dark',
} as const
Object.assign(element, early)

void (async () => {
  await customElements.whenDefined('crypto-checkout')
  const { orderId, receipt } = await element.whenPaid()
  element.dataset['paid'] = `${orderId} ${receipt ? 'with a receipt' : 'without'}`
})()
