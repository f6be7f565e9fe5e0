/**
 * LiPayKripto's webhooks, in every shape that its documents show:
 *
 * | shape | members |
 * |---|---|
 * | document, payment | `try_amount` (number), `client_id`, `payment_id`, `status` |
 * | document, withdrawal | `success`, `clientId`, `status`, `tryAmount` (number), `requestId` |
 * | SDK's README, withdrawal | the same, `tryAmount` a text, other words for the status |
 * | newer document, both | `success`, `clientId`, `status`, `tryAmount` (text), `paymentId`, `signature` |
 *
 * A 200 is an acknowledgement. Otherwise it is sent again "at specific intervals"; the numbers are
 * ours: after 5 s, 30 s, 2 min, 10 min and 1 h.
 *
 * @module
 */
import { rawNumber } from '../../json.ts'
import type { Outgoing } from '../../notifier.ts'
import type { LipaykriptoSettings } from './settings.ts'
import { sign, WEBHOOK_TEXTS } from './signature.ts'

/** What a webhook is about. */
export interface Subject {
  readonly kind: 'payment' | 'withdrawal'
  /** The id in the control API. */
  readonly id: string
  /** The merchant's own id of it. */
  readonly reference: string
  readonly status: string
  /** Lira, with two decimals. */
  readonly tryAmount: string
  readonly webhookUrl: string
}

/** Who sends it, and how. */
export interface Sender {
  readonly clientId: string
  readonly webhookSecret: string
  readonly settings: LipaykriptoSettings
}

const RETRY_DELAYS_MS = [5000, 30_000, 120_000, 600_000, 3_600_000]
const HEADERS = { 'content-type': 'application/json' }

/** The webhook; forged: another amount under the signature of the true one. */
export function toWebhook(subject: Subject, sender: Sender): Outgoing {
  const { id, webhookUrl, tryAmount } = subject
  const { webhookSecret } = sender
  const { webhookSigning } = sender.settings
  const write = (amount: string): string => {
    if (webhookSigning === 'none') return JSON.stringify(unsigned(subject, sender, amount))
    const members = signable(subject, sender.clientId, amount)
    const truth = WEBHOOK_TEXTS[webhookSigning](signable(subject, sender.clientId, tryAmount))
    return JSON.stringify({ ...members, signature: sign(truth, webhookSecret) })
  }
  return {
    provider: 'lipaykripto',
    paymentId: id,
    url: webhookUrl,
    headers: HEADERS,
    body: write(tryAmount),
    isAcknowledged: (status) => status === 200,
    retryDelaysMs: RETRY_DELAYS_MS,
    forge: () => ({ headers: HEADERS, body: write(`9${tryAmount}`) }),
  }
}

/** The SDK's README has its own words for a withdrawal's status. */
const SDK_STATUSES: Readonly<Record<string, string>> = {
  confirmed: 'completed',
  manual_process: 'manual',
}

function unsigned(subject: Subject, sender: Sender, amount: string): object {
  const { kind, reference, status } = subject
  const { clientId, settings } = sender
  if (kind === 'payment') {
    return { try_amount: rawNumber(amount), client_id: clientId, payment_id: reference, status }
  }
  if (settings.withdrawalShape === 'sdk') {
    const word = SDK_STATUSES[status] ?? status
    return { success: true, clientId, status: word, tryAmount: amount, requestId: reference }
  }
  const tryAmount = rawNumber(amount)
  return { success: true, clientId, status, tryAmount, requestId: reference }
}

function signable({ reference, status }: Subject, clientId: string, tryAmount: string): object {
  return { success: true, clientId, status, tryAmount, paymentId: reference }
}
