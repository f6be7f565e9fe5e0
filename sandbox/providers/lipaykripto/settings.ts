/**
 * What LiPayKripto's documents leave open or contradict each other about, as switches, and what a
 * merchant sets in its dashboard.
 *
 * @module
 */
import { createSettings, oneOf, SWITCH, URL_OR_NONE } from '../../settings.ts'
import type { Settings } from '../../settings.ts'

/** `POST /lipaykripto/settings`. */
export interface LipaykriptoSettings {
  /** Whether `GET /api/paymentcontroller` is there. The document does not know it. */
  readonly statusApi: boolean
  /**
   * `none`: the document's shapes. `raw`, `php`: the shape of the newer document, signed over the
   * compact JSON as sent, or over what PHP's `json_encode` makes of it.
   */
  readonly webhookSigning: 'none' | 'raw' | 'php'
  /** Whether anyone can read the webhook URL in the token of the `paymentUrl`. */
  readonly leakWebhookInToken: boolean
  /** Of unsigned webhooks: the document's, or the one of the SDK's README. */
  readonly withdrawalShape: 'document' | 'sdk'
  /** The "post-payment page"; null: the shopper is thanked and stays. */
  readonly returnPage: string | null
}

const DEFAULTS: LipaykriptoSettings = {
  statusApi: true,
  webhookSigning: 'none',
  leakWebhookInToken: false,
  withdrawalShape: 'document',
  returnPage: null,
}

export function createLipaykriptoSettings(): Settings<LipaykriptoSettings> {
  return createSettings<LipaykriptoSettings>(
    {
      statusApi: SWITCH,
      webhookSigning: oneOf(['none', 'raw', 'php'] as const),
      leakWebhookInToken: SWITCH,
      withdrawalShape: oneOf(['document', 'sdk'] as const),
      returnPage: URL_OR_NONE,
    },
    DEFAULTS,
  )
}
