/**
 * Addresses and payment links: one wrong character is found, and a link says the exact amount (T17).
 * @module
 */
import { createHash } from 'node:crypto'
import { keccak_256 } from '@noble/hashes/sha3.js'
import fc from 'fast-check'
import { isAddress } from '../../protocol/address.ts'
import type { Hashes } from '../../protocol/address.ts'
import { ASSETS } from '../../protocol/assets.ts'
import { fromMinor, toMinor } from '../../protocol/money.ts'
import { canExpress, paymentUri } from '../../protocol/payment-uri.ts'
import { anyAmount } from './money.ts'
import { property } from './property.ts'
import type { Property } from './property.ts'

const sha256 = (data: Uint8Array): Uint8Array => createHash('sha256').update(data).digest()
const HASHES: Hashes = { sha256, keccak256: keccak_256 }

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length })

function encodeBase58(data: Uint8Array): string {
  let number = BigInt(`0x${Buffer.from(data).toString('hex') || '0'}`)
  let text = ''
  for (; number > 0n; number /= 58n) text = BASE58[Number(number % 58n)] + text
  const zeros = data.findIndex((byte) => byte !== 0)
  return '1'.repeat(zeros < 0 ? data.length : zeros) + text
}

function encodeCheck(version: number, payload: Uint8Array): string {
  const body = Buffer.concat([Uint8Array.of(version), payload])
  return encodeBase58(Buffer.concat([body, sha256(sha256(body)).subarray(0, 4)]))
}

/** BIP-173's checksum, over bits in BigInt. */
function encodeSegwit(version: number, program: Uint8Array): string {
  const bits = [...program].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const padded = bits.padEnd(Math.ceil(bits.length / 5) * 5, '0')
  const words = [version, ...(padded.match(/.{5}/g) ?? []).map((five) => Number.parseInt(five, 2))]
  const generator = [0x3b6a57b2n, 0x26508e6dn, 0x1ea119fan, 0x3d4233ddn, 0x2a1462b3n]
  const prefix = [3, 3, 0, 2, 3]
  let check = 1n
  for (const word of [...prefix, ...words, 0, 0, 0, 0, 0, 0]) {
    const top = check >> 25n
    check = ((check & 0x1ffffffn) << 5n) ^ BigInt(word)
    for (const [i, part] of generator.entries()) if ((top >> BigInt(i)) & 1n) check ^= part
  }
  check ^= version === 0 ? 1n : 0x2bc830a3n
  const sum = [5, 4, 3, 2, 1, 0].map((place) => Number((check >> BigInt(5 * place)) & 31n))
  return `bc1${[...words, ...sum].map((word) => BECH32[word]).join('')}`
}

function encodeEvm(data: Uint8Array): string {
  const hex = Buffer.from(data).toString('hex')
  const hash = Buffer.from(keccak_256(new TextEncoder().encode(hex))).toString('hex')
  const letters = Array.from(hex).map((c, i) =>
    Number.parseInt(hash[i] ?? '0', 16) > 7 ? c.toUpperCase() : c,
  )
  return `0x${letters.join('')}`
}

/** Another character of the same alphabet at some place behind the prefix. */
function withOneWrong(address: string, alphabet: string, prefix: number, code: number): string {
  const at = prefix + (code % (address.length - prefix))
  const own = alphabet.indexOf(address[at] ?? '')
  const step = 1 + (Math.floor(code / 100) % (alphabet.length - 1))
  return address.slice(0, at) + alphabet[(own + step) % alphabet.length] + address.slice(at + 1)
}

const places = fc.nat(1_000_000)
const anyAsset = fc.constantFrom(...ASSETS)

