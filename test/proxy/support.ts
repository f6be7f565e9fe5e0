/**
 * A real proxy over a socket, in front of a real sandbox, for tests.
 * @module
 */
import assert from 'node:assert/strict'
import { serve } from '@hono/node-server'
import type { ServerType } from '@hono/node-server'
import { signOrder } from '../../merchant/index.ts'
import type { OrderToSign } from '../../merchant/index.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { createBreaker } from '../../proxy/breaker.ts'
import { readConfig } from '../../proxy/config.ts'
import { createProxy } from '../../proxy/create-proxy.ts'
import type { Proxy, ProxyOptions } from '../../proxy/create-proxy.ts'
import type { Provider, ProviderContext } from '../../proxy/provider.ts'
import type { Services } from '../../proxy/services.ts'
import type { Store } from '../../proxy/store.ts'
import { createVault } from '../../proxy/vault.ts'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'

export const ORDER_SECRET = 'test-order-secret-0123456789-abcdef'
export const MERCHANT_KEY = 'test-merchant-key-0123456789-abcdef'
export const SHOP = 'https://shop.example'

/** An answer, read. `body` is what the JSON says; tests know what they asked for. */
export interface Answer<T = Record<string, unknown>> {
  readonly status: number
  readonly headers: Headers
  readonly body: T
}

/** The environment of a proxy in front of a sandbox, as a merchant would write it. */
export function testEnvironment(urls: Readonly<Record<string, string>>): Record<string, string> {
  return {
    PORT: '0',
    PUBLIC_URL: 'http://localhost:8787',
    ALLOWED_ORIGINS: SHOP,
    DATABASE_URL: ':memory:',
    // What is tested is what an attack meets after that.
    RATE_LIMIT: '0',
    ORDER_SECRET,
    PROXY_SECRET: 'test-proxy-secret-0123456789-abcdef',
    MERCHANT_API_KEY: MERCHANT_KEY,
    CRYPTOM_BASE_URL: urls['cryptom'] ?? '',
    CRYPTOM_EMAIL: SANDBOX_CREDENTIALS.cryptom.email,
    CRYPTOM_PASSWORD: SANDBOX_CREDENTIALS.cryptom.password,
    CRYPTOM_ASSETS: 'USDT@TRX,TRX@TRX,ETH@ETH',
    REDOYA_BASE_URL: urls['redoya'] ?? '',
    REDOYA_IDENTIFIER: SANDBOX_CREDENTIALS.redoya.identifier,
    REDOYA_SECRET: SANDBOX_CREDENTIALS.redoya.secret,
    REDOYA_TEST_MODE: 'true',
  }
}

/** The other three as well. */
export function fullEnvironment(urls: Readonly<Record<string, string>>): Record<string, string> {
  const { lipaykripto, paycrypto, lincoln } = SANDBOX_CREDENTIALS
  return {
    ...testEnvironment(urls),
    LIPAYKRIPTO_BASE_URL: urls['lipaykripto'] ?? '',
    LIPAYKRIPTO_CLIENT_ID: lipaykripto.clientId,
    LIPAYKRIPTO_CLIENT_SECRET: lipaykripto.clientSecret,
    LIPAYKRIPTO_HMAC_SECRET: lipaykripto.hmacSecret,
    PAYCRYPTO_BASE_URL: urls['paycrypto'] ?? '',
    PAYCRYPTO_API_KEY: paycrypto.apiKey,
    PAYCRYPTO_API_SECRET: paycrypto.apiSecret,
    PAYCRYPTO_PASSPHRASE: paycrypto.passphrase,
    PAYCRYPTO_WEBHOOK_SECRET: paycrypto.webhookSecret,
    LINCOLN_BASE_URL: urls['lincoln'] ?? '',
    LINCOLN_API_KEY: lincoln.apiKey,
    LINCOLN_API_SECRET: lincoln.apiSecret,
    PAYOUTS: 'max:1000;daily:1500;addresses:any',
  }
}

/** A clock that tests can move. */
export function createClock() {
  let offset = 0
  let frozen: number | undefined
  return {
    now: () => (frozen ?? Date.now()) + offset,
    advance(ms: number) {
      offset += ms
    },
    /** From now on it only moves when it is moved. */
    freeze() {
      frozen = Date.now()
    },
  }
}

