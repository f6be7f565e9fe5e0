/**
 * The model's world: the real proxy on a real file, the providers, the merchant and the browsers, all in
 * one process and on one clock, so that a run can be had again.
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLincolnValues } from '../../demo/lincoln-values.ts'
import { signOrder } from '../../merchant/index.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { readConfig } from '../../proxy/config.ts'
import { createProxy } from '../../proxy/create-proxy.ts'
import type { Proxy } from '../../proxy/create-proxy.ts'
import type { Failpoint } from '../../proxy/failpoints.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import type { ProxyRows } from '../faults/proxy-rows.ts'
import type { Sighting } from '../faults/shopper.ts'
import { MERCHANT_KEY, ORDER_SECRET, SHOP, fullEnvironment } from '../proxy/support.ts'
import {
  advance,
  beginLife,
  endLife,
  failWrites,
  install,
  now,
  reached,
  setClock,
  settle,
  within,
} from './life.ts'
import type { Life } from './life.ts'
import { createNetwork } from './network.ts'
import type { Network } from './network.ts'
import { createFakes } from './providers.ts'
import type { Fakes, Mail } from './providers.ts'
import { createReader } from './rows.ts'

const PUBLIC_URL = 'http://localhost:8787'
const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 'model').toString('base64')}`
const MERCHANT_URL = 'http://localhost:4190/told'
const BEGIN = Date.UTC(2026, 0, 5, 12)
const SECOND = 1000

install()

export interface Settings {
  /** LiPayKripto's status call is configured; else its unsigned word is all there is. */
  readonly hasLipayStatus: boolean
}

/** An answer to a browser or a merchant; undefined: the line broke, or nobody has answered yet. */
export interface Answer {
  readonly status: number
  readonly body: string
}

/** One notification that the proxy acknowledged. */
export interface Acknowledged {
  readonly mail: Mail
  readonly isForged: boolean
  readonly at: number
}

