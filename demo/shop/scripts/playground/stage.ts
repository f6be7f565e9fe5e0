/**
 * The element in its room: made anew for another order, changed on the spot for another look.
 * @module
 */
import type { CryptoCheckout } from '../../../../widget/index.ts'
import { ATTRIBUTES, PROPERTIES } from './controls.ts'
import { isOtherOrder } from './choice.ts'
import type { Choice } from './choice.ts'

export type CheckoutElement = CryptoCheckout

/** The order on the stage, and what the element was given for it. */
export interface StagedOrder {
  readonly orderId: string
  readonly attribute: 'order-token' | 'checkout' | null
  readonly value: string
}

export interface Stage {
  readonly element: CheckoutElement | null
  readonly order: StagedOrder | null
  /** Shows what was chosen: the same order where that did not change. */
  show(choice: Choice): Promise<void>
  /** Makes a new order, also of the same choice. */
  renew(choice: Choice): Promise<void>
}

export function createStage(place: HTMLElement, proxyUrl: string): Stage {
  let element: CheckoutElement | null = null
  let order: StagedOrder | null = null
  let shown: Choice | null = null
  let turn = 0

  function dress(target: CheckoutElement, { attributes, properties, texts, width }: Choice): void {
    for (const { name } of ATTRIBUTES) {
      const value = attributes[name]
      if (value === undefined) target.removeAttribute(name)
      else if (target.getAttribute(name) !== value) target.setAttribute(name, value)
    }
    for (const { name } of PROPERTIES) target.style.setProperty(name, properties[name] ?? '')
    target.texts = Object.keys(texts).length > 0 ? texts : null
    place.style.setProperty('--width', width ? `${width}px` : '')
  }

  async function renew(choice: Choice): Promise<void> {
    shown = choice
    const own = ++turn
    const made = await placeOrder(choice)
    // Somebody chose something else meanwhile.
    if (own !== turn) return
    order = made
    const fresh = document.createElement('crypto-checkout')
    fresh.setAttribute('proxy', proxyUrl)
    if (made.attribute) fresh.setAttribute(made.attribute, made.value)
    else fresh.setAttribute('order-id', made.orderId)
    dress(fresh, choice)
    element = fresh
    place.replaceChildren(fresh)
  }

  return {
    get element() {
      return element
    },
    get order() {
      return order
    },
    renew,
    async show(choice) {
      const before = shown
      if (!before || isOtherOrder(before, choice)) return renew(choice)
      shown = choice
      if (element) dress(element, choice)
    },
  }
}

/** Throws with the backend's own words. */
async function placeOrder({ source, price, provider, attributes }: Choice): Promise<StagedOrder> {
  if (source === 'product' || source === 'amount') {
    const orderId = attributes['order-id'] || `PG-${crypto.randomUUID().slice(0, 13)}`
    return { orderId, attribute: null, value: '' }
  }
  const answer = await fetch('/playground/api/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source, amount: price, methods: provider ? [provider] : [] }),
  })
  const said = (await answer.json()) as Partial<Record<string, string>>
  if (!answer.ok) throw new Error(said['message'] ?? 'The shop does not answer.')
  const attribute = source === 'token' ? 'order-token' : 'checkout'
  return {
    orderId: said['orderId'] ?? '',
    attribute,
    value: said[attribute === 'checkout' ? 'checkout' : 'orderToken'] ?? '',
  }
}
