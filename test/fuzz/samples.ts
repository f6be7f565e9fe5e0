/**
 * A right request of every route, as it is at this moment: what fuzzing begins with.
 * @module
 */
import assert from 'node:assert/strict'
import { MERCHANT_KEY, SHOP } from '../proxy/support.ts'
import { PROVIDER_NAMES } from '../faults/sandbox-control.ts'
import type { World } from '../model/world.ts'

export interface Sample {
  /** `METHOD /path`, as the API's document says it. */
  readonly route: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

const PICKS = [
  { methodId: 'cryptom:USDT:TRON' },
  { methodId: 'redoya' },
  { methodId: 'lipaykripto' },
  { methodId: 'paycrypto:USDT:TRON' },
  {
    methodId: `lincoln:65a0${'1'.padStart(20, '0')}`,
    fields: { [`65f0${'1'.padStart(18, '0')}01`]: 'shopper@shop.example' },
    consent: true,
    returnUrl: `${SHOP}/thanks`,
  },
]

const JSON_TYPE = { 'content-type': 'application/json' }
const FROM_SHOP = { ...JSON_TYPE, origin: SHOP }
const FROM_MERCHANT = { ...JSON_TYPE, authorization: `Bearer ${MERCHANT_KEY}` }
const PAYOUT = {
  provider: 'lipaykripto',
  requestId: 'w-1',
  amount: '100',
  currency: 'TRY',
  asset: 'USDT',
  address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
}

/** Opens a checkout for each way to pay, and picks it; nobody pays. */
export async function sampleRequests(world: World, round: number): Promise<readonly Sample[]> {
  const samples: Sample[] = []
  const add = (
    method: string,
    path: string,
    headers: Sample['headers'],
    body?: unknown,
    name = path,
  ): void => {
    const text =
      typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body)
    samples.push({ route: `${method} ${name}`, method, path, headers, body: text })
  }
  const shops = (path: string, name: string, body?: object): void =>
    add(body ? 'POST' : 'GET', path, FROM_SHOP, body, name)
  const merchants = (path: string, name: string, body?: object): void =>
    add(body ? 'POST' : 'GET', path, FROM_MERCHANT, body, name)

  for (const [index, pick] of PICKS.entries()) {
    const orderToken = await world.token(`F-${round}-${index}`, '300')
    const opened = await world.browse('fuzz', 'POST', '/v1/checkouts', { orderToken })
    assert.ok(opened && opened.status < 300, `no checkout: ${opened?.status} ${opened?.body}`)
    const { id } = JSON.parse(opened.body) as { id: string }
    await world.browse('fuzz', 'POST', `/v1/checkouts/${id}/payments`, pick)
    const own = `/v1/checkouts/${id}`
    shops('/v1/checkouts', '/v1/checkouts', { orderToken })
    shops(own, '/v1/checkouts/{id}')
    shops(`${own}/payments`, '/v1/checkouts/{id}/payments', pick)
    shops(`${own}/sent`, '/v1/checkouts/{id}/sent', { paid: true })
    shops(`${own}/qr`, '/v1/checkouts/{id}/qr')
    if (index === 0) shops(`${own}/cancel`, '/v1/checkouts/{id}/cancel', {})
    merchants(`/v1/merchant${own.slice(3)}`, '/v1/merchant/checkouts/{id}')
    merchants(`/v1/merchant${own.slice(3)}/resolve`, '/v1/merchant/checkouts/{id}/resolve', {
      status: 'failed',
      note: 'nobody paid',
    })
    if (index === 1)
      merchants(`/v1/merchant${own.slice(3)}/cancel`, '/v1/merchant/checkouts/{id}/cancel', {})
  }
  addNotifications(world, add)
  addReturns(world, add)

  const order = { orderId: `M-${round}`, amount: '300', currency: 'TRY', metadata: { a: 'b' } }
  merchants('/v1/merchant/checkouts', '/v1/merchant/checkouts', order)
  merchants('/v1/merchant/checkouts?limit=5&status=pending', '/v1/merchant/checkouts')
  merchants('/v1/merchant/deliveries?status=delivered&limit=5', '/v1/merchant/deliveries')
  const [delivery] = world.rows().deliveries
  merchants(
    `/v1/merchant/deliveries/${delivery?.id}/redeliver`,
    '/v1/merchant/deliveries/{id}/redeliver',
    {},
  )
  merchants('/v1/merchant/payouts', '/v1/merchant/payouts', PAYOUT)
  merchants('/v1/merchant/payouts?limit=3', '/v1/merchant/payouts')
  merchants('/v1/merchant/payouts/w-1', '/v1/merchant/payouts/{id}')
  merchants('/v1/merchant/providers', '/v1/merchant/providers')
  for (const name of PROVIDER_NAMES) {
    const at = `/v1/merchant/providers/${name}`
    merchants(`${at}/methods`, '/v1/merchant/providers/{id}/methods')
    merchants(`${at}/limits`, '/v1/merchant/providers/{id}/limits')
    merchants(`${at}/payments?page=1`, '/v1/merchant/providers/{id}/payments')
    merchants(`${at}/test-webhook`, '/v1/merchant/providers/{id}/test-webhook', {})
  }
  for (const path of [
    '/healthz',
    '/readyz',
    '/openapi.json',
    '/.well-known/jwks.json',
    '/crypto-checkout.js',
    '/metrics',
  ]) {
    add('GET', path, {})
  }
  return samples
}

type Add = (
  method: string,
  path: string,
  headers: Sample['headers'],
  body?: unknown,
  name?: string,
) => void

/** What every provider would notify now, at the payment's own address. */
function addNotifications({ fakes }: World, add: Add): void {
  for (const name of PROVIDER_NAMES) {
    const { notification, listPayments } = fakes.running[name]
    const last = listPayments().at(-1)
    const outgoing = last && notification?.(last.id, undefined)
    if (!outgoing) continue
    const { pathname } = new URL(outgoing.url)
    const headers = { ...outgoing.headers }
    add('POST', pathname, headers, outgoing.body, `/v1/webhooks/${name}/{token}`)
    add('POST', `/v1/webhooks/${name}`, headers, outgoing.body, `/v1/webhooks/${name}`)
  }
}

/** The addresses that shoppers come back to stand in the links that they were shown. */
function addReturns({ sightings }: World, add: Add): void {
  const links = sightings.flatMap(({ instruction }) => (instruction === null ? [] : [instruction]))
  for (const link of links.slice(-5)) {
    const [, payload = ''] = /#[\w-]+\.([\w-]+)\./.exec(link) ?? []
    const [, token] =
      /\/v1\/returns\/([\w-]{43})/.exec(Buffer.from(payload, 'base64url').toString()) ?? []
    if (token === undefined) continue
    add('GET', `/v1/returns/${token}`, {}, undefined, '/v1/returns/{token}')
    add('GET', `/v1/returns/${token}/Ab3dEf6hIj9lMn2p`, {}, undefined, '/v1/returns/{token}/{path}')
  }
}
