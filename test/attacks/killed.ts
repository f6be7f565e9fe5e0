/**
 * A proxy in a process of its own, that is killed without a goodbye and started again on its store; the
 * providers, and the merchant who is told, go on meanwhile.
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { signOrder } from '../../merchant/index.ts'
import { writeLincolnValues } from '../../demo/lincoln-values.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { createChild } from '../faults/child.ts'
import { startReceiver } from '../proxy/receiver.ts'
import { WEBHOOK_SECRET, until } from '../proxy/shop.ts'
import type { Detail } from '../proxy/shop.ts'
import { MERCHANT_KEY, ORDER_SECRET, fullEnvironment } from '../proxy/support.ts'
import { get, post } from './combos.ts'
import { createSender } from './send.ts'
import type { Answer, Request } from './send.ts'

interface Held {
  readonly paymentId: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export async function startKilled() {
  const directory = mkdtempSync(join(tmpdir(), 'cc-killed-'))
  const sandbox = await startSandbox({ retryScale: 0.001 })
  const receiver = await startReceiver()
  const child = createChild<{ readonly port: number }>({
    entry: 'proxy-entry.ts',
    logFile: join(directory, 'proxy.log'),
    environment: {
      ...fullEnvironment(sandbox.urls),
      DATABASE_URL: `file:${join(directory, 'checkout.db')}`,
      LINCOLN_VALUES: writeLincolnValues(directory),
      MERCHANT_WEBHOOK_URL: receiver.url,
      MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    },
  })
  const connect = async () => createSender(`http://localhost:${(await child.start()).port}`)
  let sender = await connect()
  let orders = 0

  async function send(request: Request): Promise<Answer> {
    const answer = await sender.send(request)
    if (answer.status >= 500) throw new Error(`${request.path}: ${answer.text}`)
    return answer
  }

  const read = async <T>(request: Request): Promise<T> =>
    JSON.parse((await send(request)).text) as T

  async function control<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(sandbox.urls.control + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${text}`)
    return JSON.parse(text) as T
  }

  const detail = (id: string): Promise<Detail> =>
    read({
      ...get(`/v1/merchant/checkouts/${id}`),
      headers: { authorization: `Bearer ${MERCHANT_KEY}` },
    })

  /** Of 300 TRY, or 12.50 USDT. */
  async function begin(methodId: string): Promise<Detail> {
    const alternatives = [{ amount: '12.50', currency: 'USDT' }]
    const orderToken = await signOrder(
      { orderId: `K-${(orders += 1)}`, amount: '300.00', currency: 'TRY', alternatives },
      { secret: ORDER_SECRET },
    )
    const { id } = await read<Detail>(post('/v1/checkouts', { orderToken }))
    await send(post(`/v1/checkouts/${id}/payments`, { methodId }))
    return detail(id)
  }

  /** What its provider says once it is paid, held back. */
  async function catchNotice(provider: string, id: string, action: string): Promise<Request> {
    await control('POST', '/notify', { provider, kind: 'hold', times: 1 })
    await control('POST', `/payments/${provider}/${id}`, { action })
    const all = await control<readonly Held[]>('GET', '/notifications')
    const notice = all.findLast(({ paymentId }) => paymentId === id)
    if (!notice) throw new Error(`${provider} said nothing`)
    const { headers, body, url } = notice
    return { method: 'POST', path: new URL(url).pathname, headers, body }
  }

  return {
    receiver,
    send,
    read,
    control,
    begin,
    catchNotice,
    detail,
    becomesPaid: (id: string): Promise<Detail> =>
      until(`${id} is paid`, async () => {
        const now = await detail(id)
        return now.status === 'paid' ? now : undefined
      }),
    async killAndStart(): Promise<void> {
      sender.close()
      await child.kill()
      sender = await connect()
    },
    async close(): Promise<void> {
      sender.close()
      await child.kill()
      await receiver.close()
      await sandbox.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

export type Killed = Awaited<ReturnType<typeof startKilled>>
