/**
 * Who calls: PayCrypto's `Authorization` and `Access-Passphrase` ("HMAC Authentication").
 *
 *     Authorization: Inst:<apiKey>:<timestamp in ms>:<signature>
 *
 * The document lists the codes but not what leads to which; ours, in this order: no header 112010;
 * not four parts or not `Inst` 112006; an unknown key 112008; an address not allowed 112003; a
 * timestamp that is not 13 digits 112004, more than 5 minutes old 112001, as much ahead 112004; no
 * passphrase 112010, another one 112009; another signature 112007.
 *
 * @module
 */
import { isEqualSecret } from '../../constant-time.ts'
import { PayCryptoError } from './errors.ts'
import { requestSigningString, sign } from './signature.ts'
import type { SignedRequest } from './signature.ts'

/** The account of a merchant at the stand-in. */
export interface PayCryptoCredentials {
  readonly apiKey: string
  readonly apiSecret: string
  /** Empty: none was set when the key was made. */
  readonly passphrase: string
  /** Of the dashboard, for webhooks: not the API's. */
  readonly webhookSecret: string
}

/** A call as it arrived. */
export interface Call {
  readonly authorization: string | undefined
  readonly passphrase: string | undefined
  readonly request: Pick<SignedRequest, 'method' | 'path' | 'query' | 'body'>
}

export interface Rules {
  readonly credentials: PayCryptoCredentials
  readonly nowMs: number
  readonly isIpAllowed: boolean
}

const MAX_SKEW_MS = 300_000

/** Throws a `PayCryptoError`. */
export function authenticate(call: Call, { credentials, nowMs, isIpAllowed }: Rules): void {
  const { authorization, passphrase, request } = call
  if (authorization === undefined) throw new PayCryptoError(112010)
  const parts = /^Inst:([^:]+):([^:]*):([^:]+)$/.exec(authorization)
  const [, apiKey, timestamp, signature] = parts ?? []
  if (apiKey === undefined || timestamp === undefined || signature === undefined) {
    throw new PayCryptoError(112006)
  }
  if (!isEqualSecret(apiKey, credentials.apiKey)) throw new PayCryptoError(112008)
  if (!isIpAllowed) throw new PayCryptoError(112003)
  if (!/^\d{13}$/.test(timestamp)) throw new PayCryptoError(112004)
  const ageMs = nowMs - Number(timestamp)
  if (ageMs > MAX_SKEW_MS) throw new PayCryptoError(112001)
  if (ageMs < -MAX_SKEW_MS) throw new PayCryptoError(112004)
  if (credentials.passphrase !== '') {
    if (passphrase === undefined) throw new PayCryptoError(112010)
    if (!isEqualSecret(passphrase, credentials.passphrase)) throw new PayCryptoError(112009)
  }
  const text = signingString({ ...request, apiKey, timestamp })
  if (!isEqualSecret(signature, sign(text, credentials.apiSecret))) throw new PayCryptoError(112007)
}

function signingString(request: SignedRequest): string {
  try {
    return requestSigningString(request)
  } catch {
    throw new PayCryptoError(111001, 'query')
  }
}
