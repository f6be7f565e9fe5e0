/**
 * Who may use the merchant's routes: whoever has a key, and is no browser, but for the console.
 * @module
 */
import { ProxyError } from './errors.ts'
import type { Guard } from './guard.ts'
import { isSameSecret } from './ids.ts'
import type { Limits } from './limits.ts'

/** Lets through whoever has one of the keys. All others get one answer, whatever they lack. */
export function requireKey(
  keys: readonly string[],
  limits: Pick<Limits, 'byKey' | 'wrongKey'>,
  hasConsole = false,
): Guard {
  return async (c, next) => {
    const [scheme = '', key = '', ...more] = (c.req.header('authorization') ?? '').split(' ')
    // All are compared, so that the time does not tell which one it was.
    const known = keys.map((each) => isSameSecret(each, key)).indexOf(true)
    if (scheme.toLowerCase() !== 'bearer' || known < 0 || more.length > 0) {
      // Only what is wrong is counted: guesses from its address do not keep the merchant out.
      await limits.wrongKey(c)
      throw new ProxyError('unauthorized')
    }
    await limits.byKey(key)
    const origin = c.req.header('origin')
    if (origin !== undefined && !(hasConsole && isOwnPage(origin, c.req.header('host')))) {
      throw new ProxyError('forbidden_origin', 'not for browsers')
    }
    return next()
  }
}

/** A page of the address that was asked; it still needs the key. */
const isOwnPage = (origin: string, host: string | undefined): boolean =>
  URL.canParse(origin) && new URL(origin).host === host
