/**
 * The checkout's page: what the shop does when the widget says that the order is paid. A hint only;
 * what is shipped on is the proxy's word, which the backend asks for.
 * @module
 */
import { emptyCart, showCount } from './lib/cart.ts'
import { byId } from './lib/dom.ts'
import { startPanel } from './panel/panel.ts'

showCount()
document.addEventListener('cc-paid', () => {
  emptyCart()
  document.title = document.title.replace('Checkout', 'Thank you')
  byId('title').textContent = 'Thank you'
  byId('thanks').hidden = false
})
startPanel()
