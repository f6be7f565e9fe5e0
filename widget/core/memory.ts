/**
 * Remembers the open order of a page, so that a reload, another tab or a return from a payment page
 * finds the same checkout instead of making a second one.
 * @module
 */
import type { Environment } from './environment.ts'

/** What is kept of an order. Nothing about the shopper. */
export interface Remembered {
  readonly orderId: string
  readonly checkoutId: string | null
  /** The shopper was sent to a payment page and has not come back. */
  readonly isAway: boolean
  /** When to forget, by the shopper's clock. */
  readonly until: number
}

/** One order's memory. Without storage it lasts as long as the page. */
export interface Memory {
  /** What is known, with a new random order id where nothing is. */
  read(): Remembered
  write(change: Partial<Remembered>, isSettled?: boolean): void
  forget(): void
}

const DAY_MS = 86_400_000
/** A reload of a paid page still shows that it was paid; a later visit begins a new order. */
const SETTLED_MS = 900_000

/** The memory of the order `name`, by proxy. */
export function createMemory(environment: Environment, proxy: string, name: string): Memory {
  const storage = environment.storage()
  const key = `cc:${proxy}:${name}`
  let value: Remembered | null = null

  const attempt = <T>(use: () => T): T | undefined => {
    try {
      return use()
    } catch {
      // full, forbidden since, or nothing of ours: the page still remembers
      return undefined
    }
  }
  const load = (): Remembered => {
    const stored = attempt(() => JSON.parse(storage?.getItem(key) ?? '') as Remembered)
    return stored?.orderId && stored.until > environment.wallNow()
      ? stored
      : { orderId: randomId(), checkoutId: null, isAway: false, until: 0 }
  }
  const read = () => (value ??= load())
  return {
    read,
    write(change, isSettled = false) {
      const until = environment.wallNow() + (isSettled ? SETTLED_MS : DAY_MS)
      value = { ...read(), until, ...change }
      attempt(() => storage?.setItem(key, JSON.stringify(value)))
    },
    forget() {
      value = null
      attempt(() => storage?.removeItem(key))
    },
  }
}

/** 128 random bits: an order's number is what finds its checkout, so nobody may guess it. */
function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
