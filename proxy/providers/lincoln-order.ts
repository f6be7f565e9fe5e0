/**
 * Lincoln's orders as the engine tells them, and what each is worth (document, "Список статусов").
 * @module
 */
import { keccak_256 } from '@noble/hashes/sha3.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { isAddress } from '../../protocol/address.ts'
import { findAsset } from '../../protocol/assets.ts'
import type { Network } from '../../protocol/assets.ts'
import { compareDecimal } from '../../protocol/money.ts'
import { paymentUri } from '../../protocol/payment-uri.ts'
import type { NextAction } from '../../protocol/payment.ts'
import type { PaymentStatus } from '../../protocol/status.ts'
import { decimalText, providerId, statusWord } from '../option-schemas.ts'
import type { NewPayment, PaymentRef, PaymentUpdate } from '../provider.ts'
import { assetOf } from './lincoln-routes.ts'

/** "Список статусов". A status that is not here is `processing`: never final. */
const STATUSES: Readonly<Record<string, PaymentStatus>> = {
  new: 'pending',
  waitPayment: 'pending',
  inProgress: 'processing',
  inProgressPayout: 'processing',
  hold: 'review',
  errorPayout: 'review',
  done: 'paid',
  errorPayment: 'failed',
  returned: 'refunded',
  deleted: 'canceled',
}

/** An address in several languages. */
const MAX_TEXT = 10_000

export const orderShape = z.object({
  order: z.object({
    uid: providerId.optional(),
    status: statusWord,
    inAmount: decimalText,
    expiresAt: z.union([z.number(), z.string()]).nullish(),
    route: z.object({
      from: z.object({
        xml: z.string().max(30).optional(),
        paymentDetails: z
          .object({
            account: z.string().max(MAX_TEXT).nullish(),
            showIPaidBtn: z.boolean().nullish(),
            merchant: z
              .object({
                data: z.object({
                  merchantData: z.object({ walletAddr: z.string().max(MAX_TEXT) }),
                }),
              })
              .nullish()
              .catch(null),
          })
          .nullish(),
      }),
    }),
  }),
})

export type Order = z.infer<typeof orderShape>['order']

/** The order's own word, once it is of the coin and the amount that were asked. */
export function toUpdate(order: Order, payment: PaymentRef, paidAt: string): PaymentUpdate {
  const providerStatus = order.status
  const isAddressChanged = hasOtherAddress(order, payment)
  const differs = isAddressChanged ? 'address' : findOther(order, payment)
  if (differs !== undefined) {
    const note = `the order has another ${differs}`
    const changed = isAddressChanged && { isAddressChanged }
    return { status: 'review', reason: 'conflict', providerStatus, note, ...changed }
  }
  const isPaid = providerStatus === 'done' || providerStatus === paidAt
  if (!isPaid) return { status: STATUSES[providerStatus] ?? 'processing', providerStatus }
  const received = { amount: order.inAmount, currency: payment.price.currency }
  return { status: 'paid', assurance: 'provider-api', providerStatus, received }
}

export type Details = Order['route']['from']['paymentDetails']

/** Where the engine puts it: among texts in several languages, parted by "##", or beside a template. */
export function depositAddress(details: Details): string[] {
  const texts = details?.account?.split('##') ?? []
  const wallet = details?.merchant?.data.merchantData.walletAddr
  return [...texts, ...(wallet === undefined ? [] : [wallet])].flatMap((text) => text.split(/\s+/))
}

/** The order's deposit address, where it gives exactly one that is an address of the method's network. */
export function toTransfer(
  { method, price }: NewPayment,
  candidates: readonly string[],
  expiresAt: number,
): NextAction | undefined {
  if (!method.asset) return undefined
  const { symbol, network } = method.asset
  const found = findAddresses(network, candidates)
  const [address] = found
  if (address === undefined || found.size > 1) return undefined
  const asset = findAsset(symbol, network)
  return {
    type: 'transfer',
    address,
    amount: price.amount,
    asset: method.asset,
    uri: asset ? paymentUri(asset, address, price.amount).uri : null,
    expiresAt: new Date(expiresAt).toISOString(),
  }
}

/** What of an order is not as it was asked for, and is told of it. */
export function findOther(
  order: Pick<Order, 'inAmount'> & Partial<Pick<Order, 'route'>>,
  payment: Pick<PaymentRef, 'price' | 'method'> & Partial<Pick<PaymentRef, 'private'>>,
): 'amount' | 'currency' | undefined {
  if (compareDecimal(order.inAmount, payment.price.amount) !== 0) return 'amount'
  const xml = order.route?.from.xml
  return xml !== undefined && isOtherCoin(xml, payment) ? 'currency' : undefined
}

/** Not the method's coin; or, of a route in money of a state, not what it was in the beginning. */
function isOtherCoin(
  xml: string,
  { method, private: known }: Parameters<typeof findOther>[1],
): boolean {
  const asset = assetOf(xml)
  if (!method.asset) return asset !== undefined || (known?.['xml'] ?? xml) !== xml
  return asset?.symbol !== method.asset.symbol || asset.network !== method.asset.network
}

/** The order names addresses of the coin's network, and the one that was shown is not among them. */
function hasOtherAddress({ route }: Order, { method, nextAction }: PaymentRef): boolean {
  if (nextAction?.type !== 'transfer' || !method.asset) return false
  const found = findAddresses(method.asset.network, depositAddress(route.from.paymentDetails))
  return found.size > 0 && !found.has(nextAction.address)
}

const findAddresses = (network: Network, candidates: readonly string[]): ReadonlySet<string> =>
  new Set(candidates.filter((text) => isAddress(network, text, { sha256, keccak256: keccak_256 })))

/** Seconds, milliseconds or an ISO text. */
export function toTime(value: number | string | null | undefined): number | undefined {
  if (value === null || value === undefined) return undefined
  const number =
    typeof value === 'number' ? value : /^\d+$/.test(value) ? Number(value) : Date.parse(value)
  const time = number < 1e12 ? number * 1000 : number
  // Also not a number, and what no calendar has.
  return time > 0 && time < END_OF_TIME ? time : undefined
}

const END_OF_TIME = Date.parse('2100-01-01T00:00:00Z')
