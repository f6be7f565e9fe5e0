/**
 * The script of Redoya's hosted page, as text: it runs in the shopper's browser.
 *
 * It reads `#<orderToken>#<identifier>` and hands both to the sandbox's own endpoints
 * (`/sandbox/checkout/open`, `/sandbox/checkout/pay`), then follows the redirect.
 *
 * @module
 */

/** Placed after the common helpers; contains no `</`. */
export const PAGE_SCRIPT = `
const form = element('form')
const left = element('left')
const buttons = [...form.querySelectorAll('button')]

const tokens = () => {
  const [, orderToken = '', identifier = ''] = location.hash.split('#')
  return { orderToken, identifier }
}

const open = async () => {
  form.hidden = true
  left.hidden = true
  element('vendor').textContent = 'Card payment'
  element('price').textContent = '\u00a0'
  say('Opening the payment…')
  try {
    const order = await call('/sandbox/checkout/open', tokens())
    const lira = new Intl.NumberFormat('tr-TR', { style: 'currency', currency: 'TRY' })
    const price = lira.format(order.price)
    element('vendor').textContent = order.vendor
    element('price').textContent = price
    element('due').textContent = price
    element('mode').textContent = order.isInTestMode === 1 ? 'Test' : 'Live (played)'
    element('expiry').textContent =
      order.exp === null ? 'No limit' : new Date(order.exp * 1000).toLocaleString('en-GB')
    document.title = price + ' to ' + order.vendor + ' (sandbox)'
    form.hidden = false
    setBusy(false)
    say('')
  } catch (error) {
    say('This payment link cannot be used. ' + error.message, true)
  }
}

const pay = async (outcome) => {
  setBusy(true)
  say('Sending you back to the shop…')
  try {
    const { redirect } = await call('/sandbox/checkout/pay', { ...tokens(), outcome })
    location.assign(redirect)
  } catch (error) {
    setBusy(false)
    say('The payment was not sent. ' + error.message, true)
  }
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  void pay('success')
})
for (const button of buttons) {
  const { outcome } = button.dataset
  if (button.type === 'button' && outcome) button.addEventListener('click', () => void pay(outcome))
}
element('leave').addEventListener('click', () => {
  form.hidden = true
  left.hidden = false
  element('back').focus()
})
element('back').addEventListener('click', () => {
  left.hidden = true
  form.hidden = false
  element('leave').focus()
})
addEventListener('hashchange', () => void open())
addEventListener('pageshow', (event) => {
  if (event.persisted) void open()
})
void open()
`
