/**
 * What each adapter makes of its provider's answer, through its own HTTP call: "paid" only where the
 * answer is about this payment, of its price, in its mode (I1, I12, I13).
 * @module
 */
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import type { PaymentRef, PaymentUpdate, Provider, ProviderFactory } from '../../proxy/provider.ts'
import { cryptom } from '../../proxy/providers/cryptom.ts'
import { lincoln } from '../../proxy/providers/lincoln.ts'
import { lipaykripto } from '../../proxy/providers/lipaykripto.ts'
import { paycrypto } from '../../proxy/providers/paycrypto.ts'
import { redoya } from '../../proxy/providers/redoya.ts'
import { testContext } from '../proxy/support.ts'
import { choices } from './facts.ts'
import { slowProperty } from './property.ts'
import type { Property } from './property.ts'
import { NOW, paymentOf } from './records.ts'

const GATE_RUNS = 3000
const ID = 'a'.repeat(32)
const REF = 'b'.repeat(24)
const ADDRESS = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
const BASE = 'http://localhost:1'

/** An adapter whose next answer is what `says` holds. */
function stage(create: ProviderFactory): { provider: Provider; says: (body: unknown) => void } {
  let next: unknown
  const answer = async (input: string | URL | Request): Promise<Response> =>
    Response.json(
      String(input instanceof Request ? input.url : input).endsWith('/auth')
        ? { status: true, accessToken: 't', expiresIn: { accessToken: NOW + 3_600_000 } }
        : next,
    )
  const provider = create(testContext(() => NOW, { fetch: answer }))
  return { provider, says: (body) => void (next = body) }
}

const reference = (more: Partial<PaymentRef> = {}): PaymentRef => {
  const { method, price } = paymentOf(ID, []).payment
  return {
    paymentId: ID,
    ref: REF,
    claim: null,
    expiresAt: null,
    price,
    method,
    nextAction: null,
    createdAt: NOW - 60_000,
    private: {},
    secret: 's'.repeat(43),
    isWebhookExposed: false,
    ...more,
  }
}

const isPaid = async (asked: Promise<PaymentUpdate | null | undefined> | undefined) =>
  (await asked?.catch(() => undefined))?.status === 'paid'

/** A choice for each of several things; the first of each is the right one. */
const anyChoices = fc.nat(2 ** 31 - 1)

const SIXTEEN = 'Ab3dEf6hIj9lMn2p'
const WEBHOOK_SECRET = 'webhook-secret-of-a-test'

