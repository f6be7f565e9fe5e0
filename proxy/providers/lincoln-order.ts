/**
 * Lincoln's orders as the engine tells them, and what each is worth (document, "Список статусов").
 * @module
 */
import { keccak_256 } from '@noble/hashes/sha3.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { isAddress } from '../../protocol/address.ts'
import { findAsset } from '../../protocol/assets.ts'
import { compareDecimal } from '../../protocol/money.ts'
import { paymentUri } from '../../protocol/payment-uri.ts'
import type { NextAction } from '../../protocol/payment.ts'
import type { PaymentStatus } from '../../protocol/status.ts'
import { decimalText } from '../option-schemas.ts'
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

export const orderShape = z.object({
  order: z.object({
    status: z.string(),
    inAmount: decimalText,
    expiresAt: z.union([z.number(), z.string()]).nullish(),
    route: z.object({
      from: z.object({
        xml: z.string().optional(),
        paymentDetails: z
          .object({
            account: z.string().nullish(),
            showIPaidBtn: z.boolean().nullish(),
            merchant: z
              .object({ data: z.object({ merchantData: z.object({ walletAddr: z.string() }) }) })
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
  const differs = [
    compareDecimal(order.inAmount, payment.price.amount) !== 0 && 'amount',
    isOtherCoin(order, payment) && 'currency',
  ].find((field) => field !== false)
  if (differs) {
    const note = `the order has another ${differs}`
    return { status: 'review', reason: 'conflict', providerStatus, note }
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
  const hashes = { sha256, keccak256: keccak_256 }
  const found = new Set(candidates.filter((text) => isAddress(network, text, hashes)))
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

function isOtherCoin(order: Order, payment: PaymentRef): boolean {
  const { xml } = order.route.from
  const wanted = payment.method.asset
  if (xml === undefined || !wanted) return false
  const asset = assetOf(xml)
  return asset?.symbol !== wanted.symbol || asset.network !== wanted.network
}

/** Seconds, milliseconds or an ISO text. */
export function toTime(value: number | string | null | undefined): number | undefined {
  if (value === null || value === undefined) return undefined
  const number =
    typeof value === 'number' ? value : /^\d+$/.test(value) ? Number(value) : Date.parse(value)
  if (Number.isNaN(number)) return undefined
  return number < 1e12 ? number * 1000 : number
}
