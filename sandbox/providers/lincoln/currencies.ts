/**
 * The currencies of Lincoln's stand-in, by their XML codes. Codes and symbols are those the engine's
 * exchangers use; limits, reserves and fields are ours.
 *
 * @module
 */

/** A field that the shopper or the merchant fills in, as the engine lists it on a route. */
export interface Field {
  /** 24 hex digits; the `key` of create. */
  readonly _id: string
  readonly name: string
  readonly required: boolean
  readonly regexp: string
  readonly regexp_error: string
  readonly placeholder: string
}

/** What a route takes or gives. */
export interface Currency {
  /** 24 hex digits. */
  readonly id: string
  readonly name: string
  readonly symbol: string
  readonly xml: string
  /** How many decimals its amounts may have. */
  readonly decimal: number
  /** The network of `addresses.ts`, where the stand-in can make an address. */
  readonly network?: string
  readonly reserveAmount: string
  readonly image: string
  /** What must be known of the one who receives it. */
  readonly receiver: FieldShape
}

export type FieldShape = Omit<Field, '_id'>

const CARD: FieldShape = {
  name: 'Card number',
  required: true,
  regexp: String.raw`^\d{16}$`,
  regexp_error: '16 digits without blanks',
  placeholder: '4000000000000000',
}

const CASH_CITY: FieldShape = {
  name: 'City',
  required: true,
  regexp: String.raw`^[\p{L} -]{2,40}$`,
  regexp_error: 'The name of a city',
  placeholder: 'Kyiv',
}

function wallet(network: string, regexp: string, placeholder: string): FieldShape {
  const name = `${network} wallet`
  return { name, required: true, regexp, regexp_error: `An address on ${network}`, placeholder }
}

const TRON = wallet('TRON', '^T[1-9A-HJ-NP-Za-km-z]{33}$', 'T…')
const BITCOIN = wallet('Bitcoin', '^(bc1|[13])[0-9A-Za-z]{24,60}$', '1…')
const ETHEREUM = wallet('Ethereum', '^0x[0-9a-fA-F]{40}$', '0x…')
const LITECOIN = wallet('Litecoin', '^(ltc1|[LM3])[0-9A-Za-z]{24,60}$', 'L…')

type Row = readonly [
  xml: string,
  name: string,
  symbol: string,
  decimal: number,
  network: string | undefined,
  reserveAmount: string,
  receiver: FieldShape,
]

const ROWS: readonly Row[] = [
  ['USDTTRC20', 'Tether TRC20', 'USDT', 6, 'TRX', '50000', TRON],
  ['USDTERC20', 'Tether ERC20', 'USDT', 6, 'ETH', '40000', ETHEREUM],
  ['USDTBEP20', 'Tether BEP20', 'USDT', 6, 'BSC', '30000', ETHEREUM],
  ['BTC', 'Bitcoin', 'BTC', 8, 'BTC', '1.5', BITCOIN],
  ['ETH', 'Ethereum', 'ETH', 8, 'ETH', '20', ETHEREUM],
  ['TRX', 'TRON', 'TRX', 6, 'TRX', '250000', TRON],
  ['LTC', 'Litecoin', 'LTC', 8, undefined, '100', LITECOIN],
  ['CARDUAH', 'Visa/MasterCard UAH', 'UAH', 2, undefined, '1500000', CARD],
  ['CASHUAH', 'Cash UAH', 'UAH', 0, undefined, '500000', CASH_CITY],
]

/** All currencies, by XML code. */
export const CURRENCIES: ReadonlyMap<string, Currency> = new Map(
  ROWS.map(([xml, name, symbol, decimal, network, reserveAmount, receiver], index) => {
    const id = `65c0${String(index + 1).padStart(20, '0')}`
    const image = `/img/${xml.toLowerCase()}.png`
    const shape = { id, name, symbol, xml, decimal, reserveAmount, image, receiver }
    return [xml, network === undefined ? shape : { ...shape, network }]
  }),
)

/** The currency of an XML code. Throws on one without a row. */
export function currency(xml: string): Currency {
  const found = CURRENCIES.get(xml)
  if (!found) throw new Error(`No currency ${xml}.`)
  return found
}
