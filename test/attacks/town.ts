/**
 * The other checkouts of the shop: every provider in every state that a checkout can be in, of shoppers
 * who do nothing while attacks are played. None of them may change.
 * @module
 */
import assert from 'node:assert/strict'
import type { Checkout } from '../../protocol/payment.ts'
import { PROVIDERS } from '../proxy/shop.ts'
import type { ProviderName } from '../proxy/shop.ts'
import type { Request } from './send.ts'
import { CHEAP, DEAR } from './stage.ts'
import type { Begun, Stage } from './stage.ts'

export interface Quarter {
  /** Nothing was picked yet. */
  readonly choosing: Checkout
  readonly pending: Begun
  /** Another shopper's, at the same price. */
  readonly twin: Begun
  /** Another shopper's, at a higher price, unpaid. */
  readonly dear: Begun
  /** The attacker's own, cheap and honestly paid; `proof` is what the provider sent for it. */
  readonly paid: Begun & { readonly proof: Request }
  readonly canceled: Begun
  readonly expired: Begun
  readonly review: Begun
  readonly processing?: Begun
  /** Its making was never answered. */
  readonly lost?: Checkout
}

export type Town = Partial<Record<ProviderName, Quarter>>

type Builder = Omit<Stage, 'town' | 'close'>

const DAY_MS = 24 * 60 * 60_000

export async function buildTown(stage: Builder): Promise<Town> {
  const { shop } = stage
  const expired = new Map<ProviderName, Begun>()
  for (const provider of PROVIDERS) expired.set(provider, await stage.begin(provider))
  shop.clock.advance(DAY_MS + 2 * 60 * 60_000)
  for (const { checkout } of expired.values()) await shop.becomes(checkout, 'expired')
  const town: Town = {}
  for (const provider of PROVIDERS) {
    town[provider] = await buildQuarter(stage, provider, expired.get(provider) ?? assert.fail())
  }
  return town
}

async function buildQuarter(
  stage: Builder,
  provider: ProviderName,
  expired: Begun,
): Promise<Quarter> {
  const { shop } = stage
  const canceled = await stage.begin(provider)
  await shop.request('POST', `/v1/checkouts/${canceled.checkout.id}/cancel`, {})
  const quarter = {
    choosing: await shop.open(),
    pending: await stage.begin(provider),
    twin: await stage.begin(provider),
    dear: await stage.begin(provider, DEAR),
    paid: await buildPaid(stage, provider),
    canceled,
    expired,
    review: await buildReview(stage, provider),
  }
  const processing = await buildProcessing(stage, provider)
  const lost = await buildLost(stage, provider)
  return { ...quarter, ...(processing && { processing }), ...(lost && { lost }) }
}

const PAY: Readonly<Record<ProviderName, string>> = {
  cryptom: 'pay',
  lipaykripto: 'confirm',
  paycrypto: 'success',
  lincoln: 'done',
  redoya: '',
}

async function buildPaid({ shop, ...stage }: Builder, provider: ProviderName) {
  const begun = await stage.begin(provider, CHEAP)
  const proof = await prove()
  await shop.becomes(begun.checkout, 'paid')
  return { ...begun, proof }

  async function prove(): Promise<Request> {
    if (provider === 'redoya') {
      const path = `${begun.back}/${await stage.payByCard(begun)}`
      return deliver({ method: 'GET', path, headers: {} })
    }
    if (provider === 'cryptom') {
      await shop.play(provider, begun.payment.ref, PAY[provider])
      const path = `/v1/checkouts/${begun.checkout.id}/sent`
      const headers = { 'content-type': 'application/json' }
      return deliver({ method: 'POST', path, headers, body: '{}' })
    }
    return deliver(await stage.catchNotice(begun, PAY[provider]))
  }

  async function deliver(request: Request): Promise<Request> {
    shop.clock.advance(4000)
    await stage.sender.send(request)
    return request
  }
}

/** Waits for a person: part of the money, another amount, a hold. */
async function buildReview({ shop, ...stage }: Builder, provider: ProviderName): Promise<Begun> {
  const leak = (leakWebhookInToken: boolean) =>
    shop.control('POST', '/lipaykripto/settings', { leakWebhookInToken })
  if (provider === 'lipaykripto') await leak(true)
  const begun = await stage.begin(provider)
  if (provider === 'lipaykripto') await leak(false)
  if (provider === 'cryptom') {
    await shop.play(provider, begun.payment.ref, 'pay-part')
    await shop.play(provider, begun.payment.ref, 'timeout')
    shop.clock.advance(4000)
    await shop.request('POST', `/v1/checkouts/${begun.checkout.id}/sent`, {})
  } else if (provider === 'redoya') {
    const id = await stage.payByCard(begun, 'success', { payment_amount: '29900' })
    await shop.request('GET', `${begun.back}/${id}`)
  } else {
    const action = { lipaykripto: 'confirm', paycrypto: 'abnormal', lincoln: 'hold' }[provider]
    await stage.sender.send(await stage.catchNotice(begun, action))
  }
  await shop.becomes(begun.checkout, 'review')
  return begun
}

async function buildProcessing({ shop, ...stage }: Builder, provider: ProviderName) {
  if (provider === 'redoya' || provider === 'lipaykripto') return undefined
  const begun = await stage.begin(provider)
  const action = { cryptom: 'pay-part', paycrypto: 'confirming', lincoln: 'in-progress' }[provider]
  await shop.play(provider, begun.payment.ref, action)
  shop.clock.advance(4000)
  await shop.request('POST', `/v1/checkouts/${begun.checkout.id}/sent`, {})
  await shop.becomes(begun.checkout, 'processing')
  return begun
}

/** Only of those who cannot be asked what became of it. */
async function buildLost({ shop }: Builder, provider: ProviderName) {
  if (provider !== 'lincoln' && provider !== 'lipaykripto') return undefined
  const operation = provider === 'lipaykripto' ? 'payment' : 'create'
  await shop.breakNext(provider, operation, 'status-500', { afterEffect: true })
  const checkout = await shop.open({ methods: [provider] })
  await shop.pick(checkout, provider)
  await shop.paymentBecomes(checkout, -1, 'review', 'unconfirmed')
  return checkout
}