export interface World {
  readonly fakes: Fakes
  readonly network: Network
  readonly sightings: readonly Sighting[]
  readonly acknowledged: readonly Acknowledged[]
  /** Bodies that anybody could read, for canaries. */
  readonly bodies: readonly string[]
  readonly isUp: boolean
  readonly isStoreFailing: boolean
  rows(): ProxyRows
  token(orderId: string, amount: string): Promise<string>
  /** Any request at all. */
  request(path: string, init: RequestInit): Promise<Answer | undefined>
  /** A browser's request; what it is shown is written down. */
  browse(
    tab: string,
    method: 'GET' | 'POST',
    path: string,
    body?: object,
  ): Promise<Answer | undefined>
  asMerchant(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer | undefined>
  notify(
    mail: Mail,
    how: {
      url?: string
      headers?: Readonly<Record<string, string>>
      body?: string
      isForged: boolean
    },
  ): Promise<Answer | undefined>
  tick(ms: number): Promise<void>
  start(): Promise<void>
  kill(): void
  killAt(point: Failpoint | undefined): void
  stop(): Promise<void>
  failStore(isFailing: boolean): void
  settle(): Promise<void>
  end(): void
}

export async function createWorld({ hasLipayStatus }: Settings): Promise<World> {
  const directory = mkdtempSync(join(tmpdir(), 'cc-model-'))
  const file = join(directory, 'checkout.db')
  const fakes = createFakes()
  const network = createNetwork(fakes, { url: MERCHANT_URL, secret: WEBHOOK_SECRET })
  const sightings: Sighting[] = []
  const acknowledged: Acknowledged[] = []
  const bodies: string[] = []
  let life: Life | undefined
  let proxy: Proxy | undefined
  let isStoreFailing = false
  setClock(BEGIN)

  const config = readConfig({
    ...fullEnvironment(fakes.urls),
    PUBLIC_URL,
    DATABASE_URL: `file:${file}`,
    MERCHANT_WEBHOOK_URL: MERCHANT_URL,
    MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    LINCOLN_VALUES: writeLincolnValues(directory),
    MAX_ATTEMPTS: '6',
    ...(hasLipayStatus && { LIPAYKRIPTO_STATUS_API_KEY: SANDBOX_CREDENTIALS.lipaykripto.apiKey }),
  })

  async function start(): Promise<void> {
    const born = beginLife()
    life = born
    isStoreFailing = false
    proxy = await within(born, () =>
      createProxy({ ...config, now, reached, fetch: network.fetch, writeLog: () => undefined }),
    )
    await settle()
  }

  const reader = createReader(file)

  /** Who asked hears nothing of a proxy that died meanwhile. */
  async function request(path: string, init: RequestInit): Promise<Answer | undefined> {
    const asked = life
    const serving = proxy
    if (!asked || asked.isDead || !serving) return undefined
    let answer: Answer | undefined
    void within(asked, async () => {
      const response = await serving.fetch(new Request(PUBLIC_URL + path, init))
      const body = await response.text()
      if (asked.isDead) return
      answer = { status: response.status, body }
      note(init, response, body)
    }).catch(() => undefined)
    await settle()
    return answer
  }

  function note(init: RequestInit, response: Response, body: string): void {
    const tab = new Headers(init.headers).get('x-model-tab')
    const etag = response.headers.get('etag')
    if (tab === null) return
    bodies.push(body)
    if (etag === null || response.status >= 300) return
    const { id, status, payment } = JSON.parse(body) as Checkout
    sightings.push({
      tab,
      at: now(),
      checkoutId: id,
      version: Number(etag.replaceAll('"', '')),
      status,
      paymentId: payment?.id ?? null,
      instruction: payment?.nextAction ? JSON.stringify(payment.nextAction) : null,
    })
  }

  const send = (method: string, headers: Record<string, string>, body?: object): RequestInit => ({
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  })

  const kill = (): void => {
    if (life) endLife(life)
    proxy = undefined
  }

  await start()
  return {
    fakes,
    network,
    sightings,
    acknowledged,
    bodies,
    get isUp() {
      return life !== undefined && !life.isDead
    },
    get isStoreFailing() {
      return isStoreFailing
    },
    rows: reader.read,
    request,
    token: (orderId, amount) =>
      signOrder(
        {
          orderId,
          amount,
          currency: 'TRY',
          alternatives: [{ amount: '12.50', currency: 'USDT' }],
          metadata: { note: 'for the merchant' },
        },
        { secret: ORDER_SECRET, now: now() },
      ),
    browse: (tab, method, path, body) =>
      request(path, send(method, { origin: SHOP, 'x-model-tab': tab }, body)),
    asMerchant: (method, path, body) =>
      request(
        `/v1/merchant${path}`,
        send(method, { authorization: `Bearer ${MERCHANT_KEY}` }, body),
      ),
    async notify(
      mail,
      {
        url = mail.outgoing.url,
        headers = mail.outgoing.headers,
        body = mail.outgoing.body,
        isForged,
      },
    ) {
      const { pathname, search } = new URL(url)
      const answer = await request(pathname + search, {
        method: 'POST',
        headers: { ...headers },
        body,
      })
      if (answer && answer.status < 300) acknowledged.push({ mail, isForged, at: now() })
      if (answer && !isForged && mail.outgoing.isAcknowledged(answer.status, answer.body))
        mail.isTaken = true
      return answer
    },
    async tick(ms) {
      advance(life, ms)
      network.giveUp()
      await settle()
      // What was set off goes its next step.
      advance(life, SECOND)
      await settle()
    },
    start,
    kill,
    killAt: (point) => void (life && (life.endsAt = point)),
    async stop() {
      const serving = proxy
      const stopping = life
      if (!serving || !stopping || stopping.isDead) return
      network.release()
      await settle()
      const end = { isReached: false }
      void within(stopping, () => serving.close())
        .catch(() => undefined)
        .finally(() => void (end.isReached = true))
      for (let second = 0; second < 15 && !end.isReached; second += 1) {
        await settle()
        if (!end.isReached) advance(stopping, SECOND)
      }
      kill()
    },
    failStore(isFailing) {
      isStoreFailing = isFailing
      if (life) failWrites(life, isFailing)
    },
    settle,
    end() {
      kill()
      reader.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
