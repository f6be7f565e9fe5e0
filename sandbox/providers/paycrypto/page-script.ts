/**
 * The script of PayCrypto's hosted page, as text: it runs in the shopper's browser.
 *
 * It reads `?id=` and asks the sandbox's own endpoints. An order that ended leads back to the shop
 * by itself, at once after the shopper's own choice, in three seconds when it is opened again.
 *
 * @module
 */

/** Placed after the common helpers; contains no `</`. */
export const PAGE_SCRIPT = `
const form = element('form')
const id = new URLSearchParams(location.search).get('id')
const ENDS = [
  '', 'Thank you, it is paid', 'Waiting for confirmation', 'Something is not right with the amount',
  'The payment failed', 'The payment was cancelled', 'The order has expired',
  'The refund is under way', 'The payment was refunded', 'The refund failed',
]

const leave = (target, delayMs) => {
  const link = element('return')
  link.href = target
  link.hidden = false
  element('next').textContent = 'You are on your way back to the shop.'
  setTimeout(() => location.assign(target), delayMs)
}

const render = (order, hasMoved) => {
  const price = order.amount + ' ' + order.currency
  element('vendor').textContent = order.company
  element('price').textContent = price
  element('due').textContent = price
  element('order').textContent = order.orderId
  element('expiry').textContent = new Date(order.expire).toLocaleString('en-GB')
  document.title = price + ' to ' + order.company + ' (sandbox)'
  for (const radio of form.elements.coin) {
    radio.disabled = !order.coins.includes(radio.value)
    radio.closest('label').hidden = radio.disabled
  }
  form.elements.coin.value = form.elements.coin.value || order.coins[0]
  if (order.status !== 0) element('outcome').textContent = ENDS[order.status]
  show(order.status === 0 ? 'form' : 'ended', hasMoved)
  if (order.redirect) leave(order.redirect, hasMoved ? 0 : 3000)
}

const act = async (path, body, failure) => {
  setBusy(true)
  try {
    const order = await call('/sandbox/checkout/' + path, { id, ...body })
    setBusy(false)
    render(order, path !== 'open')
    say('')
  } catch (error) {
    setBusy(false)
    say(failure + ' ' + error.message, true)
  }
}

const open = () => act('open', {}, 'This payment link cannot be used.')
const end = (action) =>
  act('end', { action, coin: form.elements.coin.value }, 'The payment was not sent.')

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void end('success')
})
for (const button of form.querySelectorAll('[data-action]')) {
  button.addEventListener('click', () => void end(button.dataset.action))
}
addEventListener('pageshow', (event) => {
  if (event.persisted) void open()
})
void open()
`