export function verdictProperties(): readonly Property[] {
  const atCryptom = stage(
    cryptom({
      baseUrl: BASE,
      email: 'a@shop.example',
      password: 'pass word 1',
      assets: 'USDT@TRX',
    }),
  )
  const atRedoya = stage(
    redoya({
      baseUrl: BASE,
      identifier: 'identifier-0123456789',
      secret: 'own secret 1',
      testMode: false,
    }),
  )
  const atPaycrypto = stage(
    paycrypto({ baseUrl: BASE, apiKey: 'apikey-0123456789', apiSecret: 'own secret 2' }),
  )
  const atLincoln = stage(
    lincoln({ baseUrl: BASE, apiKey: 'apikey-0123456789', apiSecret: 'own secret 3' }),
  )
  const lipayOptions = { baseUrl: BASE, clientId: 'client-1', clientSecret: 'own secret 4' }
  const atLipay = stage(lipaykripto({ ...lipayOptions, statusApiKey: 'own secret 5' }))
  const unsignedLipay = stage(lipaykripto({ ...lipayOptions, unsignedMax: '500' }))
  const signedLipay = stage(lipaykripto({ ...lipayOptions, webhookSecret: WEBHOOK_SECRET }))

  return [
    slowProperty(
      {
        rule: 'I1',
        title: 'Cryptom: paid is this transaction, complete, of this price',
        gateRuns: GATE_RUNS,
      },
      anyChoices,
      async (code) => {
        const choose = choices(code)
        const data = {
          isTransferComplete: choose<unknown>([true, true, false, undefined, 'true', 1]),
          _id: choose([REF, REF, 'c'.repeat(24)]),
          currencyAmount: choose(['300.00', '300', '30.00', '300.01', '3e2']),
          currency: choose(['TRY', 'TRY', 'USD']),
          coin: choose(['USDT', 'USDT', 'TRX']),
          status: choose(['DONE', 'PENDING', 'TRANSFERRED', 'TIMEOUT', 'CANCELLED', 'PAID']),
          coinAmount: '10',
          totalTransferAmount: choose([undefined, '10', '4', '11']),
          network: 'TRX',
          timeout: '1760000900',
          wallet: {
            address: choose([ADDRESS, ADDRESS, `${ADDRESS}x`]),
            coin: 'USDT',
            network: 'TRX',
          },
        }
        atCryptom.says({ status: true, data })
        const asset = { symbol: 'USDT', network: 'TRON', name: 'Tether' } as const
        const nextAction = { address: ADDRESS, amount: '10', asset, uri: null, expiresAt: null }
        const payment = reference({ nextAction: { type: 'transfer', ...nextAction } })
        const isRight =
          data.isTransferComplete === true &&
          data._id === REF &&
          ['300.00', '300'].includes(data.currencyAmount) &&
          data.currency === 'TRY' &&
          data.coin === 'USDT' &&
          data.wallet.address === ADDRESS
        return (await isPaid(atCryptom.provider.getPayment?.(payment))) === isRight
      },
    ),
    slowProperty(
      {
        rule: 'I13',
        title: 'Redoya: paid is this order, live, in time, of this price in TL',
        gateRuns: GATE_RUNS,
      },
      anyChoices,
      async (code) => {
        const choose = choices(code)
        const body = {
          status: choose(['success', 'success', 'failed', 'SUCCESS', 'pending']),
          orderId: choose([SIXTEEN, SIXTEEN, 'Zz3dEf6hIj9lMn2p']),
          payment_amount: choose(['30000', '30000', '300', '3000000', '300.00', undefined]),
          currency: choose(['TL', 'TL', 'TRY', 'USD', undefined]),
          testMode: choose<unknown>(['0', '0', '1', 0, undefined]),
          timestamp: choose([NOW / 1000, NOW / 1000, NOW / 1000 - 1000, NOW / 1000 + 1000]),
        }
        const answered = choose<unknown>([body, body, body, { type: 'NOT_CONFIRMED_YET' }])
        atRedoya.says(answered)
        const isRight =
          answered === body &&
          body.status === 'success' &&
          body.orderId === SIXTEEN &&
          body.payment_amount === '30000' &&
          body.currency === 'TL' &&
          body.testMode === '0' &&
          body.timestamp === NOW / 1000
        const asked = atRedoya.provider.getPayment?.(reference({ ref: null, claim: SIXTEEN }))
        return (await isPaid(asked)) === isRight
      },
    ),
    slowProperty(
      {
        rule: 'I1',
        title: 'PayCrypto: paid is this order, of this price and currency',
        gateRuns: GATE_RUNS,
      },
      anyChoices,
      async (code) => {
        const choose = choices(code)
        const record = {
          status: choose<unknown>([1, '1', 0, 2, 3, 5, 9, '01', 11, 'success']),
          cust_order_id: choose([ID, ID, 'd'.repeat(32)]),
          order_id: choose<unknown>([REF, REF, 'other']),
          currency: choose(['USDT-TRC20', 'usdt-trc20', 'USDT-BEP20', 'USDT', 'USD']),
          amount: choose(['300', '300.00', '30', '300.000001', '3000']),
          paid_amount: choose(['0', '300', '']),
          paid_currency: choose(['USDT', '']),
          create_time: 1,
          update_time: 1,
        }
        const envelope = { code: 0, msg: 'SUCCESS', result: { records: [record] } }
        atPaycrypto.says(choose<unknown>([envelope, { ...envelope, result: envelope }]))
        const price = { amount: '300', currency: 'USDT' }
        const method = { ...reference().method, id: 'paycrypto:USDT:TRON', price }
        const isRight =
          ['1', '9'].includes(String(record.status)) &&
          record.cust_order_id === ID &&
          record.order_id === REF &&
          record.currency.toUpperCase() === 'USDT-TRC20' &&
          Number(record.amount) === 300
        const asked = atPaycrypto.provider.getPayment?.(reference({ price, method }))
        return (await isPaid(asked)) === isRight
      },
    ),
    slowProperty(
      { rule: 'I1', title: 'Lincoln: paid is done, of this amount and coin', gateRuns: GATE_RUNS },
      anyChoices,
      async (code) => {
        const choose = choices(code)
        const words = ['done', 'done', 'inProgress', 'inProgressPayout', 'Done', 'new', 'hold', 'x']
        const order = {
          status: choose(words),
          inAmount: choose<unknown>(['300', 300, '300.0', '30', 299.99, '3001']),
          route: {
            from: { xml: choose(['USDTTRC20', 'USDTTRC20', 'USDTBEP20', 'BTC', undefined]) },
          },
        }
        atLincoln.says({ success: true, data: { order } })
        const isRight =
          order.status === 'done' &&
          Number(order.inAmount) === 300 &&
          [undefined, 'USDTTRC20'].includes(order.route.from.xml)
        const payment = reference({ private: { uid: '1', orderSecret: 'secret-1' } })
        return (await isPaid(atLincoln.provider.getPayment?.(payment))) === isRight
      },
    ),
    slowProperty(
      {
        rule: 'I1',
        title: 'LiPayKripto, status call: paid is this payment, and says its amount',
        gateRuns: GATE_RUNS,
      },
      anyChoices,
      async (code) => {
        const choose = choices(code)
        const data = {
          paymentId: choose([ID, ID, 'd'.repeat(32)]),
          status: choose(['confirmed', 'confirmed', 'pending', 'CONFIRMED', 'failed', 'completed']),
          tryAmount: choose<unknown>(['300.00', 300, '30', 'x']),
        }
        const success = choose<unknown>([true, true, false, 'true'])
        atLipay.says({ success, data })
        const update = await atLipay.provider.getPayment?.(reference()).catch(() => undefined)
        const isRight =
          data.paymentId === ID &&
          data.status === 'confirmed' &&
          success === true &&
          data.tryAmount !== 'x'
        if (update?.status !== 'paid') return !isRight
        // How much that is worth is `judge`'s: the amount has to be there for it.
        return isRight && update.received?.amount === String(data.tryAmount)
      },
    ),
    slowProperty(
      {
        rule: 'T7',
        title: 'LiPayKripto, unsigned: all of its conditions, or nothing',
        gateRuns: GATE_RUNS,
      },
      anyChoices,
      async (code) => {
        const choose = choices(code)
        const amount = choose(['300.00', '900.00'])
        const notice = {
          client_id: choose(['client-1', 'client-1', 'client-2', '']),
          payment_id: choose([ID, ID, 'd'.repeat(32)]),
          status: choose(['confirmed', 'confirmed', 'failed', 'paid', 'Confirmed']),
          try_amount: choose<unknown>([amount, Number(amount), '3', '300.01', '1e2', undefined]),
        }
        const isOwn = choose([true, true, true, false])
        const isWebhookExposed = choose([false, false, true])
        const payment = reference({ price: { amount, currency: 'TRY' }, isWebhookExposed })
        const isGenuine =
          isOwn &&
          notice.client_id === 'client-1' &&
          notice.payment_id === ID &&
          ['confirmed', 'failed'].includes(notice.status) &&
          Number(notice.try_amount) === Number(amount)
        const isEnough = !isWebhookExposed && amount === '300.00'
        const event = await unsignedLipay.provider.webhook
          ?.verify(toRequest(JSON.stringify(notice), isOwn ? payment : null))
          .catch(() => undefined)
        if (event === undefined) return !isGenuine
        const status = event[0]?.update?.status
        const wanted = notice.status === 'failed' ? 'failed' : isEnough ? 'paid' : 'review'
        return isGenuine && status === wanted
      },
    ),
    slowProperty(
      {
        rule: 'T7',
        title: 'LiPayKripto, signed: no field may change, and unsigned is nothing',
        gateRuns: GATE_RUNS,
      },
      anyChoices,
      async (code) => {
        const choose = choices(code)
        const fields = {
          success: true,
          clientId: 'client-1',
          status: 'confirmed',
          tryAmount: '300.00',
          paymentId: ID,
        }
        const secret = choose([WEBHOOK_SECRET, WEBHOOK_SECRET, `${WEBHOOK_SECRET}x`, ''])
        const key = secret === '' ? 'empty' : secret
        const signature = createHmac('sha256', key).update(JSON.stringify(fields)).digest('hex')
        const change = choose<object>([
          {},
          {},
          { status: 'failed' },
          { tryAmount: '3.00' },
          { paymentId: 'e' },
        ])
        const spoilt = choose<object>([
          {},
          {},
          { signature: undefined },
          { signature: '' },
          { signature: 'a'.repeat(64) },
        ])
        const body = { ...fields, ...change, signature, ...spoilt }
        const isGenuine =
          secret === WEBHOOK_SECRET && Object.keys(change).length + Object.keys(spoilt).length === 0
        const event = await signedLipay.provider.webhook
          ?.verify(toRequest(JSON.stringify(body), reference()))
          .catch(() => undefined)
        return (event?.[0]?.update?.status === 'paid') === isGenuine
      },
    ),
  ]
}

const toRequest = (body: string, payment: PaymentRef | null) => ({
  body,
  payment,
  headers: new Headers({ 'content-type': 'application/json' }),
  query: new URLSearchParams(),
})
