/**
 * Lincoln's routes as JSON, in the two forms that the engine's own front end reads.
 *
 * @module
 */
import { rawNumber } from '../../json.ts'
import type { Currency } from './currencies.ts'
import { CURRENCIES } from './currencies.ts'
import { LincolnError, wrong } from './errors.ts'
import { ROUTES } from './routes.ts'
import type { Route, Side } from './routes.ts'

/** `data` of `route/get`: those that are not shown, too; `isShowWeb` says so. */
export function listRoutes({ fromCurrencyId, toCurrencyId }: Record<string, unknown>) {
  const from = currencyId(fromCurrencyId, 'fromCurrencyId')
  const to = currencyId(toCurrencyId, 'toCurrencyId')
  const routes = ROUTES.filter(
    (route) =>
      (from === undefined || route.from.currency.id === from) &&
      (to === undefined || route.to.currency.id === to),
  )
  return { routes: routes.map(toRouteJson) }
}

/** `data` of `route-v2/get`: bare routes, and a map of the currencies. */
export function listRoutesV2() {
  const currencies = [...CURRENCIES.values()].map((each, index) => [
    each.id,
    toCurrencyJson(each, index),
  ])
  return {
    isUpdated: true,
    currencies: Object.fromEntries(currencies),
    routes: ROUTES.map(({ routeId, from, to, isShowWeb, friendlyURL }) => ({
      routeId,
      from: from.currency.id,
      to: to.currency.id,
      isShowWeb,
      isShowBot: false,
      reserveAmountAdditional: 0,
      seoFriendlyURL: friendlyURL,
    })),
  }
}

/** `data` of the three methods that give one route. */
export function showRoute(route: Route | undefined) {
  if (!route) throw new LincolnError('routeNotFound')
  return { route: toRouteJson(route) }
}

function toRouteJson({ routeId, isShowWeb, from, to, fields, rate, friendlyURL }: Route) {
  return {
    routeId,
    isShowWeb,
    from: toSideJson(from),
    to: toSideJson(to),
    fields,
    rate: {
      in: rawNumber(rate.in),
      out: rawNumber(rate.out),
      amount: rawNumber(to.currency.reserveAmount),
      outFeeAmount: rawNumber(rate.outFeeAmount),
    },
    seo: { friendlyURL },
  }
}

/** `min` and `max` are texts. */
function toSideJson({ currency, min, max, fields }: Side) {
  const { id, name, symbol, xml, decimal } = currency
  return { _id: id, name, symbol, xml, decimal, min, max, fields, image: toImage(currency) }
}

function toCurrencyJson(currency: Currency, position: number) {
  const { id, xml, name, symbol, reserveAmount } = currency
  return {
    id,
    xml,
    name,
    symbol,
    image: currency.image,
    positionIn: position,
    positionOut: position,
    reserveAmount: rawNumber(reserveAmount),
    isActive: true,
  }
}

function toImage({ image }: Currency) {
  return { files: [{ type: 'small', url: image }] }
}

function currencyId(value: unknown, name: string): string | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || !/^[0-9a-f]{24}$/.test(value)) throw wrong(name)
  return value
}
