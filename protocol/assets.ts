/**
 * The coins on networks that can be paid with. A new one is one row here.
 *
 * Decimals differ per network (USDT has 6 on TRON and 18 on BNB Smart Chain), so they stand in the
 * row and nowhere else. A token's contract is given where it is certain; without one no wallet link
 * is ever made.
 * @module
 */

/** The networks, by the name that our API uses. */
export type Network = 'TRON' | 'ETHEREUM' | 'BSC' | 'SOLANA' | 'BITCOIN'

/** A coin on a network. */
export interface Asset {
  readonly symbol: string
  readonly network: Network
  /** The coin's name, for people: `Tether`. */
  readonly name: string
  readonly decimals: number
  /** The token's contract or mint; absent for a network's own coin. */
  readonly contract?: string
}

/** What a network is called by people, and the standard of its tokens as exchanges write it: no hyphen to break at. */
export const NETWORKS: Readonly<Record<Network, { name: string; standard: string | null }>> = {
  TRON: { name: 'TRON', standard: 'TRC20' },
  ETHEREUM: { name: 'Ethereum', standard: 'ERC20' },
  BSC: { name: 'BNB Smart Chain', standard: 'BEP20' },
  SOLANA: { name: 'Solana', standard: 'SPL' },
  BITCOIN: { name: 'Bitcoin', standard: null },
}

export const ASSETS: readonly Asset[] = [
  {
    symbol: 'USDT',
    network: 'TRON',
    name: 'Tether',
    decimals: 6,
    contract: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
  },
  {
    symbol: 'USDT',
    network: 'ETHEREUM',
    name: 'Tether',
    decimals: 6,
    contract: '0xdac17f958d2ee523a2206206994597c13d831ec7',
  },
  {
    symbol: 'USDT',
    network: 'BSC',
    name: 'Tether',
    decimals: 18,
    contract: '0x55d398326f99059ff775485246999027b3197955',
  },
  {
    symbol: 'USDT',
    network: 'SOLANA',
    name: 'Tether',
    decimals: 6,
    contract: 'Es9vMFrzaCERmJfrF4H2FYD4KCoNkY11McCe8BenwNYB',
  },
  {
    symbol: 'USDC',
    network: 'ETHEREUM',
    name: 'USD Coin',
    decimals: 6,
    contract: '0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48',
  },
  {
    symbol: 'USDC',
    network: 'SOLANA',
    name: 'USD Coin',
    decimals: 6,
    contract: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
  },
  { symbol: 'TRX', network: 'TRON', name: 'TRON', decimals: 6 },
  { symbol: 'BTC', network: 'BITCOIN', name: 'Bitcoin', decimals: 8 },
  { symbol: 'ETH', network: 'ETHEREUM', name: 'Ether', decimals: 18 },
  { symbol: 'BNB', network: 'BSC', name: 'BNB', decimals: 18 },
  { symbol: 'SOL', network: 'SOLANA', name: 'Solana', decimals: 9 },
]

/** The row for a coin on a network; `undefined` where we do not know it. */
export function findAsset(symbol: string, network: string): Asset | undefined {
  return ASSETS.find((asset) => asset.symbol === symbol && asset.network === network)
}

/** Whether any asset has this symbol, so that it can be a price's currency. */
export function isAssetSymbol(symbol: string): boolean {
  return ASSETS.some((asset) => asset.symbol === symbol)
}
