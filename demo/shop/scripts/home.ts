/**
 * The shop's first page: into the cart.
 * @module
 */
import { fill } from '../../../widget/locales/fill.ts'
import { addToCart, showCount } from './lib/cart.ts'
import { byId } from './lib/dom.ts'
import { speech } from './lib/speech.ts'

const SHOWN_MS = 2500

const { t } = speech()
const said = byId('added')
let timer: ReturnType<typeof setTimeout> | undefined

showCount()
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-add]')) {
  button.addEventListener('click', () => {
    addToCart(button.dataset['add'] ?? '')
    said.textContent = fill(t.added, button.dataset['name'] ?? '')
    clearTimeout(timer)
    timer = setTimeout(() => {
      said.textContent = ''
    }, SHOWN_MS)
  })
}
