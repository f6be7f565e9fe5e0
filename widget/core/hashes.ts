/**
 * The two hash functions behind address checksums, from the parts of @noble/hashes that do the work;
 * its option handling would weigh as much again.
 * @module
 */
import { _SHA256 } from '@noble/hashes/sha2.js'
import { keccakP } from '@noble/hashes/sha3.js'
import type { Hashes } from '../../protocol/address.ts'

/** What the library keeps to itself: one block of 64 bytes at a time. */
class Sha256 extends (_SHA256 as unknown as new () => {
  process(block: DataView, offset: number): void
  get(): readonly number[]
}) {
  digest(data: Uint8Array): Uint8Array {
    const block = new DataView(new ArrayBuffer(64))
    data.forEach((byte, index) => block.setUint8(index, byte))
    block.setUint8(data.length, 0x80)
    block.setUint32(60, data.length * 8)
    this.process(block, 0)
    this.get().forEach((word, index) => block.setInt32(index * 4, word))
    return new Uint8Array(block.buffer, 0, 32)
  }
}

/** Bytes that Keccak-256 takes in at a time; a longer message is not needed here. */
const BLOCK = 136

/**
 * For {@link isAddress}. Messages are of one block: `sha256` takes less than 56 bytes, where an address has
 * 21 and a hash 32, and `keccak256` less than 136, where an address has 40.
 */
export const HASHES: Hashes = {
  sha256: (data) => new Sha256().digest(data),
  keccak256: (data) => {
    const state = new Uint32Array(50)
    const bytes = new Uint8Array(state.buffer)
    bytes.set(data.subarray(0, BLOCK - 1))
    bytes[data.length] = 1
    bytes[BLOCK - 1]! |= 0x80
    keccakP(state)
    return bytes.slice(0, 32)
  },
}
