/**
 * Checksums by the published examples, URLs, and what an answer has to have.
 * @module
 */
import { expect } from 'chai'
import type { Network } from '../../../protocol/assets.ts'
import { createGuard, isCheckout } from '../../../widget/core/answer.ts'
import { browserEnvironment } from '../../../widget/core/environment.ts'
import { keccak256 } from '../../../widget/core/keccak.ts'
import { safeUrl } from '../../../widget/core/url.ts'
import {
  BITCOIN_ADDRESS,
  ETHEREUM_ADDRESS,
  TRON_ADDRESS,
  checkout,
  transferring,
} from '../../../demo/gallery/fixtures.ts'

const hex = (bytes: Uint8Array) =>
  Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text))

/** Whether a payment to it would be shown. */
async function isShown(network: Network, address: string): Promise<boolean> {
  const guard = createGuard(browserEnvironment())
  const asset = { symbol: 'COIN', network, name: 'Coin' }
  const state = { ...transferring({ address, asset }), methods: [] }
  await guard.learn(state)
  return guard.refuse(state) === null
}

describe('hashes', () => {
  it('FIPS 180-2, B.1: SHA-256 of abc', async () => {
    expect(hex(await browserEnvironment().sha256(bytes('abc')))).to.equal(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    )
  })

  it('Keccak-256 of nothing and of abc, as Ethereum uses it', () => {
    expect(hex(keccak256(bytes('')))).to.equal(
      'c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
    )
    expect(hex(keccak256(bytes('abc')))).to.equal(
      '4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45',
    )
  })
})

describe('addresses with one wrong character', () => {
  const examples: readonly [Network, string][] = [
    ['TRON', TRON_ADDRESS],
    ['BITCOIN', BITCOIN_ADDRESS],
    ['BITCOIN', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ['ETHEREUM', ETHEREUM_ADDRESS],
    ['BSC', '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359'],
  ]
  for (const [network, address] of examples) {
    it(`${network}: ${address}`, async () => {
      expect(await isShown(network, address)).to.equal(true)
      for (const index of [5, 12, address.length - 1]) {
        const other = /[a-z]/.test(address[index] ?? '')
          ? (address[index] ?? '').toUpperCase()
          : address[index] === '2'
            ? '3'
            : '2'
        const wrong = address.slice(0, index) + other + address.slice(index + 1)
        expect(await isShown(network, wrong), wrong).to.equal(false)
      }
    })
  }
})

describe('an address that nobody has checked', () => {
  it('is refused', () => {
    expect(createGuard(browserEnvironment()).refuse(transferring())).to.equal('address_invalid')
  })

  it('is refused where the page has no cryptography', async () => {
    const guard = createGuard({
      ...browserEnvironment(),
      sha256: () => Promise.reject(new TypeError('not secure')),
    })
    await guard.learn(transferring())
    expect(guard.refuse(transferring())).to.equal('address_invalid')
  })
})

describe('URLs', () => {
  const good = ['https://pay.example/a?b=c', 'http://localhost:8787/', 'http://127.0.0.1/x']
  const bad = [
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'data:text/html,x',
    'http://pay.example/',
    'http://localhost.evil.example/',
    'https://user:secret@pay.example/',
    'blob:https://pay.example/x',
    'pay.example',
    '',
    null,
  ]
  for (const url of good) it(`opens ${url}`, () => expect(safeUrl(url)?.href).to.be.a('string'))
  for (const url of bad) it(`refuses ${url}`, () => expect(safeUrl(url)).to.equal(null))
})

describe('what a checkout has to have', () => {
  it('takes a checkout', () => expect(isCheckout(checkout())).to.equal(true))
  const broken: readonly object[] = [
    { id: 1 },
    { orderId: undefined },
    { price: { amount: '1e3', currency: 'TRY' } },
    { price: null },
    { status: 'PAID' },
    { status: 'toString' },
    { methods: null },
    { payment: { id: 'x', status: 'done' } },
  ]
  for (const change of broken)
    it(`refuses ${JSON.stringify(change)}`, () =>
      expect(isCheckout({ ...checkout(), ...change })).to.equal(false))
  for (const value of [null, undefined, 'text', [], 5])
    it(`refuses ${JSON.stringify(value)}`, () => expect(isCheckout(value)).to.equal(false))
})
