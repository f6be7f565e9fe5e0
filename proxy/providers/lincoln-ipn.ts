/**
 * Lincoln's notifications: a form, sent once for each change and never again. Where the hash travels is
 * not documented, so every place that it could is looked at.
 *
 * Whatever comes is only a reason to ask for the order. A notification of an order whose making we never
 * heard the end of cannot be asked about: a genuine one is for a person.
 * @module
 */
import { ProxyError } from '../errors.ts'
import { isSameSecret } from '../ids.ts'
import type { WebhookEvent, WebhookReceiver, WebhookRequest } from '../webhook.ts'
import { hashIpn } from './lincoln-signing.ts'
import type { IpnFields } from './lincoln-signing.ts'

/** Strict, and none with a colon: the fields are joined by it before they are hashed. */
const FIELDS = {
  orderId: ['orderId', /^[a-f\d]{24}$/],
  newStatus: ['newStatus', /^[A-Za-z]{2,30}$/],
  inAmount: ['inAmount', /^\d{1,15}(\.\d{1,18})?$/],
  outAmount: ['outAmount', /^\d{1,15}(\.\d{1,18})?$/],
  xmlFrom: ['xml_from', /^[A-Z\d]{2,20}$/],
  xmlTo: ['xml_to', /^[A-Z\d]{2,20}$/],
  timestamp: ['timestamp', /^\d{10,13}$/],
} as const satisfies Record<keyof IpnFields, readonly [string, RegExp]>

const HASH_FIELDS = ['hash', 'sign', 'signature', 'checksum']

export function createLincolnWebhook(hashField: string | undefined): WebhookReceiver {
  return {
    authenticity: 'signed',
    isRepeated: false,
    verify: async (request) => [readIpn(request, hashField)],
    acknowledge: () => new Response('ok', { headers: { 'content-type': 'text/plain' } }),
  }
}

function readIpn(request: WebhookRequest, hashField: string | undefined): WebhookEvent {
  const { payment } = request
  if (!payment) throw new ProxyError('not_found')
  const form = new URLSearchParams(request.body)
  if (hasDoubled(form, hashField)) throw new ProxyError('invalid_request', 'a field came twice')
  const ipn = readFields(form)
  const known = payment.private['orderId']
  if (!ipn || (known !== undefined && known !== ipn.orderId)) throw new ProxyError('not_found')
  if (known !== undefined) return {}
  if (!isGenuine(request, form, ipn, hashField, payment.secret)) throw new ProxyError('not_found')
  return {
    update: {
      status: 'review',
      reason: 'conflict',
      providerStatus: ipn.newStatus,
      note: `order ${ipn.orderId}: its making was never answered`,
    },
  }
}

/** Of two values one would be checked and the other used, by somebody. */
function hasDoubled(form: URLSearchParams, hashField = ''): boolean {
  const used = [...Object.values(FIELDS).map(([key]) => key), ...HASH_FIELDS, hashField]
  return used.some((name) => form.getAll(name).length > 1)
}

/** Undefined where a field is missing or not of its form. */
function readFields(form: URLSearchParams): IpnFields | undefined {
  const entries = Object.entries(FIELDS).map(([name, [key, pattern]]) => {
    const value = form.get(key)
    return [name, value !== null && pattern.test(value) ? value : null]
  })
  if (entries.some(([, value]) => value === null)) return undefined
  return Object.fromEntries(entries) as IpnFields
}

function isGenuine(
  { headers, query }: WebhookRequest,
  form: URLSearchParams,
  ipn: IpnFields,
  hashField: string | undefined,
  secret: string,
): boolean {
  const expected = hashIpn(ipn, secret)
  const names = hashField === undefined ? HASH_FIELDS : [hashField]
  const found = names.flatMap((name) => [form.get(name), query.get(name), headers.get(name)])
  return found.some(
    (value) => value !== null && /^[a-f\d]{64}$/.test(value) && isSameSecret(value, expected),
  )
}
