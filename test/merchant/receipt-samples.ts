/**
 * Receipts of any shape, as the proxy or an attacker would make them. Signed with `node:crypto`, not
 * with the library that verifies them.
 * @module
 */
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import type { JSONWebKeySet, JWK } from 'jose'
import type { Receipt } from '../../merchant/index.ts'

export const ISSUER = 'https://pay.shop.example'

export const CLAIMS: Receipt = {
  iss: ISSUER,
  iat: 1_777_636_800,
  checkoutId: 'Zb3kTq0h1nX9c2v4m6p8sA',
  orderId: 'A-1001',
  amount: '620.00',
  currency: 'TRY',
  charged: { amount: '15.10', currency: 'USDT' },
  provider: 'cryptom',
  methodId: 'cryptom:USDT:TRON',
  paymentId: 'pay_1',
  ref: '9001',
  paidAt: '2026-05-01T11:59:58.000Z',
  assurance: 'provider-api',
  priceSource: 'token',
  testMode: false,
}

export interface Key {
  readonly alg: 'ES256' | 'EdDSA'
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export function createKey(kid: string, alg: Key['alg'] = 'ES256'): Key {
  const pair =
    alg === 'ES256'
      ? generateKeyPairSync('ec', { namedCurve: 'P-256' })
      : generateKeyPairSync('ed25519')
  return { alg, kid, ...pair }
}

/** What the proxy publishes. */
export function keySet(...keys: readonly Key[]): JSONWebKeySet {
  return { keys: keys.map(publicJwk) }
}

export const publicJwk = ({ alg, kid, publicKey }: Key): JWK => ({
  ...(publicKey.export({ format: 'jwk' }) as JWK),
  alg,
  kid,
  use: 'sig',
})

/** A claim or header that is `undefined` is left out. */
export function mint(key: Key, claims: object = {}, header: object = {}): string {
  const { alg, kid } = key
  const text = signingInput({ alg, kid, typ: 'cc-receipt+jwt', ...header }, claims)
  const signature =
    alg === 'ES256'
      ? sign('sha256', Buffer.from(text), { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
      : sign(null, Buffer.from(text), key.privateKey)
  return `${text}.${signature.toString('base64url')}`
}

/** HS256, with anything for the secret. */
export function mintWithSecret(secret: string | Buffer, header: object): string {
  const text = signingInput({ alg: 'HS256', typ: 'cc-receipt+jwt', ...header }, {})
  return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`
}

export const signingInput = (header: object, claims: object): string =>
  [header, { ...CLAIMS, ...claims }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.')
