/**
 * The cart: what, and how many, in this browser. What it costs, the shop's backend says.
 * @module
 */
const KEY = 'lantern-cart'
const MOST = 20

/** How many of each product. */
export type Cart = Readonly<Record<string, number>>

export function readCart(): Cart {
  try {
    const read = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, unknown>
    const whole = Object.entries(read).filter(([, count]) => Number.isInteger(count))
    return Object.fromEntries(whole as [string, number][])
  } catch {
    return {}
  }
}

export function setQuantity(product: string, quantity: number): void {
  const { [product]: _before, ...others } = readCart()
  const count = Math.min(MOST, quantity)
  write(count > 0 ? { ...others, [product]: count } : others)
}

export function addToCart(product: string): void {
  const cart = readCart()
  write({ ...cart, [product]: Math.min(MOST, (cart[product] ?? 0) + 1) })
}

export function emptyCart(): void {
  write({})
}

/** The number beside the word "Cart". */
export function showCount(): void {
  const count = Object.values(readCart()).reduce((sum, each) => sum + each, 0)
  const badge = document.querySelector<HTMLElement>('[data-cart-count]')
  if (!badge) return
  badge.textContent = String(count)
  badge.hidden = count === 0
}

function write(cart: Cart): void {
  localStorage.setItem(KEY, JSON.stringify(cart))
  showCount()
}
