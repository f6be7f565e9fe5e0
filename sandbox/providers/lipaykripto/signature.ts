/**
 * LiPayKripto's signatures: of a withdrawal request ("Creating the HMAC Signature"), and of the
 * webhooks of the newer document. All are hex( HMAC-SHA256 ), lower case.
 *
 *     100.00test12345WITHDRAW_123TXBCD12345...TRXhttps://example.com/webhook2025-04-20T14:30:00Z
 *
 * @module
 */
import { createHmac } from 'node:crypto'

/** What is signed of a withdrawal. `tryAmount` is the number literal of the body. */
export interface WithdrawalFields {
  readonly tryAmount: string
  readonly clientId: string
  readonly requestId: string
  readonly walletAddress: string
  readonly coinType: string
  readonly webhookUrl: string
  readonly createdAt: string
}

/** The seven fields in the document's order, with nothing between them. */
export function withdrawalSigningString(fields: WithdrawalFields): string {
  const { tryAmount, clientId, requestId, walletAddress, coinType, webhookUrl, createdAt } = fields
  return [
    tryAmount,
    clientId,
    requestId,
    walletAddress,
    coinType.toUpperCase(),
    webhookUrl,
    createdAt,
  ].join('')
}

/** How a webhook's members become the text that is signed. */
export const WEBHOOK_TEXTS = {
  raw: (members: object) => JSON.stringify(members),
  php: (members: object) => phpJson(members),
} as const

/** PHP's `json_encode`: slashes and all that is not ASCII are escaped, UTF-16 unit by unit. */
export function phpJson(value: object): string {
  const escapeUnit = (unit: string): string =>
    `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`
  return JSON.stringify(value)
    .replaceAll('/', String.raw`\/`)
    .replaceAll(/[\u0080-\uFFFF]/g, escapeUnit)
}

/** Lower-case hex. */
export function sign(text: string, secret: string): string {
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex')
}
