/**
 * The exchange engine's authorization and the hash of its notifications.
 *
 * A request: `params = {…query, …body}` as one JSON, in the order in which they are sent;
 * `hash = sha256(sha256(params) + secret)`, both in hex: plain SHA-256 twice, no HMAC.
 * `{"time":"1760000200002","type":"payment","orderUID":"1409","orderSecret":"…"}`
 *
 * A notification (document, "IPN"): `sha256` in hex of
 * `orderId:newStatus:inAmount:outAmount:xml_from:xml_to:timestamp:ipnSecret`, every field as received.
 * @module
 */
import { createHash } from 'node:crypto'

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** `json` is the compact JSON of all parameters, to the letter. */
export const signParams = (json: string, secret: string): string => sha256(sha256(json) + secret)

/** The seven fields that the hash covers; `orderUID` and `toValues` are not among them. */
export interface IpnFields {
  readonly orderId: string
  readonly newStatus: string
  readonly inAmount: string
  readonly outAmount: string
  readonly xmlFrom: string
  readonly xmlTo: string
  readonly timestamp: string
}

export function hashIpn(ipn: IpnFields, ipnSecret: string): string {
  const { orderId, newStatus, inAmount, outAmount, xmlFrom, xmlTo, timestamp } = ipn
  return sha256(
    [orderId, newStatus, inAmount, outAmount, xmlFrom, xmlTo, timestamp, ipnSecret].join(':'),
  )
}
