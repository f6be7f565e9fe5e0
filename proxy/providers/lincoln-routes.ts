/**
 * Lincoln's exchange routes as ways to pay: the shopper pays `from`, the merchant gets `to`.
 *
 * What says where the money goes (`to` values and route values) comes only from the merchant's file; a
 * route for which they are missing is not offered.
 * @module
 */
import { z } from 'zod'
import { findAsset } from '../../protocol/assets.ts'
import type { Asset } from '../../protocol/assets.ts'
import { compareDecimal, fromMinor, isDecimal, toMinor } from '../../protocol/money.ts'
import type { MethodField } from '../../protocol/payment.ts'
import { decimalText } from '../option-schemas.ts'
import type { Limits, ProviderMethod } from '../provider.ts'

/** `{"<routeId>": {"to": {"<field _id>": "…"}, "route": {…}}}` */
export const routeValuesSchema = z.record(
  z.string().regex(/^[a-f\d]{24}$/, 'must be a route id'),
  z.strictObject({
    to: z.record(z.string(), z.string()).default({}),
    route: z.record(z.string(), z.string()).default({}),
  }),
)

export type RouteValues = z.infer<typeof routeValuesSchema>

/** The engine's currency codes, in our words. `CASH…` is not for us. */
const ASSETS: Readonly<Record<string, readonly [symbol: string, network: string]>> = {
  BTC: ['BTC', 'BITCOIN'],
  ETH: ['ETH', 'ETHEREUM'],
  TRX: ['TRX', 'TRON'],
  BNB: ['BNB', 'BSC'],
  BNBBEP20: ['BNB', 'BSC'],
  SOL: ['SOL', 'SOLANA'],
  USDTTRC: ['USDT', 'TRON'],
  USDTTRC20: ['USDT', 'TRON'],
  USDTERC: ['USDT', 'ETHEREUM'],
  USDTERC20: ['USDT', 'ETHEREUM'],
  USDTBEP20: ['USDT', 'BSC'],
  USDTSOL: ['USDT', 'SOLANA'],
  USDCERC20: ['USDC', 'ETHEREUM'],
}

const fieldShape = z.object({
  _id: z.string().min(1).max(64),
  name: z.string().max(200),
  required: z.boolean().default(false),
  regexp: z.string().max(200).nullish(),
  placeholder: z.string().max(200).nullish(),
})

const sideShape = z.object({
  name: z.string().max(100),
  symbol: z.string().max(20),
  xml: z.string().max(30),
  decimal: z.number().int().min(0).max(18).catch(2),
  min: decimalText.catch('0'),
  max: decimalText.catch('0'),
  fields: z.array(fieldShape).default([]),
})

const routeShape = z.object({
  routeId: z.string().regex(/^[a-f\d]{24}$/),
  isShowWeb: z.boolean().default(false),
  from: sideShape,
  to: sideShape,
  fields: z.array(fieldShape).default([]),
  rate: z.object({
    in: decimalText,
    out: decimalText,
    /** The reserve. */
    amount: decimalText.optional().catch(undefined),
    outFeeAmount: decimalText.catch('0'),
  }),
})

export const routesShape = z.object({ routes: z.array(z.unknown()) })

export type Route = z.infer<typeof routeShape>

/** Routes that can be read; one that cannot does not hold up the others. */
export function readRoutes(routes: readonly unknown[]): readonly Route[] {
  return routes.flatMap((route) => {
    const result = routeShape.safeParse(route)
    return result.success ? [result.data] : []
  })
}

export interface RouteRules {
  /** Only these; all of the account where absent. */
  readonly only: readonly string[] | undefined
  readonly values: RouteValues
  /** The exchanger's rules, to be accepted first. */
  readonly rulesUrl: string
}

/** The route as a way to pay; undefined where it is not for us, or a value of the merchant's is missing. */
export function toMethod(route: Route, rules: RouteRules): ProviderMethod | undefined {
  const { routeId, isShowWeb, from, to } = route
  const isWanted = rules.only === undefined || rules.only.includes(routeId)
  if (!isShowWeb || !isWanted || from.xml.startsWith('CASH') || to.xml.startsWith('CASH')) {
    return undefined
  }
  const own = rules.values[routeId] ?? { to: {}, route: {} }
  if (!hasAll(to.fields, own.to) || !hasAll(route.fields, own.route)) return undefined
  const asset = assetOf(from.xml)
  return {
    id: `lincoln:${routeId}`,
    flow: asset ? 'transfer' : 'redirect',
    asset: asset ? { symbol: asset.symbol, network: asset.network, name: asset.name } : null,
    label: from.name,
    limits: [limitsOf(route, asset)],
    fields: from.fields.map(toField),
    consent: { url: rules.rulesUrl },
    fee: null,
  }
}

export function assetOf(xml: string): Asset | undefined {
  const [symbol, network] = ASSETS[xml] ?? []
  return symbol === undefined || network === undefined ? undefined : findAsset(symbol, network)
}

const hasAll = (fields: Route['fields'], values: Readonly<Record<string, string>>): boolean =>
  fields.every(({ _id, required }) => !required || Boolean(values[_id]))

function toField({
  _id,
  name,
  required,
  regexp,
  placeholder,
}: Route['fields'][number]): MethodField {
  const pattern = regexp && isPattern(regexp) ? { pattern: regexp } : {}
  return { id: _id, label: name, required, ...pattern, ...(placeholder && { hint: placeholder }) }
}

function isPattern(regexp: string): boolean {
  try {
    return new RegExp(`^(?:${regexp})$`, 'u') instanceof RegExp
  } catch {
    return false
  }
}

const SCALE = 18

/** No more than the reserve pays out, and no more decimals than the coin has. */
function limitsOf({ from, rate }: Route, asset: Asset | undefined): Limits {
  const min = boundOf(from.min)
  const [max] = [boundOf(from.max), maxByReserve(rate)]
    .filter((bound) => bound !== undefined)
    .toSorted(compareDecimal)
  return {
    currency: asset?.symbol ?? from.symbol,
    decimals: Math.min(from.decimal, asset?.decimals ?? from.decimal),
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
  }
}

/** `"0"` means no bound. */
const boundOf = (text: string): string | undefined =>
  compareDecimal(text, '0') > 0 ? text : undefined

/** `out ≈ in × rate.out / rate.in − outFeeAmount` must not exceed the reserve. */
function maxByReserve({
  in: rateIn,
  out,
  amount,
  outFeeAmount,
}: Route['rate']): string | undefined {
  if (amount === undefined || compareDecimal(out, '0') === 0) return undefined
  const reserve = toMinor(amount, SCALE) + toMinor(outFeeAmount, SCALE)
  const text = fromMinor((reserve * toMinor(rateIn, SCALE)) / toMinor(out, SCALE), SCALE)
  return isDecimal(text) ? text : undefined
}
