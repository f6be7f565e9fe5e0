/**
 * Wallet addresses with true checksums, derived from a seed: nobody holds a key to them.
 *
 * TRON: base58check of 0x41 and 20 bytes; Bitcoin: base58check of 0x00 and 20 bytes (P2PKH);
 * Ethereum and BNB Smart Chain: 0x and 40 lower-case hex digits.
 *
 * @module
 */
import { createHash } from 'node:crypto'

/** An address on a network, the same for the same seed. Throws on a network without a row. */
export function walletAddress(network: string, seed: string): string {
  const make = ADDRESS_MAKERS[network]
  if (!make) throw new Error(`No address maker for the network ${network}.`)
  return make(sha256(Buffer.from(seed)).subarray(0, 20))
}

/** The same address, no longer valid: a base58 checksum broken, a hex digit lost. */
export function breakAddress(address: string): string {
  if (address.startsWith('0x')) return address.slice(0, -1)
  const last = address.at(-1) === 'z' ? 'y' : 'z'
  return address.slice(0, -1) + last
}

const ADDRESS_MAKERS: Readonly<Record<string, (hash: Buffer) => string>> = {
  TRX: (hash) => base58check(Buffer.concat([Buffer.of(0x41), hash])),
  BTC: (hash) => base58check(Buffer.concat([Buffer.of(0x00), hash])),
  ETH: (hash) => `0x${hash.toString('hex')}`,
  BSC: (hash) => `0x${hash.toString('hex')}`,
}

const BASE58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'

function base58check(payload: Buffer): string {
  const checksum = sha256(sha256(payload)).subarray(0, 4)
  const bytes = Buffer.concat([payload, checksum])
  let value = BigInt(`0x${bytes.toString('hex')}`)
  let text = ''
  while (value > 0n) {
    text = BASE58.charAt(Number(value % 58n)) + text
    value /= 58n
  }
  const zeros = bytes.findIndex((byte) => byte !== 0)
  return '1'.repeat(zeros) + text
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest()
}
