/**
 * One proxy on one runtime, with a sandbox, a merchant's backend and a database beside it, all of them on
 * sockets.
 * @module
 */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLincolnValues } from '../../demo/lincoln-values.ts'
import { createPorts } from '../../demo/ports.ts'
import { signOrder } from '../../merchant/index.ts'
import type { OrderToSign } from '../../merchant/index.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { startReceiver } from '../proxy/receiver.ts'
import { WEBHOOK_SECRET } from '../proxy/shop.ts'
import { MERCHANT_KEY, ORDER_SECRET, SHOP, fullEnvironment } from '../proxy/support.ts'
import type { Answer } from '../proxy/support.ts'
import { startPostgres } from '../support/postgres.ts'
import { createProcess } from './process.ts'
import type { Runtime } from './runtimes.ts'

export type World = Awaited<ReturnType<typeof startWorld>>

/** Whom the limits count on Workers, where no test can come from two addresses. */
const SHOPPER = '192.0.2.7'

export async function startWorld(runtime: Runtime, overrides: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), `checkout-${runtime.name}-`))
  mkdirSync(join(folder, 'data'))
  const sandbox = await startSandbox({ retryScale: 0.001 })
  const receiver = await startReceiver()
  const postgres = runtime.hasDisk ? undefined : await startPostgres()
  const ports = createPorts()
  const [port, merchantPort] = [await ports.find(0), await ports.find(0)]
  const url = `http://localhost:${port}`
  const merchantUrl = runtime.hasMerchantPort ? `http://localhost:${merchantPort}` : url
  const { DATABASE_URL: _, ...environment } = fullEnvironment(sandbox.urls)
  const proxy = createProcess(
    runtime,
    {
      ...environment,
      PORT: String(port),
      PUBLIC_URL: url,
      ...(postgres && { DATABASE_URL: postgres.url }),
      ...(runtime.hasMerchantPort && { MERCHANT_PORT: String(merchantPort) }),
      MERCHANT_WEBHOOK_URL: receiver.url,
      MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET,
      LINCOLN_VALUES: writeLincolnValues(folder),
      ...overrides,
    },
    folder,
  )

  async function request<T = Record<string, unknown>>(
    path: string,
    { body, headers, base = url }: { body?: unknown; headers?: object; base?: string } = {},
  ): Promise<Answer<T>> {
    const response = await fetch(base + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'content-type': 'application/json', 'cf-connecting-ip': SHOPPER, ...headers },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      redirect: 'manual',
    })
    const text = await response.text()
    const isJson = response.headers.get('content-type')?.includes('json')
    const read = (isJson ? JSON.parse(text) : { text }) as T
    return { status: response.status, headers: response.headers, body: read }
  }

  const control = async <T>(path: string, body?: object): Promise<T> => {
    const { status, body: read } = await request<T>(path, { body, base: sandbox.urls.control })
    assert.ok(status < 300, `${path}: ${status}`)
    return read
  }

  let orders = 0
  const token = (order: Partial<OrderToSign> = {}): Promise<string> =>
    signOrder(
      {
        orderId: `${runtime.name}-${(orders += 1)}`,
        amount: '300.00',
        currency: 'TRY',
        alternatives: [{ amount: '12.50', currency: 'USDT' }],
        ...order,
      },
      { secret: ORDER_SECRET },
    )

  return {
    runtime,
    url,
    merchantUrl,
    sandbox,
    receiver,
    proxy,
    request,
    control,
    token,
    open: async (order: Partial<OrderToSign> = {}): Promise<Checkout> =>
      (await request<Checkout>('/v1/checkouts', { body: { orderToken: await token(order) } })).body,
    pick: ({ id }: Checkout, methodId: string, more: object = {}) =>
      request<Checkout>(`/v1/checkouts/${id}/payments`, { body: { methodId, ...more } }),
    read: async ({ id }: Checkout): Promise<Checkout> =>
      (await request<Checkout>(`/v1/checkouts/${id}`)).body,
    /** What the merchant's own port answers. */
    merchant: <T>(path: string, key = MERCHANT_KEY): Promise<Answer<T>> =>
      request<T>(path, { base: merchantUrl, headers: { authorization: `Bearer ${key}` } }),
    /** How the provider answers its next question. */
    breakNext: (operation: string, kind: string, more: object = {}) =>
      control('/faults', { provider: 'cryptom', operation, kind, ...more }),
    /** The shopper pays the last payment that the provider has. */
    async payLast(): Promise<void> {
      const all = await control<{ provider: string; id: string }[]>('/payments')
      const last = all.find(({ provider }) => provider === 'cryptom') ?? assert.fail('none begun')
      await control(`/payments/cryptom/${last.id}`, { action: 'pay' })
    },
    shop: SHOP,
    async close() {
      await proxy.end('SIGKILL')
      await receiver.close()
      await sandbox.close()
      await postgres?.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
