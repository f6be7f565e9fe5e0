/**
 * `GET /metrics`: where the merchant's routes are, never for shoppers. It has keys of its own, so that
 * whoever collects numbers cannot move money; the merchant's own opens it too.
 * @module
 */
import { Hono } from 'hono'
import { reply } from './guard.ts'
import type { ProxyEnv } from './guard.ts'
import type { Limits } from './limits.ts'
import { requireKey } from './merchant-key.ts'
import type { Metrics } from './metrics.ts'

/** Mounted at `/metrics`. */
export function createMetricsApi(
  keys: readonly string[],
  metrics: Pick<Metrics, 'render'>,
  limits: Pick<Limits, 'byKey' | 'wrongKey'>,
): Hono<ProxyEnv> {
  const api = new Hono<ProxyEnv>()
  api.use(requireKey(keys, limits))
  api.get('/', async (c) => {
    const { type, text } = await metrics.render()
    return reply(c, text, 200, { 'content-type': type })
  })
  return api
}
