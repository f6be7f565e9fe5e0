/**
 * LiPayKripto's three coins. The networks, the rates and the addresses are ours: the document
 * names a coin only.
 *
 * @module
 */
import { walletAddress } from '../../addresses.ts'
import { divideUp, formatDecimal, parseDecimal } from '../../decimal.ts'
import { keysOf } from '../../tables.ts'

/** Lira for one coin, with two decimals. */
const OFFERS = {
  TRX: { network: 'TRX', networkName: 'TRON', rate: '13.42' },
  USDT: { network: 'TRX', networkName: 'TRON (TRC20)', rate: '41.35' },
  ETH: { network: 'ETH', networkName: 'Ethereum', rate: '152400.50' },
} as const

export type Coin = keyof typeof OFFERS

export const COINS = keysOf(OFFERS)

/** Whether it is a coin of LiPayKripto's. */
export function isCoin(value: unknown): value is Coin {
  return COINS.some((coin) => coin === value)
}

/** What the address screen shows. */
export interface Deposit {
  readonly coin: Coin
  readonly network: string
  readonly amount: string
  readonly address: string
}

const SCALE = 6

/** What a lira amount is in the coin, and where it is to be sent. */
export function quoteDeposit(tryAmount: string, coin: Coin, seed: string): Deposit {
  const { network, networkName, rate } = OFFERS[coin]
  const kurus = parseDecimal(tryAmount, 2) ?? 0n
  const amount = divideUp(kurus * 10n ** BigInt(SCALE), parseDecimal(rate, 2) ?? 1n)
  return {
    coin,
    network: networkName,
    amount: formatDecimal(amount, SCALE),
    address: walletAddress(network, `lipaykripto ${coin} ${seed}`),
  }
}
