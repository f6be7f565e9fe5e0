import 'crypto-checkout/define'
import { placeOrder } from './order.ts'
import './style.css'

const cart = document.querySelector<HTMLFormElement>('#cart')!
const payment = document.querySelector<HTMLElement>('#payment')!
const number = payment.querySelector('output')!
const dark = payment.querySelector<HTMLInputElement>('#dark')!
const back = payment.querySelector('button')!
const paid = payment.querySelector('[role=status]')!
const checkout = document.createElement('crypto-checkout')

checkout.addEventListener('cc-paid', ({ detail }) => {
  paid.textContent = `Thank you! ${detail.orderId} is paid.`
})

cart.addEventListener('submit', (event) => {
  event.preventDefault()
  void checkOut()
})

back.addEventListener('click', () => {
  checkout.remove()
  show(false)
})

dark.addEventListener('change', setTheme)
setTheme()

async function checkOut() {
  const order = await placeOrder(Number(new FormData(cart).get('quantity')))
  checkout.proxy = order.proxy
  checkout.orderToken = order.orderToken
  number.textContent = order.orderId
  paid.before(checkout)
  show(true)
}

function setTheme() {
  checkout.theme = dark.checked ? 'dark' : 'light'
}

function show(isPaying: boolean) {
  cart.hidden = isPaying
  payment.hidden = !isPaying
  paid.textContent = ''
}
