/**
 * The tables, as Kysely types. The same on SQLite and PostgreSQL: ids, JSON and decimals are text, times
 * are epoch milliseconds in a 64-bit integer, booleans are 0 or 1.
 * @module
 */
import type { PriceSource } from '../../protocol/payment.ts'
import type { FactKind } from '../../protocol/projection.ts'
import type { Assurance, PaymentStatus, Reason } from '../../protocol/status.ts'
import type { PayoutStatus } from '../payout.ts'
import type { DeliveryStatus } from '../records.ts'

export interface CheckoutRow {
  id: string
  source: PriceSource
  order_id: string
  prices: string
  description: string | null
  locale: string | null
  customer: string
  urls: string
  metadata: string
  methods: string
  is_test: number
  status: PaymentStatus
  reason: Reason | null
  is_canceled: number
  receipt: string | null
  version: number
  view: string
  is_watched: number
  expires_at: number
  created_at: number
  updated_at: number
}

export interface PaymentRow {
  id: string
  checkout_id: string
  provider: string
  method: string
  price_amount: string
  price_currency: string
  ref: string | null
  next_action: string | null
  is_cancelable: number
  is_shown: number
  is_superseded: number
  status: PaymentStatus
  reason: Reason | null
  received_amount: string | null
  received_currency: string | null
  assurance: Assurance | null
  paid_at: number | null
  provider_status: string | null
  return_hash: string
  webhook_hash: string
  is_webhook_exposed: number
  private: string
  return_page: string | null
  expires_at: number | null
  checked_at: number | null
  hinted_at: number | null
  next_check_at: number | null
  created_at: number
}

/** A provider's id that came back to a payment's return address. */
export interface ClaimRow {
  provider: string
  ref: string
  payment_id: string
  created_at: number
  /** When its final answer came; null while it is asked about. */
  settled_at: number | null
}

export interface FactRow {
  id: string
  payment_id: string
  at: number
  kind: FactKind
  status: PaymentStatus
  reason: Reason | null
  received_amount: string | null
  received_currency: string | null
  assurance: Assurance | null
  provider_status: string | null
  note: string | null
}

export interface PayoutRow {
  request_id: string
  provider: string
  amount: string
  currency: string
  asset: string
  address: string
  status: PayoutStatus
  ref: string | null
  provider_status: string | null
  webhook_hash: string
  created_at: number
  updated_at: number
}

/** Who may do what at a time, and how often it was done: `counter` only rises. */
export interface LeaseRow {
  name: string
  holder: string
  until: number
  counter: number
}

/** Provider events that were taken, each once. */
export interface EventRow {
  provider: string
  event_id: string
  digest: string
  at: number
}

/** The outbox: what the merchant is to be told. */
export interface DeliveryRow {
  id: string
  checkout_id: string
  version: number
  type: string
  body: string
  status: DeliveryStatus
  attempts: number
  next_at: number | null
  expires_at: number
  answer: string | null
  created_at: number
  delivered_at: number | null
}

export interface SigningKeyRow {
  kid: string
  public_key: string
  sealed: string
  created_at: number
}

export interface Tables {
  checkouts: CheckoutRow
  payments: PaymentRow
  claims: ClaimRow
  facts: FactRow
  payouts: PayoutRow
  leases: LeaseRow
  events: EventRow
  deliveries: DeliveryRow
  signing_keys: SigningKeyRow
}

/** All of them, none before one that it refers to. */
export const TABLES: readonly (keyof Tables)[] = [
  'checkouts',
  'payments',
  'claims',
  'facts',
  'payouts',
  'leases',
  'events',
  'deliveries',
  'signing_keys',
]

/** Columns by name, where a database has to be told them. */
export const PAYMENT_COLUMNS = [
  'id',
  'checkout_id',
  'provider',
  'method',
  'price_amount',
  'price_currency',
  'ref',
  'next_action',
  'is_cancelable',
  'is_shown',
  'is_superseded',
  'status',
  'reason',
  'received_amount',
  'received_currency',
  'assurance',
  'paid_at',
  'provider_status',
  'return_hash',
  'webhook_hash',
  'is_webhook_exposed',
  'private',
  'return_page',
  'expires_at',
  'checked_at',
  'hinted_at',
  'next_check_at',
  'created_at',
] as const satisfies readonly (keyof PaymentRow)[]

export const CLAIM_COLUMNS = [
  'provider',
  'ref',
  'payment_id',
  'created_at',
  'settled_at',
] as const satisfies readonly (keyof ClaimRow)[]

export const FACT_COLUMNS = [
  'id',
  'payment_id',
  'at',
  'kind',
  'status',
  'reason',
  'received_amount',
  'received_currency',
  'assurance',
  'provider_status',
  'note',
] as const satisfies readonly (keyof FactRow)[]
