/**
 * Order tokens signed with a private key: its public half is known to everybody, and must not sign anything
 * (SECURITY T2).
 * @module
 */
import assert from 'node:assert/strict'
import type { Change, Family } from '../attack.ts'
import { json } from '../change.ts'
import { jwt, readJwt, rejoin } from '../knowledge.ts'
import type { KeySet } from '../key-set.ts'
import type { Mark, Stage } from '../stage.ts'

type Json = Record<string, unknown>

const keys = ({ keySet }: Stage): KeySet => keySet ?? assert.fail('no key set')

async function arrange(stage: Stage): Promise<Mark> {
  const iat = Math.floor(stage.shop.clock.now() / 1000)
  const life = { iat, exp: iat + 3600, aud: 'crypto-checkout' }
  const order = { orderId: 'key-set-1', amount: '300.00', currency: 'TRY' }
  const orderToken = await keys(stage).sign({ ...order, ...life })
  return {
    request: {
      method: 'POST',
      path: '/v1/checkouts',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ orderToken }),
    },
    checkoutId: null,
    more: { orderToken },
  }
}

/** Another token in its place, of what everybody knows. */
const token = (make: (token: string, keySet: KeySet) => string | Promise<string>): Change =>
  json(async ({ more }, stage) => ({
    orderToken: await make(more['orderToken'] ?? '', keys(stage)),
  }))

/** The public key, used as a secret. */
const confused = (secret: (keySet: KeySet) => string | Buffer, header: Json = {}): Change =>
  token((text, keySet) => {
    const { header: known, claims } = readJwt(text)
    return jwt({ ...known, alg: 'HS256', ...header }, { ...claims, amount: '3.00' }, secret(keySet))
  })

/** Signed with an attacker's key. */
const forged = (header: (keySet: KeySet) => Json | Promise<Json> = () => ({})): Change =>
  token(async (text, keySet) => keySet.forge(readJwt(text).claims, await header(keySet)))

/** Another signature under the genuine parts. */
const signature = (bytes: (known: Buffer) => Buffer): Change =>
  token((text) => {
    const { header, claims, signature: known } = readJwt(text)
    return rejoin(header, claims, bytes(Buffer.from(known, 'base64url')).toString('base64url'))
  })

const x = ({ publicKey }: KeySet): Buffer => Buffer.from(publicKey.jwk.x ?? '', 'base64url')
const y = ({ publicKey }: KeySet): Buffer => Buffer.from(publicKey.jwk.y ?? '', 'base64url')

export const KEY_SET: Family = {
  name: 'an order token signed with a private key',
  target: 'proxy',
  variant: 'keyset',
  arrange,
  works: { status: 201, shows: ({ text }) => text.includes('"amount":"300.00"') },
  groups: [
    {
      threat: 'T2',
      rule: 'a public key signs nothing',
      answer: 'no order token',
      tries: [
        ['its PEM as a secret', confused(({ publicKey }) => publicKey.pem)],
        ['its PEM without the last line break', confused(({ publicKey }) => publicKey.pem.trim())],
        ['its JWK as a secret', confused(({ publicKey }) => JSON.stringify(publicKey.jwk))],
        ['its x', confused(x)],
        ['its x and y', confused((keySet) => Buffer.concat([x(keySet), y(keySet)]))],
        ['its point', confused((keySet) => Buffer.concat([Buffer.of(4), x(keySet), y(keySet)]))],
        ['its x as text', confused(({ publicKey }) => publicKey.jwk.x ?? '')],
        ['its kid', confused(() => 'orders-1')],
        ['nothing', confused(() => Buffer.alloc(0))],
        ['HS384', confused(({ publicKey }) => publicKey.pem, { alg: 'HS384' })],
        ['HS512', confused(({ publicKey }) => publicKey.pem, { alg: 'HS512' })],
        ['its PEM, and no kid', confused(({ publicKey }) => publicKey.pem, { kid: undefined })],
        ['the secret of the other way', confused(() => 'test-order-secret-0123456789-abcdef')],
      ],
    },
    {
      threat: 'T2',
      rule: 'keys come from the configured set alone',
      answer: 'no order token',
      tries: [
        ['a key of his own', forged()],
        ['a key of his own, in the token', forged(({ publicKey }) => ({ jwk: publicKey.jwk }))],
        ['another kid', forged(() => ({ kid: 'orders-2' }))],
        ['a kid that is an address', forged(() => ({ kid: 'https://evil.example/key' }))],
        ['a jku', forged(() => ({ jku: 'https://evil.example/keys' }))],
        ['an x5u', forged(() => ({ x5u: 'https://evil.example/cert' }))],
        ['no kid', forged(() => ({ kid: undefined }))],
      ],
    },
    {
      threat: 'T2',
      rule: 'three parts, none of them empty',
      answer: 'not a token',
      tries: [
        [
          'alg none',
          token((text) =>
            rejoin({ ...readJwt(text).header, alg: 'none' }, readJwt(text).claims, ''),
          ),
        ],
        ['no signature', signature(() => Buffer.alloc(0))],
      ],
    },
    {
      threat: 'T2',
      rule: 'signed, and over what it says',
      answer: 'no order token',
      tries: [
        ['zeros (CVE-2022-21449)', signature(() => Buffer.alloc(64))],
        ['ones', signature(() => Buffer.alloc(64, 1))],
        ['r alone', signature((known) => known.subarray(0, 32))],
        [
          's alone, r zero',
          signature((known) => Buffer.concat([Buffer.alloc(32), known.subarray(32)])),
        ],
        [
          'r and s swapped',
          signature((known) => Buffer.concat([known.subarray(32), known.subarray(0, 32)])),
        ],
        ['a byte more', signature((known) => Buffer.concat([known, Buffer.of(0)]))],
        ['a byte less', signature((known) => known.subarray(1))],
        [
          'a bit changed',
          signature((known) => Buffer.concat([Buffer.of((known[0] ?? 0) ^ 1), known.subarray(1)])),
        ],
        [
          'another amount',
          token((text) =>
            rejoin(
              readJwt(text).header,
              { ...readJwt(text).claims, amount: '3.00' },
              readJwt(text).signature,
            ),
          ),
        ],
        [
          'another order',
          token((text) =>
            rejoin(
              readJwt(text).header,
              { ...readJwt(text).claims, orderId: 'B-1' },
              readJwt(text).signature,
            ),
          ),
        ],
        [
          'ES384 said',
          token((text) =>
            rejoin(
              { ...readJwt(text).header, alg: 'ES384' },
              readJwt(text).claims,
              readJwt(text).signature,
            ),
          ),
        ],
        [
          'EdDSA said',
          token((text) =>
            rejoin(
              { ...readJwt(text).header, alg: 'EdDSA' },
              readJwt(text).claims,
              readJwt(text).signature,
            ),
          ),
        ],
        [
          'RS256 said',
          token((text) =>
            rejoin(
              { ...readJwt(text).header, alg: 'RS256' },
              readJwt(text).claims,
              readJwt(text).signature,
            ),
          ),
        ],
      ],
    },
  ],
}
