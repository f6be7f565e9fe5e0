/**
 * Lincoln's IPN ("Уведомление об изменении статуса"): a form, sent once for every change of a status
 * and never again.
 *
 * Nobody says where its hash travels: `ipnHashIn` and `ipnHashName` of the settings do here. The hash
 * covers neither `orderUID` nor `toValues`.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { formatDecimal, parseDecimal } from '../../decimal.ts'
import type { Order } from './order.ts'
import type { LincolnSettings } from './settings.ts'

/** The hashed fields, in their order, as they stand in the form. */
export interface IpnFields {
  readonly orderId: string
  readonly newStatus: string
  readonly inAmount: string
  readonly outAmount: string
  readonly xml_from: string
  readonly xml_to: string
  /** Epoch milliseconds: the document says unix time, and its sample has 13 digits. */
  readonly timestamp: string
}

/** An IPN, ready to go. */
export interface Ipn {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

type Placing = Pick<LincolnSettings, 'ipnHashIn' | 'ipnHashName'>

/** `orderId:newStatus:inAmount:outAmount:xml_from:xml_to:timestamp:ipnSecret` */
export function hashIpn(fields: IpnFields, ipnSecret: string): string {
  const { orderId, newStatus, inAmount, outAmount, xml_from: from, xml_to: to, timestamp } = fields
  const text = [orderId, newStatus, inAmount, outAmount, from, to, timestamp, ipnSecret].join(':')
  return createHash('sha256').update(text).digest('hex')
}

/** The IPN of an order as it is now. Without an ipnSecret it has no hash. */
export function createIpn(order: Order, url: string, nowMs: number, placing: Placing): Ipn {
  const { ipnSecret } = order.request
  const fields = readFields(order, nowMs)
  const hash = ipnSecret === undefined ? undefined : hashIpn(fields, ipnSecret)
  return place(url, toForm(order, fields), hash, placing)
}

/** The same as a stranger would send it: paid in full and more, under a hash that cannot fit. */
export function forgeIpn(order: Order, nowMs: number, placing: Placing): Omit<Ipn, 'url'> {
  const { decimal } = order.request.route.from.currency
  const more = (parseDecimal(order.inAmount, decimal) ?? 0n) + 10n ** BigInt(decimal)
  const inAmount = formatDecimal(more, decimal)
  const fields = { ...readFields(order, nowMs), newStatus: 'done', inAmount }
  const { headers, body } = place('', toForm(order, fields), hashIpn(fields, 'a guess'), placing)
  return { headers, body }
}

function readFields({ id, status, inAmount, outAmount, request }: Order, nowMs: number): IpnFields {
  return {
    orderId: id,
    newStatus: status,
    inAmount,
    outAmount,
    xml_from: request.route.from.currency.xml,
    xml_to: request.route.to.currency.xml,
    timestamp: String(nowMs),
  }
}

function toForm({ uid, request }: Order, fields: IpnFields): URLSearchParams {
  const form = new URLSearchParams({ orderUID: String(uid), ...fields })
  for (const [index, { field, value }] of request.toValues.entries()) {
    form.append(`toValues[${index}][key]`, field._id)
    form.append(`toValues[${index}][name]`, field.name)
    form.append(`toValues[${index}][value]`, value)
  }
  return form
}

function place(
  url: string,
  form: URLSearchParams,
  hash: string | undefined,
  { ipnHashIn, ipnHashName }: Placing,
): Ipn {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const ipn = { url, headers, body: form.toString() }
  if (hash === undefined || ipnHashIn === 'none') return ipn
  if (ipnHashIn === 'header') return { ...ipn, headers: { ...headers, [ipnHashName]: hash } }
  if (ipnHashIn === 'body') return { ...ipn, body: `${ipn.body}&${ipnHashName}=${hash}` }
  return { ...ipn, url: `${url}${url.includes('?') ? '&' : '?'}${ipnHashName}=${hash}` }
}
