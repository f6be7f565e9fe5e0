/**
 * The hash behind an Ethereum address's checksum, which no browser has, from the part of @noble/hashes that
 * does the work; its option handling would weigh as much again.
 * @module
 */
import { keccakP } from '@noble/hashes/sha3.js'

/** Bytes that Keccak-256 takes in at a time; a longer message is not needed here. */
const BLOCK = 136

/** Keccak-256 of a message of less than 136 bytes; an address has 40. */
export function keccak256(data: Uint8Array): Uint8Array {
  const state = new Uint32Array(50)
  const bytes = new Uint8Array(state.buffer)
  bytes.set(data.subarray(0, BLOCK - 1))
  bytes[data.length] = 1
  bytes[BLOCK - 1]! |= 0x80
  keccakP(state)
  return bytes.slice(0, 32)
}
