/**
 * What Cryptom's stand-in offers and at which price. Coins and networks are in the provider's
 * words; the rates and the arithmetic are ours, since the document's samples fit no formula:
 *
 *     coinAmount = currencyAmount / conversionRate + exchangeFee     (6 decimals, rounded up)
 *     exchangeFee = 1 % of the former, in the coin;  commission = 2 %, in lira
 *
 * @module
 */
import { divideUp, formatDecimal, parseDecimal } from '../../decimal.ts'

/** Decimals of every coin amount. */
export const COIN_SCALE = 6

/** What a transaction costs in its coin, as decimal texts. */
export interface Quote {
  readonly conversionRate: string
  readonly exchangeFee: string
  readonly coinAmount: string
  readonly commission: string
}

/** `coin/network`, in the provider's words. */
const OFFERS = ['TRX/TRX', 'USDT/TRX', 'USDT/ETH', 'ETH/ETH', 'USDT/BSC', 'BTC/BTC']

/** Lira for one coin, with two decimals. */
const RATES: Readonly<Record<string, string>> = {
  TRX: '13.42',
  USDT: '41.35',
  ETH: '152400.5',
  BTC: '4683250',
}

/** Whether the pair can be paid with. */
export function isOffered(coin: string, network: string): boolean {
  return OFFERS.includes(`${coin}/${network}`)
}

/** The price of a lira amount in an offered coin. */
export function quote(currencyAmount: string, coin: string): Quote {
  const conversionRate = RATES[coin]
  const kurus = parseDecimal(currencyAmount, 2)
  const rate = parseDecimal(conversionRate ?? '', 2)
  if (conversionRate === undefined || rate === undefined || kurus === undefined) {
    throw new Error(`No quote for ${currencyAmount} TRY in ${coin}.`)
  }
  const net = divideUp(kurus * 10n ** BigInt(COIN_SCALE), rate)
  const fee = divideUp(net, 100n)
  return {
    conversionRate,
    exchangeFee: formatDecimal(fee, COIN_SCALE),
    coinAmount: formatDecimal(net + fee, COIN_SCALE),
    commission: formatDecimal(divideUp(kurus * 2n, 100n), 2),
  }
}
