/**
 * The script of Lincoln's page, as text: it runs in the shopper's browser.
 *
 * It reads `/{lang}/payment|order/{uid}/{secret}`, asks the sandbox's own endpoints
 * (`/sandbox/order/open`, `/sandbox/order/step`) and goes on asking.
 *
 * @module
 */

/** Placed after the common helpers; contains no `</`. */
export const PAGE_SCRIPT = `
const [, lang, , uid, secret] = location.pathname.split('/')
const POLL_MS = 2000
let shown = ''

const WAITING = {
  inProgress: ['You said that you have paid', 'The exchanger looks for your money. Nothing is certain yet.'],
  inProgressPayout: ['Your money is here', 'The payout is in the queue.'],
  hold: ['The order is on hold', 'Somebody at the exchanger has to look at it.'],
}
const ENDINGS = {
  done: ['Paid out', 'The exchange is done.'],
  errorPayment: ['The payment failed', 'Your money was not accepted.'],
  errorPayout: ['The payout failed', 'Your money is here, and could not be paid out.'],
  returned: ['The money was returned', 'The conditions of the exchange were not met.'],
  deleted: ['The order was canceled', 'Nothing more will happen.'],
}

const put = (id, text) => { element(id).textContent = text }

const partOf = (status) => {
  if (status === 'new') return 'confirm-part'
  if (status === 'waitPayment') return 'pay-part'
  return status in WAITING ? 'wait-part' : 'end-part'
}

const hintOf = (order) => {
  if (order.isOver) return 'The time for this order is over. Do not send anything.'
  if (order.account === '') return 'This order is paid through the cashier of the exchanger, which is not played.'
  return order.qr === null ? 'As described here:' : 'Only ' + order.giveName + ', to this address:'
}

const render = (order, hasMoved) => {
  put('vendor', 'Order ' + order.uid)
  put('give', order.give)
  put('give-name', order.giveName)
  put('get', order.get + ', ' + order.getName)
  put('receiver', order.receiver ?? '')
  element('receiver-row').hidden = order.receiver === null
  put('status', order.status)
  put('expiry', new Date(order.expiresAt).toLocaleString('en-GB'))
  put('due', order.give)
  put('pay-hint', hintOf(order))
  put('account', order.account)
  element('account').hidden = order.isOver || order.account === ''
  element('account').className = order.qr === null ? '' : 'address'
  element('qr').hidden = order.isOver || order.qr === null
  if (order.qr !== null) element('qr').src = order.qr
  const [waitTitle = '', waitText = ''] = WAITING[order.status] ?? []
  put('wait-title', waitTitle)
  put('wait-text', waitText)
  const [endTitle = '', endText = ''] = ENDINGS[order.status] ?? []
  put('end-title', endTitle)
  put('end-text', endText)
  element('back').hidden = order.back === null
  if (order.back !== null) element('back').href = order.back
  for (const button of document.querySelectorAll('[data-step]')) {
    button.hidden = !order.steps.includes(button.dataset.step)
  }
  element('played').hidden = !order.steps.some((step) => ['done', 'fail', 'hold'].includes(step))
  document.title = order.give + ', order ' + order.uid + ' (sandbox)'
  show(partOf(order.status), hasMoved)
  say('')
}

/** The QR code is the same every time, so only what changes is compared. */
const update = (order, hasMoved) => {
  const state = [order.status, order.give, order.isOver].join()
  if (state === shown) return
  render(order, hasMoved && shown !== '')
  shown = state
}

const ask = async (path, body, hasMoved) => {
  const order = await call('/sandbox/order/' + path, { lang, uid, secret, ...body })
  update(order, hasMoved)
  return order
}

const take = async (step) => {
  setBusy(true)
  try {
    await ask('step', { step }, true)
  } catch (error) {
    say('That did not work. ' + error.message, true)
  }
  setBusy(false)
}

const poll = async () => {
  try {
    await ask('open', {}, false)
  } catch (error) {
    if (shown === '') {
      put('vendor', 'Exchange order')
      return say('This order cannot be shown. ' + error.message, true)
    }
  }
  setTimeout(poll, POLL_MS)
}

for (const button of document.querySelectorAll('[data-step]')) {
  button.addEventListener('click', () => void take(button.dataset.step))
}
void poll()
`
