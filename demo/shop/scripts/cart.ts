/**
 * The cart's page: how many of each, and on to the checkout.
 * @module
 */
import { fill } from '../../../widget/locales/fill.ts'
import { toKurus } from '../../kurus.ts'
import type { Product } from '../../products.ts'
import { readCart, setQuantity, showCount } from './lib/cart.ts'
import { button, byId, el } from './lib/dom.ts'
import { speech } from './lib/speech.ts'

const { t, lira } = speech()
const liraOf = (kurus: number): string => lira(kurus / 100)
const place = byId('cart')
const products = (await fetch('/api/products').then((answer) => answer.json())) as Product[]

showCount()
show()

function show(): void {
  const cart = readCart()
  const lines = products.filter(({ id }) => (cart[id] ?? 0) > 0)
  if (lines.length === 0) {
    place.replaceChildren(
      el('p', { class: 'lead' }, t.empty),
      el('p', {}, el('a', { class: 'button', href: '/' }, t.seeFresh)),
    )
    return
  }
  const total = lines.reduce((sum, { id, price }) => sum + toKurus(price) * (cart[id] ?? 0), 0)
  const said = el('p', { class: 'error', role: 'alert' })
  const go = button(t.goToCheckout, { class: 'button primary' }, () => checkOut(go, said))
  place.replaceChildren(
    el(
      'div',
      { class: 'cart' },
      el('ul', { class: 'lines', role: 'list' }, ...lines.map((each) => line(each, cart[each.id]))),
      el(
        'div',
        { class: 'cart-foot' },
        el('p', { class: 'price' }, `${t.total} `, el('strong', {}, liraOf(total))),
        go,
      ),
      said,
    ),
  )
}

function line({ id, name, price }: Product, quantity = 0): HTMLElement {
  const change = (by: number, text: string, label: string): HTMLElement =>
    button(text, { 'aria-label': fill(label, name), 'data-key': `${id}${by}` }, () => {
      setQuantity(id, quantity + by)
      show()
      place.querySelector<HTMLElement>(`[data-key="${id}${by}"]`)?.focus()
    })
  return el(
    'li',
    {},
    el('img', { src: `/art/${id}.svg`, alt: '', width: '72', height: '72' }),
    el('span', {}, name, el('small', {}, t.products[id].kind)),
    el('span', { class: 'sum' }, liraOf(toKurus(price) * quantity)),
    el(
      'span',
      { class: 'amount', role: 'group', 'aria-label': fill(t.howMany, name) },
      change(-1, '−', t.oneLess),
      el('output', {}, String(quantity)),
      change(1, '+', t.oneMore),
    ),
  )
}

/** The backend prices it, signs it, and says where to pay. */
async function checkOut(go: HTMLButtonElement, said: HTMLElement): Promise<void> {
  if (go.ariaDisabled === 'true') return
  go.ariaDisabled = 'true'
  said.textContent = ''
  const cart = Object.entries(readCart()).map(([product, quantity]) => ({ product, quantity }))
  try {
    const answer = await fetch('/api/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ cart }),
    })
    const { checkoutUrl, message } = (await answer.json()) as Record<string, string | undefined>
    if (checkoutUrl) return location.assign(checkoutUrl)
    said.textContent = message ?? t.failed
  } catch {
    said.textContent = t.noAnswer
  }
  go.ariaDisabled = null
}
