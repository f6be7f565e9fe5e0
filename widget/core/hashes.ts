/**
 * The two hash functions behind address checksums, from the parts of @noble/hashes that do the work;
 * its option handling would weigh as much again.
 * @module
 */
import { _SHA256 } from '@noble/hashes/sha2.js'
import { keccakP } from '@noble/hashes/sha3.js'
import type { Hashes } from '../../protocol/address.ts'

/** Bytes that Keccak-256 takes in at a time; a longer message is not needed here. */
const BLOCK = 136

/** For {@link isAddress}. `keccak256` takes messages of less than 136 bytes: an address has 40. */
export const HASHES: Hashes = {
  sha256: (data) => new _SHA256().update(data).digest(),
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
