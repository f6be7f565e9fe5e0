/**
 * A merchant's money to a wallet: what an adapter must be able to do, and how a payout is told.
 * @module
 */
import type { WebhookRequest } from './webhook.ts'

/**
 * `unknown`: the provider may or may not have it. It is never tried again by itself.
 * `review`: the provider handles it by hand.
 */
export type PayoutStatus = 'created' | 'pending' | 'review' | 'confirmed' | 'failed' | 'unknown'

export interface PayoutRequest {
  /** The merchant's own id of it: one provider call for each, ever. */
  readonly requestId: string
  /** Decimal text, exactly as the merchant wrote it. */
  readonly amount: string
  readonly currency: string
  readonly asset: string
  readonly address: string
  readonly webhookUrl: string
}

export interface PayoutUpdate {
  readonly ref?: string
  readonly status: PayoutStatus
  readonly providerStatus: string
}

export interface PayoutRef {
  readonly requestId: string
  readonly amount: string
  readonly ref: string | null
}

export interface PayoutProvider {
  readonly currencies: readonly string[]
  readonly assets: readonly string[]
  /** Whether `address` is a wallet of the asset's network, checksum included. */
  isWallet(asset: string, address: string): boolean
  create(request: PayoutRequest): Promise<PayoutUpdate>
  get?(payout: PayoutRef): Promise<PayoutUpdate>
  /** Checks a notification that came to the payout's own address; undefined: ask instead. */
  verifyWebhook(request: WebhookRequest, payout: PayoutRef): Promise<PayoutUpdate | undefined>
}
