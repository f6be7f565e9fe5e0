/**
 * The merchant's routes of a running proxy, as far as notifications go.
 * @module
 */
import { firstOf, requireVariable } from '../environment.ts'
import type { GivenEnvironment } from '../environment.ts'
import { explainFailure, send } from '../network.ts'

export interface Delivery {
  readonly id: string
  readonly type: string
  readonly checkoutId: string
  readonly attempts: number
  readonly answer: string | null
  readonly createdAt: string
}

export interface MerchantClient {
  listFailed(): Promise<readonly Delivery[]>
  /** False where there is no such notification. */
  redeliver(id: string): Promise<boolean>
}

const DEADLINE_MS = 20_000

/** Throws a `UsageError` where a variable is missing; its calls throw in words for people. */
export function createMerchantClient(
  environment: GivenEnvironment,
  given?: string,
): MerchantClient {
  const key = firstOf(requireVariable(environment, 'MERCHANT_API_KEY'))
  const base = `${(given ?? usualPlace(environment)).replace(/\/+$/, '')}/v1/merchant`

  async function call(path: string, method: 'GET' | 'POST' = 'GET'): Promise<Response> {
    const response = await send(base + path, DEADLINE_MS, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      ...(method === 'POST' && { body: '{}' }),
    }).catch((error: unknown) => {
      throw new Error(`the proxy cannot be asked: ${explainFailure(error)}`, { cause: error })
    })
    if (response.ok || response.status === 404) return response
    await response.body?.cancel()
    throw new Error(REFUSALS[response.status] ?? `the proxy answered ${response.status}`)
  }

  return {
    async listFailed() {
      const found: Delivery[] = []
      for (let cursor: string | null = ''; cursor !== null;) {
        const from: string = cursor && `&cursor=${encodeURIComponent(cursor)}`
        const response = await call(`/deliveries?status=failed&limit=100${from}`)
        if (response.status === 404) throw new Error(NO_ROUTES)
        const page = (await response.json()) as Page
        found.push(...page.deliveries)
        cursor = page.cursor
      }
      return found
    },
    async redeliver(id) {
      const response = await call(`/deliveries/${encodeURIComponent(id)}/redeliver`, 'POST')
      await response.body?.cancel()
      return response.ok
    },
  }
}

interface Page {
  readonly deliveries: readonly Delivery[]
  readonly cursor: string | null
}

const NO_ROUTES =
  'there are no merchant’s routes there: name their address with --merchant-url (MERCHANT_PORT)'
const REFUSALS: Readonly<Record<number, string>> = {
  401: 'the proxy refused the key: MERCHANT_API_KEY is another one there',
  429: 'the proxy wants less at a time: try again in a minute',
}

function usualPlace(environment: GivenEnvironment): string {
  const port = environment.variables['MERCHANT_PORT']
  if (port) return `http://localhost:${port}`
  return requireVariable(environment, 'PUBLIC_URL', 'Or name it: --merchant-url')
}
