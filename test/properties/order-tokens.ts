/**
 * Order tokens: what comes out is what the merchant signed, or nothing (I12, T1, T2).
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { SignJWT } from 'jose'
import { signOrder } from '../../merchant/sign-order.ts'
import { createOrderTokenVerifier } from '../../proxy/order-token.ts'
import { orderClaimsSchema } from '../../proxy/schemas.ts'
import { slowProperty } from './property.ts'
import type { Property } from './property.ts'
import { NOW } from './records.ts'

const GATE_RUNS = 1000
const SECRET = 'order-secret-0123456789-abcdefghij'
const MAX_LIFETIME = 86_400
const ISSUED = NOW / 1000

const verify = createOrderTokenVerifier({
  secrets: [SECRET],
  maxLifetime: MAX_LIFETIME,
  schema: orderClaimsSchema,
  now: () => NOW,
})

const accepted = (token: string) => verify(token).catch(() => undefined)

/** Two decimals fit a currency of two, none one of none. */
const anyOrder = fc.record(
  {
    orderId: fc.stringMatching(/^[\w.:-]{1,20}$/),
    amount: fc
      .tuple(fc.nat(10 ** 9), fc.nat(99))
      .map(([a, b]) => `${a + 1}.${String(b).padStart(2, '0')}`),
    currency: fc.constantFrom('TRY', 'USD', 'USDT'),
  },
  { noNullPrototype: true },
)

const CLAIMS = {
  orderId: 'A-1',
  amount: '10.00',
  currency: 'TRY',
  aud: 'crypto-checkout',
  iat: ISSUED,
  exp: ISSUED + 600,
}

/** One claim as it should not be; the first of each is right. */
const anyClaims = fc.record({
  orderId: fc.constantFrom<unknown>('A-1', 'A 1', '', 5, '../x', 'a'.repeat(129)),
  amount: fc.constantFrom<unknown>(
    '10.00',
    10,
    '-1',
    '0',
    '1e3',
    '10.001',
    '010',
    '１０',
    'NaN',
    '',
  ),
  currency: fc.constantFrom<unknown>('TRY', 'JPY', 'try', 'XXX1', null),
  aud: fc.constantFrom<unknown>(
    'crypto-checkout',
    ['crypto-checkout'],
    'another',
    ['crypto-checkout', 'b'],
    undefined,
  ),
  iat: fc.constantFrom<unknown>(ISSUED, ISSUED - 90_000, ISSUED + 3600, 'now', undefined),
  exp: fc.constantFrom<unknown>(ISSUED + 600, ISSUED - 31, ISSUED + 90_000, undefined, null),
  more: fc.constantFrom<object>(
    {},
    { price: '1' },
    { methods: 'all' },
    { metadata: { a: 1 } },
    { admin: true },
  ),
  typ: fc.constantFrom('cc-order+jwt', 'JWT', 'cc-receipt+jwt'),
  secret: fc.constantFrom(SECRET, `${SECRET}x`, 'another-secret-0123456789-abcdefgh'),
  alg: fc.constantFrom('HS256', 'HS384', 'HS512'),
})

/** Mostly right: at most three of the ten differ. */
const anySpoilt = fc
  .tuple(anyClaims, fc.array(fc.nat(9), { maxLength: 3 }))
  .map(([claims, which]) => {
    const right = { ...CLAIMS, more: {}, typ: 'cc-order+jwt', secret: SECRET, alg: 'HS256' }
    const names = Object.keys(claims) as (keyof typeof claims)[]
    const spoilt = which.map((index) => names[index] ?? 'orderId')
    const wrong = Object.fromEntries(spoilt.map((name) => [name, claims[name]]))
    return { ...right, ...wrong } as typeof claims
  })

function isRight({
  orderId,
  amount,
  currency,
  aud,
  iat,
  exp,
  more,
  typ,
  secret,
  alg,
}: Record<string, unknown>) {
  const isForUs = aud === 'crypto-checkout' || isDeepStrictEqual(aud, ['crypto-checkout'])
  const isMoney = amount === '10.00' && currency === 'TRY'
  const isTime = iat === ISSUED && exp === ISSUED + 600
  const isSigned = typ === 'cc-order+jwt' && secret === SECRET && alg === 'HS256'
  return (
    orderId === 'A-1' &&
    isMoney &&
    isForUs &&
    isTime &&
    isSigned &&
    Object.keys(more as object).length === 0
  )
}

export const orderTokenProperties: readonly Property[] = [
  slowProperty(
    { rule: 'I12', title: 'an order token says what was signed', gateRuns: GATE_RUNS },
    anyOrder,
    async (order) => {
      const claims = await accepted(await signOrder(order, { secret: SECRET, now: NOW }))
      const { orderId, amount, currency } = claims ?? {}
      return isDeepStrictEqual({ orderId, amount, currency }, order)
    },
  ),
  slowProperty(
    {
      rule: 'T2',
      title: 'with any one character changed it says the same, or nothing',
      gateRuns: GATE_RUNS,
    },
    fc.tuple(anyOrder, fc.nat(10_000), fc.constantFrom('A', 'z', '0', '_', '.', '=', '')),
    async ([order, place, character]) => {
      const token = await signOrder(order, { secret: SECRET, now: NOW })
      const at = place % token.length
      const claims = await accepted(token.slice(0, at) + character + token.slice(at + 1))
      return (
        claims === undefined || (claims.amount === order.amount && claims.orderId === order.orderId)
      )
    },
  ),
  slowProperty(
    {
      rule: 'T1',
      title: 'claims that are not an order, or not for us, are refused',
      gateRuns: GATE_RUNS,
    },
    anySpoilt,
    async (all) => {
      const { more, typ, secret, alg, ...claims } = all
      const token = await new SignJWT({ ...claims, ...more } as never)
        .setProtectedHeader({ alg, typ })
        .sign(
          new TextEncoder().encode(
            secret.padEnd(64, secret === SECRET && alg === 'HS256' ? '' : '_'),
          ),
        )
        .catch(() => '')
      return ((await accepted(token)) !== undefined) === isRight(all)
    },
  ),
]
