/**
 * For every failpoint the flows that come by it. The first of each runs with the tests, all of them in
 * the long form. Each leaves its order paid.
 * @module
 */
import assert from 'node:assert/strict'
import type { Failpoint } from '../../../proxy/failpoints.ts'
import { becomes } from '../crowd.ts'
import type { ProviderName } from '../sandbox-control.ts'
import type { Stage } from '../stage.ts'

export type Flow = (stage: Stage) => Promise<void>

const ADDRESS = 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq'

/** Dies while a payment is made; the shopper comes back, picks again and pays. */
const whileMaking =
  (point: Failpoint, provider: ProviderName, count = 1): Flow =>
  async (stage) => {
    const checkout = await stage.open()
    await stage.dieAt(point, () => stage.pick(checkout, provider), count)
    await stage.pay(await stage.show(checkout, provider))
    await stage.becomes(checkout, 'paid')
  }

/** Dies when it has everything stored: the reload shows what the shopper never saw. */
const whileShowing =
  (provider: ProviderName): Flow =>
  async (stage) => {
    const checkout = await stage.open()
    await stage.dieAt('payment_shown', () => stage.pick(checkout, provider))
    const reloaded = await stage.look(checkout)
    assert.ok(reloaded?.payment?.nextAction, 'the reload shows nothing')
    await stage.pay(await stage.show(checkout, provider))
    await stage.becomes(checkout, 'paid')
  }

/** Dies while a notification is taken in; the provider repeats it, or does not. */
const whileNotified =
  (point: Failpoint, provider: ProviderName): Flow =>
  async (stage) => {
    const checkout = await stage.open()
    const shown = await stage.show(checkout, provider)
    await stage.world.sandbox.notify(provider, 'hold')
    await stage.pay(shown)
    await stage.world.sandbox.clearNotify()
    const held = await stage.held(shown)
    assert.ok(held.length > 0, 'nothing was notified')
    await stage.dieAt(point, () => stage.send(held))
    await stage.becomes(checkout, 'paid')
  }

const whileCanceling: Flow = async (stage) => {
  const checkout = await stage.open()
  await stage.show(checkout, 'cryptom')
  await stage.dieAt('payment_canceled', () => stage.post(`/v1/checkouts/${checkout.id}/cancel`))
  await stage.becomes(checkout, 'pending')
  await stage.pay(await stage.show(checkout, 'redoya'))
  await stage.becomes(checkout, 'paid')
}

/** Another method is picked: the old payment is canceled at its provider. */
const whileReplacing: Flow = async (stage) => {
  const checkout = await stage.open()
  await stage.show(checkout, 'cryptom')
  await stage.dieAt('payment_canceled', () => stage.pick(checkout, 'redoya'))
  await stage.pay(await stage.show(checkout, 'redoya'))
  await stage.becomes(checkout, 'paid')
}

const whileAsking =
  (provider: ProviderName): Flow =>
  async (stage) => {
    const checkout = await stage.open()
    const shown = await stage.show(checkout, provider)
    await stage.world.sandbox.notify(provider, 'lose')
    await stage.pay(shown)
    await stage.world.sandbox.clearNotify()
    await stage.world.advance(20_000)
    await stage.dieAt('payment_asked', () => stage.look(checkout))
    await stage.becomes(checkout, 'paid')
  }

/** The shopper comes back with what was paid, and nobody was asked about it yet. */
const whileReturning: Flow = async (stage) => {
  const checkout = await stage.open()
  const shown = await stage.show(checkout, 'redoya')
  await stage.dieAt('claim_kept', () => stage.pay(shown, 'once'))
  await stage.becomes(checkout, 'paid')
}

const whileTelling =
  (point: Failpoint): Flow =>
  async (stage) => {
    const checkout = await stage.open()
    await stage.dieAt(point, () => stage.pick(checkout, 'redoya'))
    await stage.pay(await stage.show(checkout, 'redoya'))
    await stage.becomes(checkout, 'paid')
  }

interface Payout {
  readonly status: string
}

/** Asked for once more after the death, it is not made once more. */
const whilePayingOut =
  (point: Failpoint, isMade: boolean): Flow =>
  async (stage) => {
    const requestId = `W-${point}`
    const order = {
      provider: 'lipaykripto',
      requestId,
      amount: '100.00',
      currency: 'TRY',
      asset: 'TRX',
      address: ADDRESS,
    }
    await stage.dieAt(point, () => stage.merchant('POST', '/payouts', order))
    const again = await stage.merchant<Payout>('POST', '/payouts', order)
    assert.equal(again?.status, 'unknown')
    if (!isMade) return
    await stage.world.sandbox.act('lipaykripto', `withdrawal:${requestId}`, 'confirm')
    // The notification travels by itself.
    const isConfirmed = await becomes(async () => {
      const after = await stage.merchant<Payout>('GET', `/payouts/${requestId}`)
      return after?.status === 'confirmed'
    }, 3000)
    assert.ok(isConfirmed, 'the payout is not confirmed')
  }

export const FLOWS: Readonly<Record<Failpoint, Readonly<Record<string, Flow>>>> = {
  intent_stored: {
    paycrypto: whileMaking('intent_stored', 'paycrypto'),
    cryptom: whileMaking('intent_stored', 'cryptom'),
    lipaykripto: whileMaking('intent_stored', 'lipaykripto'),
    lincoln: whileMaking('intent_stored', 'lincoln'),
    redoya: whileMaking('intent_stored', 'redoya'),
  },
  payment_created: {
    cryptom: whileMaking('payment_created', 'cryptom'),
    paycrypto: whileMaking('payment_created', 'paycrypto'),
    lipaykripto: whileMaking('payment_created', 'lipaykripto'),
    lincoln: whileMaking('payment_created', 'lincoln'),
    redoya: whileMaking('payment_created', 'redoya'),
  },
  payment_shown: {
    lipaykripto: whileShowing('lipaykripto'),
    cryptom: whileShowing('cryptom'),
    lincoln: whileShowing('lincoln'),
  },
  payment_canceled: { 'by the shopper': whileCanceling, 'by another pick': whileReplacing },
  webhook_verified: {
    lipaykripto: whileNotified('webhook_verified', 'lipaykripto'),
    paycrypto: whileNotified('webhook_verified', 'paycrypto'),
    lincoln: whileNotified('webhook_verified', 'lincoln'),
  },
  webhook_stored: {
    paycrypto: whileNotified('webhook_stored', 'paycrypto'),
    lipaykripto: whileNotified('webhook_stored', 'lipaykripto'),
    lincoln: whileNotified('webhook_stored', 'lincoln'),
  },
  claim_kept: { redoya: whileReturning },
  payment_asked: { cryptom: whileAsking('cryptom'), lincoln: whileAsking('lincoln') },
  fact_written: {
    'of a notification': whileNotified('fact_written', 'lipaykripto'),
    'of an intent': whileMaking('fact_written', 'cryptom', 1),
    'of an answer': whileMaking('fact_written', 'cryptom', 2),
  },
  delivery_claimed: { 'of a pick': whileTelling('delivery_claimed') },
  delivery_sent: { 'of a pick': whileTelling('delivery_sent') },
  payout_stored: { lipaykripto: whilePayingOut('payout_stored', false) },
  payout_sent: { lipaykripto: whilePayingOut('payout_sent', true) },
}
