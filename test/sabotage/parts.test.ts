/**
 * Controls of single parts that no other test would miss.
 * @module
 */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { readText } from '../../proxy/body.ts'
import { createBreaker } from '../../proxy/breaker.ts'
import { startDeliver } from '../../proxy/deliver.ts'
import { createLog } from '../../proxy/log.ts'
import { describeProblem } from '../../proxy/problem.ts'
import { createProviderFetch } from '../../proxy/provider-fetch.ts'
import { merchantOrderSchema, payoutSchema } from '../../proxy/schemas.ts'
import type { Checkout } from '../../protocol/payment.ts'
import type { Store } from '../../proxy/store.ts'
import { createGuard } from '../../widget/core/answer.ts'
import { browserEnvironment } from '../../widget/core/environment.ts'

describe('an error that nobody foresaw', () => {
  it('says nothing about itself', () => {
    const { status, body } = describeProblem(new TypeError('canary at /srv/proxy.ts'), 'r1')
    assert.equal(status, 500)
    assert.deepEqual(JSON.parse(body), {
      type: 'urn:crypto-checkout:problem:internal_error',
      title: 'Internal error',
      status: 500,
      code: 'internal_error',
      requestId: 'r1',
    })
    const failed = Object.assign(new Error('canary'), { code: 'SQLITE_FULL' })
    assert.ok(!describeProblem(failed, 'r1').body.includes('canary'))
  })
})

describe('a provider’s answer', () => {
  const call = (answer: () => Response) =>
    createProviderFetch({
      baseUrl: 'https://provider.example',
      now: () => 0,
      breaker: createBreaker(() => 0),
      fetch: async () => answer(),
    })({ method: 'GET', path: '/x', purpose: 'ask' })

  const refused = (answer: () => Response, code: string): Promise<void> =>
    assert.rejects(call(answer), { name: 'ProviderError', code })

  it('that is a redirect is none, whatever stands in it', async () => {
    for (const status of [300, 301, 302, 303, 307, 308, 399]) {
      const headers = { location: 'https://elsewhere.example/' }
      await refused(() => Response.json({ ok: true }, { status, headers }), 'provider_bad_response')
    }
  })

  it('of more than 256 KiB is none, and its rest is not read', async () => {
    let sent = 0
    const body = () =>
      new ReadableStream({
        pull(controller) {
          sent += 1
          if (sent > 1000) controller.close()
          else controller.enqueue(new Uint8Array(16 * 1024).fill(32))
        },
      })
    await refused(() => new Response(body()), 'provider_bad_response')
    assert.ok(sent < 30, `${sent} pieces were read`)
  })

  it('of 5xx is none', async () => {
    await refused(() => Response.json({ status: 'paid' }, { status: 500 }), 'provider_unavailable')
    await refused(() => Response.json({ status: 'paid' }, { status: 503 }), 'provider_unavailable')
  })
})

describe('a request’s body', () => {
  it('has a cap where it does not say how long it is', async () => {
    const send = (bytes: number) => {
      const body = new Blob([new Uint8Array(bytes).fill(32)]).stream()
      return new Request('http://localhost/', {
        method: 'POST',
        body,
        duplex: 'half',
      } as RequestInit)
    }
    assert.equal((await readText(send(16_384), 16_384)).length, 16_384)
    await assert.rejects(readText(send(16_385), 16_384), { code: 'body_too_large' })
  })
})

describe('a field of the log', () => {
  it('does not pass for the time, the level or the event', () => {
    const lines: string[] = []
    const log = createLog({ secrets: [], now: () => 0, write: (line) => lines.push(line) })
    const fields = { time: 'never', level: 'error', event: 'payment.paid', detail: 'x' }
    log('info', 'request.failed', fields as never)
    assert.deepEqual(JSON.parse(lines[0] ?? ''), {
      time: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'request.failed',
      detail: 'x',
    })
  })
})

describe('what the merchant is told', () => {
  const SECRET = Buffer.alloc(32, 7)
  const DELIVERY = { id: 'msg_1', checkoutId: 'c1', body: '{"a":1}', attempts: 1, expiresAt: 9e12 }

  /** One delivery, by a receiver that gives this answer; and what became of it. */
  async function deliver(answer: Response) {
    const requests: RequestInit[] = []
    const { promise, resolve } = Promise.withResolvers<object>()
    const work = [DELIVERY]
    const deliveries = {
      claim: async () => work.splice(0),
      claimProbe: async () => undefined,
      bringForward: async () => undefined,
      finish: async (_id: string, end: object) => resolve(end),
    }
    const worker = startDeliver({
      store: { deliveries } as unknown as Store,
      now: () => 1_760_000_000_000,
      log: () => undefined,
      reached: () => undefined,
      fetch: async (_url, init = {}) => {
        requests.push(init)
        return answer
      },
      url: 'https://shop.example/hooks',
      secrets: [`whsec_${SECRET.toString('base64')}`],
    })
    const end = await promise
    await worker.stop()
    return { request: requests[0] ?? assert.fail(), end }
  }

  it('is signed with its id and its time, and goes nowhere but to the configured address', async () => {
    const { request, end } = await deliver(new Response(null, { status: 204 }))
    const signed = 'msg_1.1760000000.{"a":1}'
    const signature = createHmac('sha256', SECRET).update(signed).digest('base64')
    const headers = new Headers(request.headers)
    assert.equal(headers.get('webhook-signature'), `v1,${signature}`)
    assert.equal(request.redirect, 'manual')
    assert.ok(request.signal instanceof AbortSignal)
    assert.equal((end as { status?: string }).status, 'delivered')
  })

  it('is not delivered by a redirect', async () => {
    const headers = { location: 'http://169.254.169.254/' }
    const { end } = await deliver(new Response(null, { status: 307, headers }))
    assert.equal((end as { status?: string }).status, 'pending')
  })
})

describe('what is signed side by side', () => {
  const PAYOUT = {
    provider: 'lipaykripto',
    requestId: 'WD-1',
    amount: '100.00',
    currency: 'TRY',
    asset: 'TRX',
    address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
  }
  const ORDER = { orderId: 'A-1', amount: '100.00', currency: 'TRY' }

  it('holds nothing that could stand for another field', () => {
    assert.ok(payoutSchema.safeParse(PAYOUT).success)
    for (const sign of ['&', '=', ' ', ':', '\n', 'ü', '?']) {
      assert.ok(!payoutSchema.safeParse({ ...PAYOUT, requestId: `WD${sign}1` }).success, sign)
      const address = PAYOUT.address.replace('X', sign)
      assert.ok(!payoutSchema.safeParse({ ...PAYOUT, address }).success, sign)
    }
    assert.ok(merchantOrderSchema.safeParse(ORDER).success)
    for (const sign of ['&', '=', ' ', '\n', '?', '/']) {
      assert.ok(!merchantOrderSchema.safeParse({ ...ORDER, orderId: `A${sign}1` }).success, sign)
    }
  })
})

describe('a payment page', () => {
  it('that is not https is never opened', () => {
    const leadingTo = (url: string) => {
      const payment = { id: 'p1', methodId: 'card', nextAction: { type: 'redirect', url } }
      const { refuse } = createGuard(browserEnvironment())
      return refuse({ methods: [], payment } as unknown as Checkout)
    }
    assert.equal(leadingTo('https://page.example/p'), null)
    for (const url of ['javascript:alert(1)', 'http://page.example/', 'data:text/html,x', 'x']) {
      assert.equal(leadingTo(url), 'address_invalid', url)
    }
  })
})
