/**
 * A page that imports nothing else has the types of the tag and of its events.
 * @module
 */
// oxlint-disable-next-line import/no-unassigned-import -- for its effect
import 'crypto-checkout/define'

document.querySelector('crypto-checkout')?.addEventListener('cc-paid', ({ detail }) => {
  const orderId: string = detail.orderId
  // @ts-expect-error -- that is another event's
  void [orderId, detail.url]
})
