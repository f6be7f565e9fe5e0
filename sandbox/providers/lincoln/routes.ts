/**
 * The routes of Lincoln's stand-in: what can be exchanged for what, at which rate and how it is
 * paid. All numbers are ours; each row is there for a case that a client must get right.
 *
 * @module
 */
import { formatDecimal, parseDecimal } from '../../decimal.ts'
import { currency } from './currencies.ts'
import type { Currency, Field, FieldShape } from './currencies.ts'

/**
 * What an order shows to the one who pays: a bare deposit address, an address inside a text for
 * each language, requisites to be paid first ("I have paid"), an address beside a merchant template,
 * or nothing but the payment page.
 */
export type PayBy = 'address' | 'languages' | 'requisites' | 'template' | 'page'

/** One side of a route: a currency with its limits, decimal texts; "0" is no bound. */
export interface Side {
  readonly currency: Currency
  readonly min: string
  readonly max: string
  readonly fields: readonly Field[]
}

export interface Route {
  /** 24 hex digits. */
  readonly routeId: string
  readonly isShowWeb: boolean
  readonly from: Side
  readonly to: Side
  readonly fields: readonly Field[]
  /** Decimal texts. `amount` is the reserve, in the currency of `to`. */
  readonly rate: { readonly in: string; readonly out: string; readonly outFeeAmount: string }
  readonly friendlyURL: string
  readonly payBy: PayBy
  /** From more than this on, the exchanger wants an identity check. */
  readonly verifyAbove?: string
}

interface Row {
  readonly from: string
  readonly to: string
  readonly min: string
  readonly max: string
  readonly rate: readonly [in_: string, out: string, outFeeAmount: string]
  readonly payBy: PayBy
  readonly isShowWeb?: false
  readonly fields?: readonly FieldShape[]
  readonly verifyAbove?: string
}

const EMAIL: FieldShape = {
  name: 'E-mail',
  required: true,
  regexp: String.raw`^[^@\s]{1,64}@[^@\s]{1,180}\.[a-zA-Z]{2,}$`,
  regexp_error: 'An e-mail address',
  placeholder: 'buyer@shop.example',
}

const RECEIVER_NAME: FieldShape = {
  name: "Receiver's name",
  required: true,
  regexp: String.raw`^[\p{L}' -]{2,60}$`,
  regexp_error: 'First and last name in letters',
  placeholder: 'Test Holder',
}

const COMMENT: FieldShape = {
  name: 'Comment',
  required: false,
  regexp: String.raw`^[^<>]{0,100}$`,
  regexp_error: 'At most 100 characters',
  placeholder: '',
}

const ROWS: readonly Row[] = [
  {
    from: 'USDTTRC20',
    to: 'CARDUAH',
    min: '10',
    max: '5000',
    rate: ['1', '41.2', '10'],
    payBy: 'address',
  },
  {
    from: 'BTC',
    to: 'CARDUAH',
    min: '0.0005',
    max: '0',
    rate: ['1', '4350000', '25'],
    payBy: 'address',
    fields: [RECEIVER_NAME],
  },
  {
    from: 'ETH',
    to: 'USDTTRC20',
    min: '0.005',
    max: '0',
    rate: ['1', '3640.5', '1'],
    payBy: 'address',
    verifyAbove: '2',
  },
  {
    from: 'CARDUAH',
    to: 'USDTTRC20',
    min: '500',
    max: '50000',
    rate: ['42.1', '1', '1'],
    payBy: 'requisites',
    fields: [COMMENT],
  },
  {
    from: 'USDTERC20',
    to: 'CARDUAH',
    min: '20',
    max: '5000',
    rate: ['1', '41.1', '10'],
    payBy: 'languages',
  },
  {
    from: 'LTC',
    to: 'CARDUAH',
    min: '0.1',
    max: '100',
    rate: ['1', '3600', '10'],
    payBy: 'page',
  },
  {
    from: 'USDTBEP20',
    to: 'CARDUAH',
    min: '10',
    max: '5000',
    rate: ['1', '41.15', '10'],
    payBy: 'template',
  },
  {
    from: 'TRX',
    to: 'CARDUAH',
    min: '50',
    max: '0',
    rate: ['1', '13.1', '10'],
    payBy: 'address',
    isShowWeb: false,
  },
  {
    from: 'USDTTRC20',
    to: 'CASHUAH',
    min: '500',
    max: '0',
    rate: ['1', '41', '0'],
    payBy: 'page',
  },
]

/** All routes, those that are not shown included. */
export const ROUTES: readonly Route[] = ROWS.map((row, index) => {
  const number = index + 1
  const { isShowWeb = true, fields = [], payBy, verifyAbove } = row
  const to = currency(row.to)
  const route = {
    routeId: `65a0${String(number).padStart(20, '0')}`,
    isShowWeb,
    from: {
      currency: currency(row.from),
      min: row.min,
      max: row.max,
      fields: [field(EMAIL, number, 1)],
    },
    to: { currency: to, min: '0', max: '0', fields: [field(to.receiver, number, 2)] },
    fields: fields.map((shape, place) => field(shape, number, place + 3)),
    rate: { in: row.rate[0], out: row.rate[1], outFeeAmount: row.rate[2] },
    friendlyURL: `${row.from}-to-${row.to}`.toLowerCase(),
    payBy,
  }
  return verifyAbove === undefined ? route : { ...route, verifyAbove }
})

/** What `to` receives for `inAmount` of `from`, rounded down; undefined if the fee takes all. */
export function outAmount({ rate, to }: Route, inAmount: string): string | undefined {
  const { decimal } = to.currency
  const gross =
    (minor(inAmount) * minor(rate.out) * 10n ** BigInt(decimal)) /
    (minor(rate.in) * 10n ** BigInt(RATE_SCALE))
  const net = gross - (parseDecimal(rate.outFeeAmount, decimal) ?? 0n)
  return net > 0n ? formatDecimal(net, decimal) : undefined
}

/** Whether a decimal text is more than another. */
export function isMore(amount: string, than: string): boolean {
  return minor(amount) > minor(than)
}

/** Decimals of every rate and amount here. */
const RATE_SCALE = 8

function minor(text: string): bigint {
  const value = parseDecimal(text, RATE_SCALE)
  if (value === undefined) throw new Error(`${text} has more than ${RATE_SCALE} decimals.`)
  return value
}

function field(shape: FieldShape, route: number, place: number): Field {
  return { _id: `65f0${String(route).padStart(18, '0')}0${place}`, ...shape }
}