export const addressProperties: readonly Property[] = [
  property(
    {
      rule: 'T17',
      title: 'TRON: right as it is made, wrong with any one character changed',
      gateRuns: 5000,
    },
    fc.tuple(bytes(20), places),
    ([payload, code]) => {
      const address = encodeCheck(0x41, payload)
      const wrong = withOneWrong(address, BASE58, 0, code)
      return isAddress('TRON', address, HASHES) && !isAddress('TRON', wrong, HASHES)
    },
  ),
  property(
    {
      rule: 'T17',
      title: 'Bitcoin, Base58Check: its two versions, no other, and no wrong character',
      gateRuns: 5000,
    },
    fc.tuple(bytes(20), fc.nat(255), places),
    ([payload, version, code]) => {
      const address = encodeCheck(version, payload)
      const isRight = version === 0 || version === 5
      const wrong = withOneWrong(address, BASE58, 0, code)
      return (
        isAddress('BITCOIN', address, HASHES) === isRight && !isAddress('BITCOIN', wrong, HASHES)
      )
    },
  ),
  property(
    {
      rule: 'T17',
      title: 'Bitcoin, bech32 and bech32m: right as it is made, wrong with one character changed',
      gateRuns: 5000,
    },
    fc.tuple(fc.constantFrom(0, 1), bytes(32), fc.boolean(), places),
    ([version, program, isShort, code]) => {
      const address = encodeSegwit(
        version,
        isShort && version === 0 ? program.subarray(12) : program,
      )
      const wrong = withOneWrong(address, BECH32, 3, code)
      // The version alone says which checksum it is: another version is another rule.
      const isVersion = wrong[3] !== address[3]
      return (
        isAddress('BITCOIN', address, HASHES) &&
        isAddress('BITCOIN', address.toUpperCase(), HASHES) &&
        (isVersion || !isAddress('BITCOIN', wrong, HASHES))
      )
    },
  ),
  property(
    {
      rule: 'T17',
      title: 'EVM: right as EIP-55 writes it and in one case, wrong with one letter in another',
      gateRuns: 5000,
    },
    fc.tuple(bytes(20), places),
    ([payload, code]) => {
      const address = encodeEvm(payload)
      const letters = Array.from(address).flatMap((c, i) => (i > 1 && /[a-f]/i.test(c) ? [i] : []))
      const at = letters[code % (letters.length || 1)] ?? 0
      const letter = address[at] ?? ''
      const flipped = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase()
      const wrong = address.slice(0, at) + flipped + address.slice(at + 1)
      const isOneCase = [wrong.slice(2).toLowerCase(), wrong.slice(2).toUpperCase()].includes(
        wrong.slice(2),
      )
      return (
        isAddress('ETHEREUM', address, HASHES) &&
        isAddress('BSC', address.toLowerCase(), HASHES) &&
        (letters.length === 0 || isOneCase || !isAddress('BSC', wrong, HASHES))
      )
    },
  ),
  property(
    {
      rule: 'T17',
      title: 'no address is one of a network that it was not made for',
      gateRuns: 3000,
    },
    fc.tuple(bytes(20), bytes(32)),
    ([short, long]) => {
      const made = {
        TRON: encodeCheck(0x41, short),
        ETHEREUM: encodeEvm(short),
        BITCOIN: encodeSegwit(0, long),
      }
      return Object.entries(made).every(([network, address]) =>
        (['TRON', 'ETHEREUM', 'BITCOIN', 'SOLANA'] as const).every(
          (other) => isAddress(other, address, HASHES) === (other === network),
        ),
      )
    },
  ),
  property(
    { rule: 'T17', title: 'a payment link carries the exact amount and address, or there is none' },
    fc.tuple(anyAsset, anyAmount),
    ([asset, amount]) => {
      const places = amount.includes('.') ? amount.replace(/\.?0+$/, '').split('.')[1] : ''
      const fits = (places ?? '').length <= asset.decimals
      if (canExpress(asset, amount) !== fits) return false
      let uri: string | null
      try {
        uri = paymentUri(asset, 'ADDRESS', amount).uri
      } catch (error) {
        return !fits && error instanceof RangeError
      }
      if (!fits) return false
      if (uri === null) return asset.network === 'TRON' && asset.contract !== undefined
      const { pathname, searchParams } = new URL(uri)
      const raw = searchParams.get('uint256') ?? searchParams.get('value')
      const said =
        raw === null ? (searchParams.get('amount') ?? '') : fromMinor(BigInt(raw), asset.decimals)
      const whom = searchParams.get('address') ?? pathname
      const token = asset.contract ?? ''
      return (
        toMinor(said, 18) === toMinor(amount, 18) &&
        whom.split('@')[0] === 'ADDRESS' &&
        uri.includes(token)
      )
    },
  ),
]
