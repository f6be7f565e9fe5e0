/**
 * One way to pay for each provider, from the order to a payment that is shown.
 * @module
 */
import assert from 'node:assert/strict'
import type { OrderToSign } from '../../merchant/index.ts'
import type { NextAction } from '../../protocol/payment.ts'
import { becomes } from './crowd.ts'
import type { ProviderName } from './sandbox-control.ts'
import type { Shoppers } from './shopper.ts'

/** A method of each provider. */
export const METHODS: Readonly<Record<ProviderName, string>> = {
  cryptom: 'cryptom:USDT:TRON',
  redoya: 'redoya',
  lipaykripto: 'lipaykripto',
  paycrypto: 'paycrypto:USDT:TRON',
  lincoln: `lincoln:65a0${'1'.padStart(20, '0')}`,
}

const LIRAS = { amount: '300.00', currency: 'TRY' }
const DOLLARS = { amount: '12.50', currency: 'USDT' }

/** An order that every provider can charge; `only` leaves one of them. */
export const orderOf = (orderId: string, only?: ProviderName): OrderToSign => ({
  orderId,
  ...LIRAS,
  alternatives: [DOLLARS],
  ...(only && { methods: [METHODS[only]] }),
})

/** A payment on a shopper's screen. */
export interface Shown {
  readonly provider: ProviderName
  readonly checkoutId: string
  readonly paymentId: string
  readonly nextAction: NextAction
}

/** Opens the order and picks the provider's method, in as many tries as it takes. */
export async function showPayment(
  shoppers: Shoppers,
  orderId: string,
  provider: ProviderName,
): Promise<Shown> {
  const shown = await tryPayment(shoppers, orderId, provider, PATIENCE_MS)
  assert.ok(shown, `${provider} showed nothing for ${orderId}`)
  return shown
}

const PATIENCE_MS = 30_000

/** The same, where a shopper may give up: undefined where nothing was shown in time. */
export async function tryPayment(
  shoppers: Shoppers,
  orderId: string,
  provider: ProviderName,
  patienceMs: number,
): Promise<Shown | undefined> {
  const opened = await shoppers.open(orderOf(orderId, provider))
  let shown: Shown | undefined
  await becomes(async () => {
    const { checkout } = await shoppers.pick(opened, METHODS[provider])
    const payment = checkout?.payment
    if (!payment?.nextAction) return false
    const { nextAction, id: paymentId } = payment
    shown = { provider, checkoutId: opened.id, paymentId, nextAction }
    return true
  }, patienceMs)
  return shown
}
