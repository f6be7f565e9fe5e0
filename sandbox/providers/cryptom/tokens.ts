/**
 * Cryptom's access and refresh tokens ("POST /auth"): HS256 JWTs that live as `expiresIn` says.
 *
 * As in the document's sample, the token's own `exp` is `iat` plus the *milliseconds* of its life,
 * so it promises far too much; a caller has to go by `expiresIn`. No route takes a refresh token.
 *
 * @module
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { signJwt, verifyJwt } from '../../jwt.ts'

const ACCESS_MS = 3_600_000
const REFRESH_MS = 86_400_000

/** The answer of a login without its envelope. */
export interface IssuedTokens {
  readonly accessToken: string
  readonly refreshToken: string
  /** Durations, in ms. */
  readonly expires: { readonly accessToken: number; readonly refreshToken: number }
  /** Moments, in epoch ms. */
  readonly expiresIn: { readonly accessToken: number; readonly refreshToken: number }
}

/** The tokens of one stand-in; its key is made anew at each start. */
export interface Tokens {
  issue(): IssuedTokens
  /** Whether this is an access token of ours that still lives. */
  accepts(token: string): boolean
  expireAll(): void
}

export function createTokens(now: () => number): Tokens {
  const key = randomBytes(32).toString('hex')
  let generation = 0

  const mint = (use: string, lifeMs: number): string => {
    const iat = Math.floor(now() / 1000)
    const claims = { sub: '5a4db0c00000000000000002', role: 'user', use, generation }
    const expiresAt = now() + lifeMs
    return signJwt({ ...claims, jti: randomUUID(), expiresAt, iat, exp: iat + lifeMs }, key)
  }

  return {
    issue: () => ({
      accessToken: mint('access', ACCESS_MS),
      refreshToken: mint('refresh', REFRESH_MS),
      expires: { accessToken: ACCESS_MS, refreshToken: REFRESH_MS },
      expiresIn: { accessToken: now() + ACCESS_MS, refreshToken: now() + REFRESH_MS },
    }),
    accepts: (token) => {
      try {
        const claims = verifyJwt(token, key, now())
        const isAlive = now() < Number(claims['expiresAt'])
        return claims['use'] === 'access' && claims['generation'] === generation && isAlive
      } catch {
        return false
      }
    },
    expireAll: () => {
      generation += 1
    },
  }
}
