/**
 * Cryptom's records as JSON, key by key in the order of the document's examples, and the semantic
 * faults that spoil them. People in them are made up.
 *
 * @module
 */
import { breakAddress, walletAddress } from '../../addresses.ts'
import { formatDecimal, parseDecimal } from '../../decimal.ts'
import type { SemanticKind } from '../../faults.ts'
import { rawNumber } from '../../json.ts'
import { COIN_SCALE } from './quotes.ts'
import { isComplete, sumTransfers, TIMEOUT_S } from './transaction.ts'
import type { Transaction } from './transaction.ts'

const MERCHANT_ID = '5a4db0c00000000000000001'
const USER_ID = '5a4db0c00000000000000002'
const ADMIN_ID = '5a4db0c00000000000000003'
const SINCE = '2024-01-01T00:00:00.000Z'
const RESERVED_MS = 14 * 86_400_000

/** The e-mail of the user who made every record, as `userEmail` filters it. */
export const USER_EMAIL = 'user@shop.example'

/** `data` of create, detail and cancel. */
export function toTransactionJson(transaction: Transaction) {
  const { id, quote, request, status, sequenceID } = transaction
  const { createdAt, updatedAt, seconds } = times(transaction)
  return {
    _id: id,
    currency: request.currency,
    currencyAmount: request.currencyAmount,
    conversionRate: quote.conversionRate,
    exchangeFee: quote.exchangeFee,
    clientType: 'GATEWAY',
    coin: request.coin,
    network: request.network,
    coinAmount: quote.coinAmount,
    commission: quote.commission,
    cryptomUserId: '2',
    assignedToMerchant: MERCHANT_ID,
    cashierID: '9999',
    status: status as string,
    acceptableThreshold: 1000,
    totalTransferAmount: formatDecimal(sumTransfers(transaction), COIN_SCALE),
    isTransferComplete: isComplete(transaction),
    timestamps: String(seconds),
    timeout: String(seconds + TIMEOUT_S),
    deleted: false,
    date: createdAt,
    createdAt,
    updatedAt,
    sequenceID,
    __v: 0,
    ...reservation(transaction),
    wallet: toWallet(transaction),
    id,
  }
}

/** One of `data.results` of the history: fewer fields, and the merchant and the user in full. */
export function toHistoryJson(transaction: Transaction) {
  const { id, quote, request, status, sequenceID } = transaction
  const { createdAt, updatedAt, seconds } = times(transaction)
  return {
    _id: id,
    currency: request.currency,
    currencyAmount: request.currencyAmount,
    conversionRate: quote.conversionRate,
    clientType: 'GATEWAY',
    coin: request.coin,
    network: request.network,
    coinAmount: quote.coinAmount,
    commission: quote.commission,
    cryptomUserId: '2',
    assignedToMerchant: MERCHANT,
    cashierID: '9999',
    status,
    ...(request.statusNote === undefined ? {} : { statusNote: request.statusNote }),
    ...(request.userMobile === undefined ? {} : { userMobile: request.userMobile }),
    acceptableThreshold: 1000,
    created_by: USER,
    timestamps: String(seconds),
    deleted: false,
    date: createdAt,
    createdAt,
    updatedAt,
    sequenceID,
    __v: 0,
    ...reservation(transaction),
    wallet: toWallet(transaction),
  }
}

/** From when until when the wallet belongs to the transaction. */
export function reservation({ createdMs }: Transaction) {
  return { reservedFrom: iso(createdMs), reservedUntil: iso(createdMs + RESERVED_MS) }
}

type TransactionJson = ReturnType<typeof toTransactionJson>

/** The record with one lie in it, or as it is. */
export function distort(data: TransactionJson, kind: SemanticKind | undefined): TransactionJson {
  return kind === undefined ? data : DISTORTIONS[kind](data)
}

const DISTORTIONS: Readonly<Record<SemanticKind, (data: TransactionJson) => TransactionJson>> = {
  'wrong-amount': (data) => ({
    ...data,
    currencyAmount: plusOne(data.currencyAmount, 2),
    coinAmount: plusOne(data.coinAmount, COIN_SCALE),
  }),
  'wrong-coin': (data) => withWallet({ ...data, coin: data.coin === 'TRX' ? 'USDT' : 'TRX' }),
  'wrong-network': (data) =>
    withWallet({ ...data, network: data.network === 'ETH' ? 'BSC' : 'ETH' }),
  'unknown-status': (data) => ({ ...data, status: 'SETTLED_ELSEWHERE' }),
  'bad-address': (data) => withAddress(data, breakAddress(data.wallet.address)),
  'change-address': (data) => withAddress(data, walletAddress(data.network, `other ${data.id}`)),
}

function plusOne(amount: string, scale: number): string {
  return formatDecimal((parseDecimal(amount, scale) ?? 0n) + 10n ** BigInt(scale), scale)
}

function withWallet(data: TransactionJson): TransactionJson {
  return { ...data, wallet: { ...data.wallet, coin: data.coin, network: data.network } }
}

function withAddress(data: TransactionJson, address: string): TransactionJson {
  return { ...data, wallet: { ...data.wallet, address } }
}

function toWallet({ wallet, request, createdMs }: Transaction) {
  const createdAt = iso(createdMs)
  return {
    ID: rawNumber(wallet.id),
    coin: request.coin,
    network: request.network,
    address: wallet.address,
    createdAt,
    updatedAt: createdAt,
  }
}

function times({ createdMs, updatedMs }: Transaction) {
  const seconds = Math.floor(createdMs / 1000)
  return { createdAt: iso(createdMs), updatedAt: iso(updatedMs), seconds }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

const STAMPS = { date: SINCE, createdAt: SINCE, updatedAt: SINCE }

const MERCHANT = {
  _id: MERCHANT_ID,
  cryptomUserId: '2',
  merchantName: 'Sandbox Shop',
  assignedToUser: USER_ID,
  contactEmail: 'agent@shop.example',
  website: 'shop.example',
  callbackDomain: 'pay.shop.example',
  defaultCallbackDomain: 'pay.shop.example',
  countryCode: 90,
  contactNo: 5_000_000_000,
  securityNo: 1,
  agentName: 'Sandbox Agent',
  status: 'ACTIVE',
  accessType: 'ALL',
  multipleLocation: 'ALL',
  created_by: ADMIN_ID,
  deleted: false,
  ...STAMPS,
  updated_by: ADMIN_ID,
}

const USER = {
  _id: USER_ID,
  email: USER_EMAIL,
  role: 'user',
  status: 'ACTIVE',
  created_by: ADMIN_ID,
  deleted: false,
  ...STAMPS,
}
