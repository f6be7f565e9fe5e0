/**
 * Order tokens as attackers make them: changed, signed anew, or said by the merchant himself.
 * @module
 */
import type { Change, Try } from '../attack.ts'
import { each, json } from '../change.ts'
import { jwt, readJwt, rejoin } from '../knowledge.ts'
import { ORDER_SECRET } from '../../proxy/support.ts'
import { JSON_TYPE } from '../send.ts'
import type { Mark, Stage } from '../stage.ts'

type Json = Record<string, unknown>

/** An order that nobody has opened yet. */
export async function arrange({ shop }: Stage): Promise<Mark> {
  const orderToken = await shop.token({ orderId: `token-${(orders += 1)}`, amount: '300.00' })
  const request = {
    method: 'POST',
    path: '/v1/checkouts',
    headers: JSON_TYPE,
    body: JSON.stringify({ orderToken }),
  }
  return { request, checkoutId: null, more: { orderToken } }
}

let orders = 0

/** Another token in its place. */
export const token = (make: (token: string, stage: Stage) => unknown): Change =>
  json(({ more }, stage) => ({ orderToken: make(more['orderToken'] ?? '', stage) }))

/** Claims changed, the signature left. */
export const claims = (change: Json): Change =>
  token((text) => {
    const { header, claims: known, signature } = readJwt(text)
    return rejoin(header, { ...known, ...change }, signature)
  })

/** Signed anew by a key of the attacker's. */
export const signedWith = (key: string | Buffer, header: Json = {}): Change =>
  token((text) => {
    const known = readJwt(text)
    return jwt({ ...known.header, ...header }, known.claims, key)
  })

/** Signed by the merchant himself, who then said something that he must not. */
export const said = (change: Json, header: Json = {}): Change =>
  token((text) => {
    const known = readJwt(text)
    return jwt({ ...known.header, ...header }, { ...known.claims, ...change }, ORDER_SECRET)
  })

export const saidEach = (name: string, values: Readonly<Record<string, unknown>>): readonly Try[] =>
  each(values, (value) => said({ [name]: value })).map(([what, change]) => [
    `${name}: ${what}`,
    change,
  ])

export const NOW_S = Math.floor(Date.now() / 1000)

export const FORGED_AMOUNTS = {
  'a digit less': '30.00',
  nothing: '0',
  'less than nothing': '-300.00',
  'an exponent': '3e2',
  'a number': 300,
  'full-width digits': '３００.００',
  'Arabic digits': '٣٠٠',
  'a comma': '300,00',
  'a leading zero': '0300.00',
  'a plus': '+300.00',
  'a blank': ' 300.00',
  'a line break': '300.00\n',
  'a point alone': '300.',
  'no digit before': '.50',
  'more digits than lira have': '300.001',
  'an endless one': 'Infinity',
  'no number': 'NaN',
  hexadecimal: '0x12c',
  'too many digits': '9'.repeat(14),
  'digits grouped': '300_000',
  'half a character': '\uD800',
  'a list': ['300.00'],
  null: null,
}
