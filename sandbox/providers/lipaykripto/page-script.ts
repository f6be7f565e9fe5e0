/**
 * The script of LiPayKripto's hosted page, as text: it runs in the shopper's browser.
 *
 * The token is the last part of the page's address; it is all the endpoints need.
 *
 * @module
 */

/** Placed after the common helpers; contains no `</`. */
export const PAGE_SCRIPT = `
const token = location.pathname.split('/').at(-1)
const ENDS = { confirmed: 'Thank you, it is paid', failed: 'The payment failed' }

const render = (payment, hasMoved) => {
  const lira = new Intl.NumberFormat('tr-TR', { style: 'currency', currency: 'TRY' })
  const price = lira.format(payment.tryAmount)
  element('price').textContent = price
  element('reference').textContent = payment.reference
  document.title = price + ' in crypto (sandbox)'
  const { deposit } = payment
  if (deposit) {
    element('coin').textContent = deposit.coin
    element('amount').textContent = deposit.amount + ' ' + deposit.coin
    element('network').textContent = deposit.network
    element('address').textContent = deposit.address
    element('qr').src = payment.qr
  }
  const end = ENDS[payment.status]
  if (end) element('outcome').textContent = end
  show(end ? 'ended' : deposit ? 'transfer' : 'choice', hasMoved)
}

const act = async (path, body, failure) => {
  setBusy(true)
  try {
    const payment = await call('/sandbox/payment/' + path, { token, ...body })
    render(payment, path !== 'open')
    setBusy(false)
    if (path === 'end' && payment.returnPage) {
      say('Sending you back to the shop…')
      location.assign(payment.returnPage)
    } else {
      say('')
    }
  } catch (error) {
    setBusy(false)
    say(failure + ' ' + error.message, true)
  }
}

const open = () => act('open', {}, 'This payment link cannot be used.')

for (const button of document.querySelectorAll('main button')) {
  const { coin, action, go } = button.dataset
  button.addEventListener('click', () => {
    if (go) show(go)
    else if (coin) void act('coin', { coin }, 'The coin was not chosen.')
    else void act('end', { action }, 'That was not sent.')
  })
}
addEventListener('pageshow', (event) => {
  if (event.persisted) void open()
})
void open()
`
