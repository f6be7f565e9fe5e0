/**
 * The checkout's page: what the shop does when the widget says that the order is paid. A hint only;
 * what is shipped on is the proxy's word, which the backend asks for.
 * @module
 */
import { emptyCart, showCount } from './lib/cart.ts'
import { byId } from './lib/dom.ts'
import { offerLink } from './lib/pay-link.ts'
import { speech } from './lib/speech.ts'
import { startPanel } from './panel/panel.ts'

const { t } = speech()

showCount()
offerLink(t)
document.addEventListener('cc-paid', () => {
  emptyCart()
  document.title = document.title.replace(t.checkout, t.thankYou)
  byId('title').textContent = t.thankYou
  byId('thanks').hidden = false
  byId('by-link').hidden = true
})
startPanel()
