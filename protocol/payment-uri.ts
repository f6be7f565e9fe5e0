/**
 * What a QR code says: the bare address, or a link that a wallet opens with the amount filled in.
 *
 * Formats: BIP-21 (Bitcoin), ERC-681 (Ethereum, and BNB Smart Chain by its chain id), Solana Pay.
 * TRON has no standard and its `tron:` link carries no token, so a TRC-20 token gets none. Wallets
 * are known to read token links wrongly (contract as recipient, wrong decimals): for tokens, and for
 * all of TRON, the bare address is the default and the link an offer.
 * @module
 */
import type { Asset, Network } from './assets.ts'
import { decimalPlaces, fromMinor, shortest, toMinor } from './money.ts'

/** `uri` is null where no wallet could be trusted to read one. */
export interface PaymentUri {
  readonly uri: string | null
  /** What the QR code shows unless the shopper switches. */
  readonly preferred: 'address' | 'uri'
}

type Builder = (asset: Asset, address: string, amount: string) => string | null

const erc681 =
  (chainId: number): Builder =>
  (asset, address, amount) =>
    asset.contract
      ? `ethereum:${asset.contract}@${chainId}/transfer?address=${address}&uint256=${toMinor(amount, asset.decimals)}`
      : `ethereum:${address}@${chainId}?value=${toMinor(amount, asset.decimals)}`

const BUILDERS: Readonly<Record<Network, Builder>> = {
  BITCOIN: (_asset, address, amount) => `bitcoin:${address}?amount=${amount}`,
  ETHEREUM: erc681(1),
  BSC: erc681(56),
  SOLANA: (asset, address, amount) =>
    `solana:${address}?amount=${amount}${asset.contract ? `&spl-token=${asset.contract}` : ''}`,
  TRON: (asset, address, amount) => (asset.contract ? null : `tron:${address}?amount=${amount}`),
}

/**
 * The wallet link for paying `amount` of `asset` to `address`.
 * Throws a `RangeError` where the asset cannot express the amount: nothing is rounded.
 */
export function paymentUri(asset: Asset, address: string, amount: string): PaymentUri {
  const exact = fromMinor(toMinor(amount, asset.decimals), asset.decimals)
  const uri = BUILDERS[asset.network](asset, address, exact)
  const isAddressFirst = uri === null || asset.contract !== undefined || asset.network === 'TRON'
  return { uri, preferred: isAddressFirst ? 'address' : 'uri' }
}

/** Whether an asset can express an amount without rounding. */
export function canExpress(asset: Asset, amount: string): boolean {
  return decimalPlaces(shortest(amount)) <= asset.decimals
}