/** What an adapter is given, with nothing behind it. */
export function testContext(
  now: () => number,
  more: Partial<ProviderContext> = {},
): ProviderContext {
  let turn = 0
  return {
    fetch,
    now,
    log: () => undefined,
    breaker: createBreaker(now),
    inTurn: (_name, task) => task((turn = Math.max(now(), turn + 1))),
    ...more,
  }
}

/** What the parts of the proxy share, around one provider. */
export const bareServices = (store: Store, provider: Provider): Services => ({
  store,
  vault: createVault(['0123456789abcdef0123456789abcdef']),
  providers: new Map([[provider.id, provider]]),
  now: Date.now,
  log: () => undefined,
  reached: () => undefined,
})

/** Starts sandbox and proxy. `close()` ends both. */
export async function startStack(
  overrides: Record<string, string | undefined> = {},
  options: Partial<ProxyOptions> = {},
  environment: typeof testEnvironment = testEnvironment,
) {
  const clock = createClock()
  const sandbox = await startSandbox({ clock: clock.now, retryScale: 0.001 })
  const logs: string[] = []
  // The address is known before the proxy is, since providers are told it.
  let listening: Proxy | undefined
  const { server, url } = await listen(
    (incoming) => listening?.fetch(incoming) ?? new Response('starting', { status: 503 }),
  )

  /** Another proxy on the same store, with other settings where given. It listens nowhere. */
  const join = (
    more: Record<string, string | undefined> = {},
    moreOptions: Partial<ProxyOptions> = {},
  ): Promise<Proxy> =>
    createProxy({
      ...readConfig({ ...environment(sandbox.urls), PUBLIC_URL: url, ...overrides, ...more }),
      now: clock.now,
      writeLog: (line) => logs.push(line),
      ...options,
      ...moreOptions,
    })

  let proxy = await join()
  listening = proxy

  /** Ends the proxy, if it has not ended, and puts another one in its place. */
  async function restart(...settings: Parameters<typeof join>): Promise<void> {
    listening = undefined
    await proxy.close().catch(() => undefined)
    proxy = await join(...settings)
    listening = proxy
  }

  async function request<T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<T>> {
    const response = await fetch(url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'manual',
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    return {
      status: response.status,
      headers: response.headers,
      body: (isJson ? JSON.parse(text) : { text }) as T,
    }
  }

  const control = async <T = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<T> => {
    const response = await fetch(sandbox.urls.control + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }

  async function openCheckout(order: Partial<OrderToSign> = {}): Promise<Checkout> {
    const orderToken = await token(order)
    const { status, body } = await request<Checkout>('POST', '/v1/checkouts', { orderToken })
    assert.ok(status === 200 || status === 201, JSON.stringify(body))
    return body
  }

  const token = (order: Partial<OrderToSign> = {}): Promise<string> =>
    signOrder(
      { orderId: `A-${(orders += 1)}`, amount: '300.00', currency: 'TRY', ...order },
      { secret: ORDER_SECRET, now: clock.now() },
    )

  const start = (checkout: Checkout, methodId: string, more: object = {}) =>
    request<Checkout>('POST', `/v1/checkouts/${checkout.id}/payments`, { methodId, ...more })

  /** The checkout after the provider was asked at once. */
  async function refreshed(checkout: Checkout): Promise<Checkout> {
    clock.advance(4000)
    const { body } = await request<Checkout>('POST', `/v1/checkouts/${checkout.id}/sent`, {})
    return body
  }

  const merchant = <T = Record<string, unknown>>(method: string, path: string, body?: unknown) =>
    request<T>(method, `/v1/merchant${path}`, body, { authorization: `Bearer ${MERCHANT_KEY}` })

  return {
    url,
    clock,
    sandbox,
    get proxy() {
      return proxy
    },
    join,
    restart,
    logs,
    request,
    control,
    token,
    openCheckout,
    start,
    refreshed,
    merchant,
    async close() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
      // A test may have ended it already.
      await proxy.close().catch(() => undefined)
      await sandbox.close()
    },
  }
}

/** The same with all five providers. */
export const startFullStack = (
  overrides: Record<string, string | undefined> = {},
  options: Partial<ProxyOptions> = {},
) => startStack(overrides, options, fullEnvironment)

export type Stack = Awaited<ReturnType<typeof startStack>>

let orders = 1000

function listen(
  handler: (request: Request) => Response | Promise<Response>,
): Promise<{ server: ServerType; url: string }> {
  return new Promise((resolve) => {
    const server = serve({ fetch: handler, port: 0 }, ({ port }) =>
      resolve({ server, url: `http://localhost:${port}` }),
    )
  })
}
