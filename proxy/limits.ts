/**
 * How often somebody may ask: per address, per checkout, per address of a callback. Counted in this
 * process and forgotten with it; what must hold for good, such as the attempts of a checkout, is counted
 * in the store.
 * @module
 */
import RateLimiterMemory from 'rate-limiter-flexible/lib/RateLimiterMemory.js'
import type { RateLimiterRes } from 'rate-limiter-flexible'
import { createAddressReader } from './client-address.ts'
import { ProxyError } from './errors.ts'
import type { Guard, ProxyContext } from './guard.ts'
import { isCheckoutId, isToken } from './ids.ts'
import type { Log } from './log.ts'

export interface LimitOptions {
  /** Requests a second that an address may make; 0 turns every limit off. */
  readonly rateLimit: number
  /** Whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: readonly string[]
  readonly log: Log
}

/** Each throws `rate_limited` with the time to wait. Where an address is not known, it is not counted. */
export interface Limits {
  /** What makes or changes something. */
  readonly byAddress: Guard
  /** What is cheap and asked for often: a thousand widgets behind one address poll 400 times a second. */
  manyReaders(c: ProxyContext): Promise<void>
  /** What shoppers do to the checkout in the path. */
  readonly byCheckout: Guard
  /** A browser that comes back, by its token: each visit asks a provider. */
  readonly byReturn: Guard
  /** A notification; `token` is that of a payment's own address. */
  notification(c: ProxyContext, token: string | undefined): Promise<void>
  /** A request with a key that is known. */
  byKey(key: string): Promise<void>
  /** A request with a wrong one, or none. */
  wrongKey(c: ProxyContext): Promise<void>
}

const NOTHING = Promise.resolve()

type Take = (key: string) => Promise<void>

/** Long enough that a page with several widgets, or an office behind one address, may begin at once. */
const WINDOW_S = 10
const READERS = 50
const MERCHANT = 10
const CHECKOUT_WRITES = 30
const PER_MINUTE = 10
/** What a limit remembers at most; then the oldest half is forgotten. */
const MAX_KEYS = 10_000

export function createLimits(options: LimitOptions): Limits {
  const { rateLimit, trustedProxies, log } = options
  const readAddress = createAddressReader(trustedProxies)
  const limit = (name: string, points: number, seconds: number): Take =>
    rateLimit > 0 ? createLimit({ name, points, seconds, log }) : () => NOTHING

  const address = limit('address', rateLimit * WINDOW_S, WINDOW_S)
  const readers = limit('readers', rateLimit * WINDOW_S * READERS, WINDOW_S)
  const senders = limit('senders', rateLimit * WINDOW_S * READERS, WINDOW_S)
  const checkout = limit('checkout', CHECKOUT_WRITES, WINDOW_S)
  const capability = limit('capability', PER_MINUTE, 60)
  const returns = limit('return', PER_MINUTE, 60)
  const merchants = limit('merchant', rateLimit * WINDOW_S * MERCHANT, WINDOW_S)
  const wrongKeys = limit('wrong_key', PER_MINUTE, 60)

  const addressOf = (c: ProxyContext): string | undefined =>
    readAddress(c.env, () => c.req.header('x-forwarded-for'))
  const takeIfKnown = (take: Take, key: string | undefined): Promise<void> =>
    key === undefined ? NOTHING : take(key)
  const guard =
    (take: Take, keyOf: (c: ProxyContext) => string | undefined): Guard =>
    async (c, next) => {
      await takeIfKnown(take, keyOf(c))
      return next()
    }

  return {
    byAddress: guard(address, addressOf),
    manyReaders: (c) => takeIfKnown(readers, addressOf(c)),
    byCheckout: guard(checkout, (c) => ifIt(isCheckoutId, c.req.param('id'))),
    byReturn: guard(returns, (c) => ifIt(isToken, c.req.param('token'))),
    async notification(c, token) {
      await takeIfKnown(senders, addressOf(c))
      await takeIfKnown(capability, ifIt(isToken, token))
    },
    byKey: merchants,
    wrongKey: (c) => takeIfKnown(wrongKeys, addressOf(c)),
  }
}

/** What could not be an id is answered without being counted, so that keys stay short. */
const ifIt = (isSo: (text: string) => boolean, text = ''): string | undefined =>
  isSo(text) ? text : undefined

interface LimitRule {
  readonly name: string
  readonly points: number
  readonly seconds: number
  readonly log: Log
}

function createLimit({ name, points, seconds, log }: LimitRule): Take {
  const limiter = new RateLimiterMemory({ points, duration: seconds, keyPrefix: '' })
  let recent = new Set<string>()
  let older = new Set<string>()
  let saidAt = -Infinity

  /** Where the limiter would grow without end, the keys whose time began first are forgotten. */
  function remember(key: string): void {
    older.delete(key)
    recent.add(key)
    if (recent.size < MAX_KEYS / 2) return
    for (const forgotten of older) void limiter.delete(forgotten)
    older = recent
    recent = new Set()
  }

  /** Once a window: what floods us must not flood the log. */
  function say(): void {
    const now = performance.now()
    if (now - saidAt < seconds * 1000) return
    saidAt = now
    log('warn', 'limit.reached', { limit: name })
  }

  return async (key) => {
    try {
      const { isFirstInDuration } = await limiter.consume(key)
      if (isFirstInDuration) remember(key)
    } catch (refusal) {
      say()
      const { msBeforeNext } = refusal as RateLimiterRes
      throw new ProxyError('rate_limited', 'too many requests', { retryAfterMs: msBeforeNext })
    }
  }
}
