/**
 * The keys of receipts. `RECEIPT_KEY` names them; without it one is made once, and kept in the store,
 * sealed. The first signs; all are published, so that a receipt can be verified after its key was
 * replaced.
 * @module
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { SignJWT, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose'
import type { CryptoKey, JWK, JWTPayload } from 'jose'
import type { Services } from './services.ts'
import type { SigningKeyRecord } from './records.ts'
import type { PrivateData, Vault } from './vault.ts'

export interface Signer {
  /** A compact JWS over `claims`, with this `typ`. */
  sign(claims: JWTPayload, typ: string): Promise<string>
  /** What verifies it: a JSON Web Key Set. */
  readonly jwks: { readonly keys: readonly JWK[] }
}

export interface SigningOptions extends Pick<Services, 'store' | 'vault' | 'now' | 'log'> {
  /** Private JWKs (P-256 or Ed25519), the one to sign with first; none: ours is made. */
  readonly configured: readonly JWK[]
}

const PUBLIC_FIELDS = ['kty', 'crv', 'x', 'y'] as const

export async function loadSigner(options: SigningOptions): Promise<Signer> {
  const stored = await options.store.signingKeys.list()
  const published = stored.map(({ publicKey }) => JSON.parse(publicKey) as JWK)
  const own = await Promise.all(options.configured.map(toPublic))
  const key = options.configured[0] ?? (await ourKey(options, stored))
  const jwk = await toPublic(key)
  const alg = algorithmOf(key)
  const imported = (await importJWK(key, alg)) as CryptoKey
  const byId = new Map([jwk, ...own, ...published].map((each) => [each.kid, each]))
  return {
    sign: (claims, typ) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg, typ, ...(jwk.kid !== undefined && { kid: jwk.kid }) })
        .sign(imported),
    jwks: { keys: [...byId.values()] },
  }
}

const LEASE = 'receipt_key'
const LEASE_MS = 10_000
const STEP_MS = 25

/** The oldest that our vault opens; else a new one, which proxies that start together make once. */
async function ourKey(options: SigningOptions, stored: readonly SigningKeyRecord[]): Promise<JWK> {
  const { store, vault, now } = options
  const known = await firstThatOpens(stored, vault)
  if (known) return known
  const holder = randomUUID()
  while ((await store.takeLease(LEASE, holder, now(), LEASE_MS)) === undefined) await sleep(STEP_MS)
  try {
    return (await firstThatOpens(await store.signingKeys.list(), vault)) ?? (await makeKey(options))
  } finally {
    await store.releaseLease(LEASE, holder)
  }
}

async function makeKey({ store, vault, now, log }: SigningOptions): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const jwk = await exportJWK(privateKey)
  const publicKey = await toPublic(jwk)
  await store.signingKeys.insert({
    kid: publicKey.kid ?? '',
    publicKey: JSON.stringify(publicKey),
    sealed: await vault.seal({ jwk: JSON.stringify(jwk) }),
    createdAt: now(),
  })
  log('info', 'receipt_key.made', { kid: publicKey.kid })
  return jwk
}

async function firstThatOpens(
  keys: readonly SigningKeyRecord[],
  vault: Vault,
): Promise<JWK | undefined> {
  for (const { sealed } of keys) {
    const { jwk } = await vault.open(sealed).catch((): PrivateData => ({}))
    if (jwk !== undefined) return JSON.parse(jwk) as JWK
  }
  return undefined
}

async function toPublic(jwk: JWK): Promise<JWK> {
  const open = Object.fromEntries(
    PUBLIC_FIELDS.flatMap((field) => (jwk[field] === undefined ? [] : [[field, jwk[field]]])),
  ) as JWK
  const kid = jwk.kid ?? (await calculateJwkThumbprint(open))
  return { ...open, kid, alg: algorithmOf(jwk), use: 'sig' }
}

const algorithmOf = ({ kty }: JWK): 'ES256' | 'EdDSA' => (kty === 'OKP' ? 'EdDSA' : 'ES256')
