/**
 * The methods of Lincoln's API that the stand-in has, with the parameters of each.
 *
 * @module
 */
import { CREATE_NAMES } from './create-request.ts'

/** One method. */
export interface Method {
  /** What faults and the ledger call it. */
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT'
  /** After `/service/api/v1/`. */
  readonly path: string
  /** All it knows beside `time`. */
  readonly names: readonly string[]
}

const ROUTE = 'public/exchanger/route/get'
const ORDER = 'public/exchanger/order'

/** All of them. */
export const METHODS = {
  routes: get('routes', ROUTE, ['fromCurrencyId', 'toCurrencyId']),
  routesV2: get('routes-v2', 'public/exchanger/route-v2/get', []),
  routeById: get('route', `${ROUTE}/one`, ['id', 'lang']),
  routeByXml: get('route', `${ROUTE}/one/by-xml`, ['xmlIn', 'xmlOut', 'lang']),
  routeByUrl: get('route', `${ROUTE}/one/by-friendlyURL`, ['friendlyURL', 'lang']),
  create: { operation: 'create', method: 'POST', path: `${ORDER}/create`, names: CREATE_NAMES },
  order: get('order', `${ORDER}/get`, ['type', 'orderUID', 'orderSecret']),
  updateStatus: {
    operation: 'update-status',
    method: 'PUT',
    path: `${ORDER}/update-status`,
    names: ['orderUID', 'orderSecret', 'status'],
  },
} as const satisfies Record<string, Method>

function get(operation: string, path: string, names: readonly string[]): Method {
  return { operation, method: 'GET', path, names }
}
