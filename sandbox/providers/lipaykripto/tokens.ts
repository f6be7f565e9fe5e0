/**
 * LiPayKripto's tokens: HS256 JWTs, one hour each, good for one payment ("a new JWT token must be
 * obtained for each new payment request"); and the token in the address of a payment's page.
 *
 * Ours: a token is used up when a payment was made with it, not by a refused request; the page's
 * token never expires, and anyone who has it is the shopper.
 *
 * @module
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { signJwt, verifyJwt } from '../../jwt.ts'

/** "Token validity period (seconds)". */
export const TOKEN_SECONDS = 3600

/** The tokens of one stand-in; its key is made anew at each start. */
export interface Tokens {
  readonly issue: (clientId: string) => string
  /** The id of a living token that was not used up yet. */
  readonly read: (token: string) => string | undefined
  readonly use: (id: string) => void
  readonly issueForPage: (claims: Readonly<Record<string, unknown>>) => string
  /** The `paymentId` in a page's token. */
  readonly readForPage: (token: string) => string | undefined
  readonly reset: () => void
}

export function createTokens(now: () => number): Tokens {
  const key = randomBytes(32).toString('hex')
  const used = new Set<string>()
  const claim = (token: string, use: string, name: string): string | undefined => {
    try {
      const claims = verifyJwt(token, key, now())
      const value = claims['use'] === use ? claims[name] : undefined
      return typeof value === 'string' ? value : undefined
    } catch {
      return undefined
    }
  }

  return {
    issue: (clientId) => {
      const iat = Math.floor(now() / 1000)
      const life = { iat, exp: iat + TOKEN_SECONDS }
      return signJwt({ clientId, use: 'api', jti: randomUUID(), ...life }, key)
    },
    read: (token) => {
      const id = claim(token, 'api', 'jti')
      return id === undefined || used.has(id) ? undefined : id
    },
    use: (id) => void used.add(id),
    issueForPage: (claims) =>
      signJwt({ ...claims, use: 'page', iat: Math.floor(now() / 1000) }, key),
    readForPage: (token) => claim(token, 'page', 'paymentId'),
    reset: () => used.clear(),
  }
}
