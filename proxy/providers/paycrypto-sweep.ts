/**
 * All orders of a time, page by page: what an outage of their notifications left unsaid shows up here
 * (document, "Query Order Records").
 * @module
 */
import type { ProviderAnswer } from '../provider-fetch.ts'
import type { RecentPayment } from '../provider.ts'
import { readRecent } from './paycrypto-answer.ts'

type Send = (method: 'GET', path: string, options: { query: string }) => Promise<ProviderAnswer>

const PAGE_SIZE = 100
const MAX_PAGES = 200

/** Epoch milliseconds; less than a month apart, as the provider wants it. */
export async function listRecentOrders(
  send: Send,
  from: number,
  to: number,
): Promise<readonly RecentPayment[]> {
  const found = new Map<string, RecentPayment>()
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const query = `start_time=${from}&end_time=${to}&page_num=${page}&page_size=${PAGE_SIZE}`
    const { orders, isLast } = readRecent(await send('GET', '/api/v1/orders', { query }))
    for (const { cust_order_id: paymentId, status } of orders) {
      found.set(paymentId, { paymentId, providerStatus: status })
    }
    if (isLast(page)) break
  }
  return [...found.values()]
}
