/**
 * Whether an address is a well-formed address of its network, checksum included: one wrong
 * character is found before a shopper sees it.
 *
 * The hash functions are passed in, so that nothing is imported here: proxy and widget bring theirs.
 * @module
 */
import type { Network } from './assets.ts'

type Hash = (data: Uint8Array) => Uint8Array

/** What a checksum is made of. */
export interface Hashes {
  readonly sha256: Hash
  readonly keccak256: Hash
}

/** What is left to be compared of an address: the first bytes of its payload's double SHA-256. */
export interface Base58Check {
  readonly payload: Uint8Array<ArrayBuffer>
  readonly checksum: Uint8Array
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
const BECH32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'

type Check = (address: string, keccak256: Hash) => boolean | Base58Check

const isEvmAddress: Check = (address, keccak256) => {
  if (!/^0x[0-9a-fA-F]{40}$/.test(address)) return false
  const hex = address.slice(2)
  if (hex === hex.toLowerCase() || hex === hex.toUpperCase()) return true
  const hash = keccak256(Uint8Array.from(hex.toLowerCase(), (character) => character.charCodeAt(0)))
  return Array.from(hex).every((character, index) => {
    const nibble = ((hash[index >> 1] ?? 0) >> (index % 2 ? 0 : 4)) & 15
    return character === (nibble > 7 ? character.toUpperCase() : character.toLowerCase())
  })
}

const CHECKS: Readonly<Record<Network, Check>> = {
  TRON: (address) => base58Check(address, [0x41]),
  ETHEREUM: isEvmAddress,
  BSC: isEvmAddress,
  SOLANA: (address) => base58Decode(address)?.length === 32,
  BITCOIN: (address) => isBech32(address) || base58Check(address, [0x00, 0x05]),
}

/** Whether `address` can be paid to on `network`: alphabet, length, version and checksum. */
export function isAddress(network: Network, address: string, hashes: Hashes): boolean {
  const { sha256, keccak256 } = hashes
  const rest = checkAddress(network, address, keccak256)
  return typeof rest === 'boolean' ? rest : isSum(rest, sha256(sha256(rest.payload)))
}

/** The same, but for a SHA-256 that whoever asks computes in his own way: {@link isSum} compares it. */
export function checkAddress(
  network: Network,
  address: string,
  keccak256: Hash,
): boolean | Base58Check {
  return address.length <= 100 && CHECKS[network](address, keccak256)
}

/** Whether `hash`, the double SHA-256 of the payload, is what the address says it is. */
export const isSum = ({ checksum }: Base58Check, hash: Uint8Array): boolean =>
  checksum.every((byte, i) => byte === hash[i])

/** 25 bytes: a version and 20 bytes, and 4 of checksum. */
function base58Check(text: string, versions: readonly number[]): false | Base58Check {
  const bytes = base58Decode(text)
  return (
    bytes?.length === 25 &&
    versions.includes(bytes[0] ?? -1) && {
      payload: bytes.slice(0, 21),
      checksum: bytes.subarray(21),
    }
  )
}

function base58Decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  let value = 0n
  for (const character of text) {
    const digit = BASE58.indexOf(character)
    if (digit < 0) return undefined
    value = value * 58n + BigInt(digit)
  }
  const bytes: number[] = []
  for (; value > 0n; value >>= 8n) bytes.unshift(Number(value & 255n))
  const zeros = /^1*/.exec(text)?.[0].length ?? 0
  return new Uint8Array([...Array<number>(zeros).fill(0), ...bytes])
}

/** BIP-173 and BIP-350: version 0 carries the bech32 constant, later ones bech32m's. */
function isBech32(address: string): boolean {
  const text = address.toLowerCase()
  if (address !== text && address !== address.toUpperCase()) return false
  if (!/^bc1[a-z0-9]{11,71}$/.test(text)) return false
  const data = Array.from(text.slice(3), (character) => BECH32.indexOf(character))
  if (data.includes(-1)) return false
  const version = data[0] ?? -1
  return (
    isWitness(version, data.slice(1, -6)) &&
    polymod([3, 3, 0, 2, 3, ...data]) === (version === 0 ? 1 : 0x2bc830a3)
  )
}

/** Whole bytes, as many as the version has. Bech32's checksum alone lets a `q` slip in at the end. */
function isWitness(version: number, program: readonly number[]): boolean {
  const size = Math.floor((program.length * 5) / 8)
  const padding = program.length * 5 - size * 8
  const isPadded = padding < 5 && ((program.at(-1) ?? 0) & ((1 << padding) - 1)) === 0
  const isOfVersion = version === 0 ? size === 20 || size === 32 : version <= 16
  return isPadded && isOfVersion && size >= 2 && size <= 40
}

function polymod(values: readonly number[]): number {
  const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3]
  return values.reduce((checksum, value) => {
    const top = checksum >>> 25
    const shifted = ((checksum & 0x1ffffff) << 5) ^ value
    return generator.reduce((sum, part, i) => ((top >> i) & 1 ? sum ^ part : sum), shifted)
  }, 1)
}
