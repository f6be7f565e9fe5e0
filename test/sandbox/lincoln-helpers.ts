/**
 * What the tests of Lincoln's stand-in share: a client with a hash of its own making, a legal order,
 * the vectors.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, textAt } from './helpers.ts'
import type { Answer } from './helpers.ts'

const { apiKey, apiSecret } = SANDBOX_CREDENTIALS.lincoln

export const ROUTES = 'public/exchanger/route/get'
export const CREATE = 'public/exchanger/order/create'
export const ORDER = 'public/exchanger/order/get'
export const UPDATE = 'public/exchanger/order/update-status'

/** Routes by what they are for. */
export const ROUTE = {
  address: '65a000000000000000000001',
  bitcoin: '65a000000000000000000002',
  verified: '65a000000000000000000003',
  prepaid: '65a000000000000000000004',
  languages: '65a000000000000000000005',
  page: '65a000000000000000000006',
  template: '65a000000000000000000007',
  hidden: '65a000000000000000000008',
  cash: '65a000000000000000000009',
} as const

/** The key of a route's field: 1 the shopper's, 2 the receiver's, 3 the route's. */
export function fieldKey(routeId: string, place: number): string {
  return `65f0${routeId.slice(-18)}0${place}`
}

/** What a call may have beside method and path. */
export interface Call {
  /** Without `time`, in wire order. */
  readonly query?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, unknown>>
  /** A form in place of the JSON; `hashed` is what the server must make of it. */
  readonly form?: string
  readonly hashed?: Readonly<Record<string, unknown>>
  /** The time of this call; the next one by default. */
  readonly time?: number | string
  /** Where `time` travels; the query by default. */
  readonly timeIn?: 'query' | 'body' | 'nowhere'
  /** What is hashed in place of the time; the text by default. */
  readonly hashedTime?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

export type Client = (method: string, path: string, call?: Call) => Promise<Answer>

/** A client of the stand-in. Two of them on one clock are two proxies with one key. */
export function createClient(sandbox: Sandbox, clock = { time: 1_760_000_000_000 }): Client {
  return async (method, path, call = {}) => {
    clock.time += 1
    const { query = {}, body, form, timeIn = 'query', time = clock.time } = call
    const timed = { time: String(time) }
    const sentQuery = timeIn === 'query' ? { ...timed, ...query } : query
    const sentBody = timeIn === 'body' ? { time, ...body } : body
    const get = 'hashedTime' in call ? { ...sentQuery, time: call.hashedTime } : sentQuery
    const parameters = { ...get, ...(form === undefined ? sentBody : call.hashed) }
    const search = new URLSearchParams(sentQuery).toString()
    const type = form === undefined ? 'application/json' : 'application/x-www-form-urlencoded'
    const content = form ?? (sentBody && JSON.stringify(sentBody))
    const response = await fetch(`${sandbox.urls.lincoln}/service/api/v1/${path}/?${search}`, {
      method,
      headers: {
        apikey: apiKey,
        hash: hashOf(parameters),
        ...(content === undefined ? {} : { 'content-type': type }),
        ...call.headers,
      },
      ...(content === undefined ? {} : { body: content }),
    })
    const text = await response.text()
    const parsed: unknown = JSON.parse(text)
    return { status: response.status, headers: response.headers, text, body: parsed }
  }
}

/** By hand, not by the code under test. */
export function hashOf(parameters: unknown, secret: string = apiSecret): string {
  return sha256(sha256(JSON.stringify(parameters)) + secret)
}

export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex')
}

/** By hand: the last four bytes are the double hash of the others. */
export function hasBase58Checksum(address: string): boolean {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  let value = 0n
  for (const letter of address) value = value * 58n + BigInt(alphabet.indexOf(letter))
  const bytes = Buffer.from(value.toString(16).padStart(50, '0'), 'hex')
  const hash = Buffer.from(sha256(bytes.subarray(0, 21)), 'hex')
  return sha256(hash).startsWith(bytes.subarray(21).toString('hex'))
}

/** Every action that sets a status, and the status. */
export const STATUS_AFTER = {
  'in-progress': 'inProgress',
  'payout-queue': 'inProgressPayout',
  done: 'done',
  hold: 'hold',
  'error-payment': 'errorPayment',
  'error-payout': 'errorPayout',
  returned: 'returned',
  delete: 'deleted',
  'wait-payment': 'waitPayment',
}

