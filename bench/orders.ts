/**
 * Requests that open checkouts, made before anything is measured: each with an order token of its own.
 * @module
 */
import { mintToken } from '../test/faults/shopper.ts'
import { orderOf } from '../test/faults/flows.ts'
import { SHOP } from '../test/proxy/support.ts'
import { request } from './line.ts'

/** As they stand on the wire; orders `prefix`-0 and so on. */
export async function createRequests(prefix: string, count: number): Promise<readonly string[]> {
  const requests: string[] = []
  for (let order = 0; order < count; order += 1) {
    const orderToken = await mintToken(orderOf(`${prefix}-${order}`), Date.now())
    const headers = { origin: SHOP, 'content-type': 'application/json' }
    requests.push(request('POST', '/v1/checkouts', headers, JSON.stringify({ orderToken })))
  }
  return requests
}
