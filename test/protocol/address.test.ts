import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { isAddress } from '../../protocol/address.ts'
import { ASSETS } from '../../protocol/assets.ts'
import type { Network } from '../../protocol/assets.ts'

const hashes = { sha256, keccak256: keccak_256 }
const check = (network: Network, address: string) => isAddress(network, address, hashes)

/** Published examples of each format. */
const VALID: readonly (readonly [Network, string])[] = [
  ['TRON', 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq'],
  ['TRON', 'TBG1Wg3MdA3YwrVCbCmKqNkZ1fKyxhiuys'],
  ['ETHEREUM', '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'],
  ['ETHEREUM', '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359'],
  ['BSC', '0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb'],
  ['BITCOIN', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
  ['BITCOIN', 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'],
  ['BITCOIN', 'BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4'],
  ['BITCOIN', 'bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0'],
  ['SOLANA', 'mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN'],
]

describe('addresses', () => {
  for (const [network, address] of VALID) {
    it(`${network} ${address.slice(0, 12)}…`, () => assert.equal(check(network, address), true))
  }

  for (const [network, address] of VALID.filter(([network]) => network !== 'SOLANA')) {
    it(`${network}: a changed character is found in ${address.slice(0, 8)}…`, () => {
      // A lower-case EVM address carries no checksum: only its shape can be checked.
      if (/^0x[0-9a-f]{40}$/.test(address)) return
      const wrong = Array.from(address, (_, index) => index).filter((index) => {
        const character = address[index] === '2' ? '3' : '2'
        return check(network, address.slice(0, index) + character + address.slice(index + 1))
      })
      assert.deepEqual(wrong, [])
    })
  }

  it('BITCOIN: a right checksum over a length that its version has not is refused', () => {
    // BIP-173 and BIP-350; bech32's checksum alone lets letters slip in before a final `p`.
    for (const address of [
      'bc1zw508d6qejxtdg4y5r3zarvaryvg6kdaj',
      'bc1rw5uspcuh',
      'bc10w508d6qejxtdg4y5r3zarvary0c5xw7kw508d6qejxtdg4y5r3zarvary0c5xw7kw5rljs90',
      'bc1zw508d6qejxtdg4y5r3zarvaryvqyzf3du',
      'bc1gmk9yu',
      'BC1QR508D6QEJXTDG4Y5R3ZARVARYV98GJ9P',
    ]) {
      assert.equal(check('BITCOIN', address), false, address)
    }
  })

  it('refuses an address of another network', () => {
    for (const [network, address] of VALID) {
      for (const other of ['TRON', 'ETHEREUM', 'BITCOIN', 'SOLANA'] as const) {
        const isSameFamily = network === other || (network === 'BSC' && other === 'ETHEREUM')
        if (!isSameFamily) assert.equal(check(other, address), false, `${address} as ${other}`)
      }
    }
  })

  it('refuses what is no address at all', () => {
    for (const network of ['TRON', 'ETHEREUM', 'BSC', 'BITCOIN', 'SOLANA'] as const) {
      for (const text of [
        '',
        '0x',
        'T',
        ' ',
        'bc1',
        'javascript:alert(1)',
        'ö'.repeat(34),
        '1'.repeat(5000),
      ]) {
        assert.equal(check(network, text), false)
      }
    }
  })

  it('finds every token contract of the asset table well-formed', () => {
    for (const { network, contract } of ASSETS) {
      if (contract) assert.equal(check(network, contract), true, contract)
    }
  })
})
