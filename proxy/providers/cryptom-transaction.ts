/**
 * Cryptom's transactions as they come over the wire, and what each is worth
 * (document, "Transaction Completion Criteria" and "Example responses").
 * @module
 */
import { keccak_256 } from '@noble/hashes/sha3.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { isAddress } from '../../protocol/address.ts'
import { findAsset } from '../../protocol/assets.ts'
import type { Asset } from '../../protocol/assets.ts'
import { compareDecimal } from '../../protocol/money.ts'
import type { Money } from '../../protocol/money.ts'
import { canExpress, paymentUri } from '../../protocol/payment-uri.ts'
import type { TransferAction } from '../../protocol/payment.ts'
import type { PaymentStatus } from '../../protocol/status.ts'
import { ProviderError } from '../errors.ts'
import { decimalText, statusWord } from '../option-schemas.ts'
import type { NewPayment, PaymentRef, PaymentUpdate } from '../provider.ts'

/** The provider's networks, in our words. */
const NETWORKS: Readonly<Record<string, string>> = {
  TRX: 'TRON',
  TRON: 'TRON',
  ETH: 'ETHEREUM',
  BSC: 'BSC',
  BNB: 'BSC',
  SOL: 'SOLANA',
  BTC: 'BITCOIN',
}

/** "Transaction Completion Criteria". A status that is not here is `processing`: never final. */
const STATUSES: Readonly<Record<string, PaymentStatus>> = {
  PENDING: 'pending',
  TRANSFERRED: 'processing',
  CONVERTING: 'processing',
  CONVERTED: 'processing',
  WALLET_CHARGED: 'processing',
  DONE: 'processing',
  MANUAL_CHECK: 'review',
  TIMEOUT: 'expired',
  CANCELLED: 'canceled',
}

export const transactionShape = z.object({
  data: z.object({
    _id: z.string().regex(/^[a-f\d]{24}$/),
    status: statusWord,
    currency: z.string(),
    currencyAmount: decimalText,
    coin: z.string(),
    network: z.string(),
    coinAmount: decimalText,
    totalTransferAmount: decimalText.optional(),
    isTransferComplete: z.boolean().optional(),
    wallet: z.object({ address: z.string(), coin: z.string(), network: z.string() }),
  }),
})

/** Shown to the shopper as it is, so no novel. */
const quoteText = z.string().max(100).optional()

/** What is read once, at the beginning: whether `detail` repeats it is not documented; the history does not. */
export const createdShape = z.object({
  data: transactionShape.shape.data.extend({
    conversionRate: quoteText,
    exchangeFee: quoteText,
    timeout: z.string().regex(/^\d{10}$/),
  }),
})

export type Transaction = z.infer<typeof transactionShape>['data']
export type NewTransaction = z.infer<typeof createdShape>['data']

/** An asset that an account can receive, in the provider's words and in ours. */
export interface AccountAsset {
  readonly coin: string
  readonly network: string
  readonly asset: Asset
}

/** `USDT@TRX`: coin and network, in the provider's words. */
export function findAccountAsset(word: string): AccountAsset | undefined {
  const [coin = '', network = ''] = word.split('@')
  const asset = findAsset(coin, NETWORKS[network] ?? '')
  return asset && { coin, network, asset }
}

/** What came back must be what was asked for, or the shopper would pay something else. */
export function checkEcho(
  transaction: Transaction,
  payment: NewPayment,
  wanted: AccountAsset,
): void {
  const { wallet } = transaction
  const differs = [
    findOtherPrice(transaction, payment.price),
    transaction.coin !== wanted.coin && 'coin',
    transaction.network !== wanted.network && 'network',
    wallet.coin !== wanted.coin && 'wallet.coin',
    wallet.network !== wanted.network && 'wallet.network',
    !isAddress(wanted.asset.network, wallet.address, { sha256, keccak256: keccak_256 }) &&
      'wallet.address',
    !(compareDecimal(transaction.coinAmount, '0') > 0) && 'coinAmount',
    !canExpress(wanted.asset, transaction.coinAmount) && 'coinAmount',
  ].find((field) => field !== false)
  if (differs) {
    throw new ProviderError('provider_bad_response', `another ${differs} than asked for`, {
      mayHaveHappened: true,
    })
  }
}

const findOtherPrice = (
  { currency, currencyAmount }: Transaction,
  price: Money,
): 'currencyAmount' | 'currency' | false =>
  compareDecimal(currencyAmount, price.amount) !== 0
    ? 'currencyAmount'
    : currency !== price.currency && 'currency'

/** What the shopper does: the provider's numbers as they are. */
export function toTransfer(
  { wallet: { address }, coinAmount, conversionRate, exchangeFee }: NewTransaction,
  asset: Asset,
  expiresAt: number,
): TransferAction {
  return {
    type: 'transfer',
    address,
    amount: coinAmount,
    asset: { symbol: asset.symbol, network: asset.network, name: asset.name },
    uri: paymentUri(asset, address, coinAmount).uri,
    expiresAt: new Date(expiresAt).toISOString(),
    quote: { rate: conversionRate ?? null, fee: exchangeFee ?? null },
  }
}

/**
 * What a transaction is worth, once it is the one that was shown. Money that arrived is never forgotten: a
 * timeout or a cancel with some of it is for a person.
 */
export function toUpdate(transaction: Transaction, payment: PaymentRef): PaymentUpdate {
  const providerStatus = transaction.status
  const differs = findChange(transaction, payment)
  if (differs) {
    const note = `the provider changed the ${differs}`
    const isAddressChanged = differs === 'address' && { isAddressChanged: true as const }
    return { status: 'review', reason: 'conflict', providerStatus, note, ...isAddressChanged }
  }
  const arrived = transaction.totalTransferAmount ?? '0'
  const hasSome = compareDecimal(arrived, '0') > 0
  const symbol = payment.method.asset?.symbol ?? transaction.coin
  const received = hasSome ? { received: { amount: arrived, currency: symbol } } : {}
  if (transaction.isTransferComplete === true) {
    const isOver = hasSome && compareDecimal(arrived, transaction.coinAmount) > 0
    const reason = isOver ? { reason: 'overpaid' as const } : {}
    return { status: 'paid', assurance: 'provider-api', providerStatus, ...received, ...reason }
  }
  const status = STATUSES[providerStatus] ?? 'processing'
  const isPartial = hasSome && compareDecimal(arrived, transaction.coinAmount) < 0
  if (!isPartial) return { status, providerStatus, ...received }
  const isEnd = status === 'expired' || status === 'canceled' || status === 'review'
  return {
    status: isEnd ? 'review' : 'processing',
    reason: 'underpaid',
    providerStatus,
    ...received,
  }
}

/** What is not as it was when the shopper was shown it: no other one can take its place. */
function findChange(
  transaction: Transaction,
  { nextAction, price, method }: PaymentRef,
): string | false | undefined {
  const { wallet, coin, network } = transaction
  const isAsset = (word: string): boolean => {
    const asset = findAccountAsset(word)?.asset
    return asset?.symbol === method.asset?.symbol && asset?.network === method.asset?.network
  }
  return [
    nextAction?.type === 'transfer' && wallet.address !== nextAction.address && 'address',
    findOtherPrice(transaction, price),
    !isAsset(`${coin}@${network}`) && 'coin',
    !isAsset(`${wallet.coin}@${wallet.network}`) && 'wallet',
  ].find((field) => field !== false)
}
