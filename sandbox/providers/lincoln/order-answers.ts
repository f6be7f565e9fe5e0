/**
 * Lincoln's orders as JSON, key by key as live answers of the engine have them, and the semantic
 * faults that spoil them.
 *
 * @module
 */
import { breakAddress } from '../../addresses.ts'
import { formatDecimal, parseDecimal } from '../../decimal.ts'
import type { SemanticKind } from '../../faults.ts'
import { rawNumber } from '../../json.ts'
import type { Value } from './create-request.ts'
import { currency } from './currencies.ts'
import type { Currency } from './currencies.ts'
import type { Order } from './order.ts'
import { makeAccount, toPaymentDetails } from './payment-details.ts'
import type { LincolnSettings } from './settings.ts'

/** `data` of create: who the order is and what is exchanged; where to pay is asked for later. */
export function toCreatedJson(
  order: Order,
  kind: SemanticKind | undefined,
  settings: LincolnSettings,
) {
  const { shown, status, from, to } = distort(order, kind)
  return {
    _id: shown.id,
    uid: shown.uid,
    secret: shown.secret,
    rid: shown.rid,
    status,
    route: {
      from: { name: from.name, symbol: from.symbol },
      to: { name: to.name, symbol: to.symbol },
    },
    inAmount: toAmount(shown.inAmount, settings),
    outAmount: toAmount(shown.outAmount, settings),
    expiresAt: iso(shown.expiresMs),
  }
}

/** `data` of get. With hideOutData nobody who holds the secret sees where the money goes. */
export function toOrderJson(
  order: Order,
  type: string,
  kind: SemanticKind | undefined,
  settings: LincolnSettings,
) {
  const { shown, status, from, to } = distort(order, kind)
  const { request } = shown
  return {
    order: {
      TYPE: type,
      _id: shown.id,
      rid: shown.rid,
      uid: shown.uid,
      partner: request.partner ?? null,
      inAmount: toAmount(shown.inAmount, settings),
      outAmount: toAmount(shown.outAmount, settings),
      fromValues: toValues(request.fromValues),
      toValues: request.hideOutData ? [] : toValues(request.toValues),
      routeValues: toValues(request.routeValues),
      status,
      createdAt: iso(shown.createdMs),
      clientCallbackUrl: request.clientCallbackUrl ?? null,
      comment: '',
      route: {
        routeId: request.route.routeId,
        instructions: [],
        requiredDocuments: [],
        from: { ...toCurrencyJson(from), paymentDetails: toPaymentDetails(shown) },
        to: toCurrencyJson(to),
        verification: false,
        verificationText: '',
      },
      expiresAt: iso(shown.expiresMs),
      rate: rawNumber(request.route.rate.out),
      rateTypeCalculate: 'fixed',
      feeToAmount: request.route.rate.outFeeAmount,
      additionalParams: [],
    },
    verifications: {
      verificationCurrency: null,
      verificationCurrencyPayout: null,
      verificationUser: null,
    },
  }
}

interface View {
  readonly shown: Order
  readonly status: string
  readonly from: Currency
  readonly to: Currency
}

/** The order with one lie in it, or as it is. */
function distort(order: Order, kind: SemanticKind | undefined): View {
  const { from, to } = order.request.route
  const view = { shown: order, status: order.status, from: from.currency, to: to.currency }
  return kind === undefined ? view : DISTORTIONS[kind](view)
}

const DISTORTIONS: Readonly<Record<SemanticKind, (view: View) => View>> = {
  'wrong-amount': (view) => {
    const inAmount = plusOne(view.shown.inAmount, view.from.decimal)
    const outAmount = plusOne(view.shown.outAmount, view.to.decimal)
    return { ...view, shown: { ...view.shown, inAmount, outAmount } }
  },
  'wrong-coin': (view) => ({ ...view, from: currency(view.from.symbol === 'TRX' ? 'BTC' : 'TRX') }),
  'wrong-network': (view) => ({
    ...view,
    from: currency(view.from.xml === 'USDTERC20' ? 'USDTTRC20' : 'USDTERC20'),
  }),
  'unknown-status': (view) => ({ ...view, status: 'settledElsewhere' }),
  'bad-address': (view) => withAccount(view, breakAddress(view.shown.account)),
  'change-address': (view) => {
    const { request, id } = view.shown
    return withAccount(view, makeAccount(request.route, `other ${id}`))
  },
}

function withAccount(view: View, account: string): View {
  return { ...view, shown: { ...view.shown, account } }
}

function plusOne(amount: string, scale: number): string {
  return formatDecimal((parseDecimal(amount, scale) ?? 0n) + 10n ** BigInt(scale), scale)
}

function toAmount(amount: string, { amountsAs }: LincolnSettings): unknown {
  return amountsAs === 'number' ? rawNumber(amount) : amount
}

function toValues(values: readonly Value[]) {
  return values.map(({ field, value }) => ({ field: field._id, name: field.name, value }))
}

function toCurrencyJson({ id, name, symbol, xml, decimal, image }: Currency) {
  return {
    _id: id,
    name,
    symbol,
    verification: false,
    verificationText: '',
    xml,
    decimal,
    image: { files: [{ type: 'small', url: image }] },
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