/** A legal body of create; some parameters replaced, undefined takes one away. */
export function orderBody(changes: Record<string, unknown> = {}): Record<string, unknown> {
  const routeId = typeof changes['routeId'] === 'string' ? changes['routeId'] : ROUTE.address
  const body = {
    routeId,
    amount: 250.5,
    fromValues: [{ key: fieldKey(routeId, 1), value: 'buyer@shop.example' }],
    toValues: [{ key: fieldKey(routeId, 2), value: '4000000000000000' }],
    routeValues: [],
    lang: 'en',
    agreement: true,
    skipPreview: true,
    ...changes,
  }
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined))
}

/** The parameters that read the order of an answer of create. */
export function keysTo({ body }: Answer): { orderUID: string; orderSecret: string } {
  return {
    orderUID: String(at(body, 'data', 'uid')),
    orderSecret: textAt(body, 'data', 'secret'),
  }
}

/** The code of a refusal, digit by digit as it was sent. */
export function errorCode({ body, text }: Answer): string {
  assert.equal(at(body, 'success'), false, text)
  return /"errorCode":(\d+)/.exec(text)?.[1] ?? ''
}

/** `providers/vectors.json`, key boxexchanger, as it is. */
export const VECTORS = {
  published: {
    secret: '97aab8410868ba7c1824f490999607c0ce46a3de',
    json: '{"time":123456789,"param1":"val1"}',
    hash: 'ac876c6314ffcca01b0e65571cc136cedfb2c3d8e2194aaaf364ca7123568fc7',
  },
  own: [
    {
      id: 'B2-time-string',
      secret: 'demo_secret_aa55aa55aa55aa55aa55aa55aa55aa55',
      query: 'time=1760000200001',
      json: '{"time":"1760000200001","routeId":"64b000000000000000000001","amount":250.5,"fromValues":[{"key":"64b000000000000000000011","value":"buyer@shop.example"}],"toValues":[{"key":"wallet","value":"TDemoWa11etAddress000000000000000001"}],"routeValues":[],"lang":"en","agreement":true,"hideOutData":false,"clientCallbackUrl":"https://shop.example/back?o=1","ipnUrl":"https://shop.example/ipn","ipnSecret":"ipn-demo-1"}',
      body: '{"routeId":"64b000000000000000000001","amount":250.5,"fromValues":[{"key":"64b000000000000000000011","value":"buyer@shop.example"}],"toValues":[{"key":"wallet","value":"TDemoWa11etAddress000000000000000001"}],"routeValues":[],"lang":"en","agreement":true,"hideOutData":false,"clientCallbackUrl":"https://shop.example/back?o=1","ipnUrl":"https://shop.example/ipn","ipnSecret":"ipn-demo-1"}',
      hash: 'bc7011e40e901be1d2e7cf7a64e5e25b8c93ca637106edde026646962093083c',
    },
    {
      id: 'B3-order-get',
      secret: 'demo_secret_aa55aa55aa55aa55aa55aa55aa55aa55',
      query: 'time=1760000200002&type=payment&orderUID=1409&orderSecret=SecretDemo000000000000001',
      json: '{"time":"1760000200002","type":"payment","orderUID":"1409","orderSecret":"SecretDemo000000000000001"}',
      body: '',
      hash: 'f34386c612236ffeac8de9afd6ff3c7feae50aeb48759b2a073d83fd39d06c01',
    },
  ],
  ipn: [
    {
      id: 'I-pub',
      string: '5d8e6002b80b7b4cd75a6424:inProgress:2:317.42:ETH:WMZ:1571328406072:SECRET123',
      hash: 'af3acf947e6f0e0f2c267e300b8582e504dba12d1f2d058652b7414163c09f48',
    },
    {
      id: 'I1',
      string:
        '64b0000000000000000000aa:waitPayment:250.5:9871.2:USDTTRC20:CARDUAH:1760000300001:ipn-demo-1',
      hash: '4765a43c5ac77b035b2859e452eff9e3df062a4b54544c885472a8e000954435',
    },
  ],
} as const
