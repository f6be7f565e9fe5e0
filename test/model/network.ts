/**
 * The lines between the proxy and everybody else: an answer may be late, lost, broken or never come, and
 * the merchant may be away. To be given to the proxy as `fetch`.
 * @module
 */
import { createHmac } from 'node:crypto'
import type { ProviderName } from '../faults/sandbox-control.ts'
import { currentLife, now } from './life.ts'
import type { Life } from './life.ts'
import type { Fakes } from './providers.ts'

/** How a call goes: carried out or not, and what comes back of it. */
export const FAULTS = [
  'refused',
  'error 500',
  'done, then 500',
  'done, then lost',
  'done, then broken',
  'done, then html',
  'late',
  'too many',
] as const
export type Fault = (typeof FAULTS)[number]

export const MANNERS = [
  'acknowledges',
  'answers 500',
  'hangs up',
  'takes it, then hangs up',
] as const
export type Manner = (typeof MANNERS)[number]

/** What the merchant was sent. */
export interface Told {
  readonly webhookId: string
  readonly checkoutId: string
  readonly version: number
  readonly body: string
  readonly isGenuine: boolean
  readonly isAcknowledged: boolean
}

export interface Network {
  readonly fetch: typeof fetch
  readonly told: readonly Told[]
  /** The next call of that kind goes wrong. */
  break(name: ProviderName, purpose: Purpose, fault: Fault): void
  /** All lines are whole again. */
  heal(): void
  /** Late answers arrive. */
  release(): void
  /** Who waited too long has given up. */
  giveUp(): void
  behave(manner: Manner): void
}

/** A call that makes something over there, or one that only asks. */
export type Purpose = 'create' | 'ask'

interface Late {
  readonly since: number
  readonly life: Life | undefined
  arrive(): void
  fail(): void
}

/** Longer than any deadline of the proxy's. */
const DEADLINE_MS = 8000
const CREATES =
  /\/(transaction\/create|external-payment-request|withdraw|v1\/payment|order\/create)\b/

export function createNetwork(fakes: Fakes, merchant: { url: string; secret: string }): Network {
  const told: Told[] = []
  let broken: { name: ProviderName; purpose: Purpose; fault: Fault }[] = []
  let late: Late[] = []
  let manner: Manner = 'acknowledges'

  function take(name: ProviderName, purpose: Purpose): Fault | undefined {
    const index = broken.findIndex((each) => each.name === name && each.purpose === purpose)
    return index < 0 ? undefined : broken.splice(index, 1)[0]?.fault
  }

  async function callProvider(name: ProviderName, request: Request): Promise<Response> {
    const purpose = CREATES.test(new URL(request.url).pathname) ? 'create' : 'ask'
    const fault = take(name, purpose)
    if (fault === 'refused') throw cut('ECONNREFUSED')
    if (fault === 'error 500') return new Response('{"message":"no"}', { status: 500 })
    if (fault === 'too many')
      return new Response('{}', { status: 429, headers: { 'retry-after': '7' } })
    const answer = await fakes.call(name, request)
    if (fault === 'done, then 500') return new Response('oh', { status: 500 })
    if (fault === 'done, then lost') throw cut('ECONNRESET')
    if (fault === 'done, then html')
      return new Response('<html>', { headers: { 'content-type': 'text/html' } })
    if (fault === 'done, then broken')
      return new Response((await answer.text()).slice(0, -9), answer)
    if (fault === 'late') await wait()
    return answer
  }

  function wait(): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (): void => reject(new DOMException('too late', 'TimeoutError'))
      late.push({ since: now(), life: currentLife(), arrive: resolve, fail })
    })
  }

  async function tell(request: Request): Promise<Response> {
    const body = await request.text()
    const { headers } = request
    const webhookId = headers.get('webhook-id') ?? ''
    const signed = `${webhookId}.${headers.get('webhook-timestamp')}.${body}`
    const key = Buffer.from(merchant.secret.replace(/^whsec_/, ''), 'base64')
    const signature = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`
    const { data } = JSON.parse(body) as { data: { id: string; version: number } }
    const isHeard = manner === 'acknowledges' || manner === 'takes it, then hangs up'
    if (isHeard) {
      told.push({
        webhookId,
        checkoutId: data.id,
        version: data.version,
        body,
        isGenuine: headers.get('webhook-signature') === signature,
        isAcknowledged: manner === 'acknowledges',
      })
    }
    if (manner === 'acknowledges') return new Response(null, { status: 204 })
    if (manner === 'answers 500') return new Response('no', { status: 500 })
    throw cut('ECONNRESET')
  }

  return {
    told,
    async fetch(input, init) {
      if (currentLife()?.isDead) return never()
      const request = new Request(input, init)
      const name = fakes.nameOf(new URL(request.url).origin)
      const answer = name === undefined ? tell(request) : callProvider(name, request)
      const settled = await answer.then(
        (response) => ({ response }),
        (error: unknown) => ({ error }),
      )
      if (currentLife()?.isDead) return never()
      if ('error' in settled) throw settled.error
      return settled.response
    },
    break: (name, purpose, fault) => void broken.push({ name, purpose, fault }),
    heal() {
      broken = []
      manner = 'acknowledges'
    },
    release() {
      for (const each of late) each.arrive()
      late = []
    },
    giveUp() {
      const over = late.filter(({ since }) => now() - since >= DEADLINE_MS)
      late = late.filter((each) => !over.includes(each))
      for (const each of over) each.fail()
    },
    behave: (next) => void (manner = next),
  }
}

const cut = (code: string): TypeError =>
  new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) })

/** Nobody is there any more to hear it. */
const never = (): Promise<never> => new Promise(() => undefined)
