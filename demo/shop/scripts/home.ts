/**
 * The shop's first page: into the cart.
 * @module
 */
import { addToCart, showCount } from './lib/cart.ts'
import { byId } from './lib/dom.ts'

const SHOWN_MS = 2500

const said = byId('added')
let timer: ReturnType<typeof setTimeout> | undefined

showCount()
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-add]')) {
  button.addEventListener('click', () => {
    addToCart(button.dataset['add'] ?? '')
    said.textContent = `${button.dataset['name']} is in your cart.`
    clearTimeout(timer)
    timer = setTimeout(() => {
      said.textContent = ''
    }, SHOWN_MS)
  })
}
