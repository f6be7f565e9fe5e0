import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ASSETS, findAsset } from '../../protocol/assets.ts'
import type { Asset, Network } from '../../protocol/assets.ts'
import { canExpress, paymentUri } from '../../protocol/payment-uri.ts'

const asset = (symbol: string, network: Network): Asset => {
  const found = findAsset(symbol, network)
  assert.ok(found)
  return found
}

const EVM = '0x8e23ee67d1332ad560396262c48ffbb01f93d052'
const SOLANA = 'mvines9iiHiQTysrwkJjGf2gb9Ex9jXJX8ns3qwf2kN'
const TRON = 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq'

/** Known answers of the standards' own examples, as far as their fields are ours. */
const KNOWN: readonly (readonly [string, Network, string, string, string | null, string])[] = [
  [
    'BTC',
    'BITCOIN',
    '175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W',
    '20.3',
    'bitcoin:175tWpb8K1S7NmH4Zx6rewF9WQrcZv245W?amount=20.3',
    'uri',
  ],
  [
    'ETH',
    'ETHEREUM',
    '0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359',
    '2.014',
    'ethereum:0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359@1?value=2014000000000000000',
    'uri',
  ],
  [
    'USDT',
    'ETHEREUM',
    EVM,
    '12.50',
    `ethereum:0xdac17f958d2ee523a2206206994597c13d831ec7@1/transfer?address=${EVM}&uint256=12500000`,
    'address',
  ],
  [
    'USDT',
    'BSC',
    EVM,
    '12.50',
    `ethereum:0x55d398326f99059ff775485246999027b3197955@56/transfer?address=${EVM}&uint256=12500000000000000000`,
    'address',
  ],
  ['SOL', 'SOLANA', SOLANA, '1', `solana:${SOLANA}?amount=1`, 'uri'],
  [
    'USDC',
    'SOLANA',
    SOLANA,
    '0.01',
    `solana:${SOLANA}?amount=0.01&spl-token=EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v`,
    'address',
  ],
  ['TRX', 'TRON', TRON, '148.874', `tron:${TRON}?amount=148.874`, 'address'],
  ['USDT', 'TRON', TRON, '148.874', null, 'address'],
]

describe('payment links', () => {
  for (const [symbol, network, address, amount, uri, preferred] of KNOWN) {
    it(`${symbol} on ${network}`, () => {
      assert.deepEqual(paymentUri(asset(symbol, network), address, amount), { uri, preferred })
    })
  }

  it('never rounds what the asset cannot express', () => {
    assert.throws(() => paymentUri(asset('TRX', 'TRON'), TRON, '1.0000001'), RangeError)
    assert.equal(canExpress(asset('TRX', 'TRON'), '1.0000001'), false)
    assert.equal(canExpress(asset('TRX', 'TRON'), '1.0000000'), true)
  })

  it('writes no exponent, sign or blank for any asset', () => {
    for (const each of ASSETS) {
      const { uri } = paymentUri(each, 'ADDRESS', '1234567890123.000001')
      if (uri) assert.match(uri, /[?&](uint256|amount|value)=\d+(\.\d+)?(&|$)/)
    }
  })

  it('knows each asset once', () => {
    const names = ASSETS.map(({ symbol, network }) => `${symbol}:${network}`)
    assert.equal(new Set(names).size, names.length)
  })
})
