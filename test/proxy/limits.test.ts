import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { after, before, describe, it, mock } from 'node:test'
import type { Context } from 'hono'
import type { Checkout } from '../../protocol/payment.ts'
import { readConfig } from '../../proxy/config.ts'
import type { ProxyEnv } from '../../proxy/guard.ts'
import { createLimits } from '../../proxy/limits.ts'
import { startServer } from '../../proxy/server.ts'
import { MERCHANT_KEY, SHOP, startFullStack, startStack, testEnvironment } from './support.ts'
import type { Stack } from './support.ts'

/** Low, so that a limit is reached soon: 10 requests in ten seconds, 500 where many read. */
const RATE_LIMIT = '1'
const OFFICE = '203.0.113.5'
const ELSEWHERE = '203.0.113.6'
const TOKEN = 'A'.repeat(43)

interface Asked {
  readonly from?: string
  readonly headers?: Record<string, string>
  readonly body?: unknown
}

/** Asks the proxy as if by a line from that address. */
async function ask(stack: Stack, method: string, path: string, asked: Asked = {}) {
  const { from, body, headers = {} } = asked
  const response = await stack.proxy.fetch(
    new Request(stack.url + path, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    }),
    from === undefined ? undefined : { incoming: { socket: { remoteAddress: from } } },
  )
  return { status: response.status, headers: response.headers, text: await response.text() }
}

type Answer = Awaited<ReturnType<typeof ask>>

/** Statuses of `count` requests, and the last answer. */
async function repeat(count: number, once: (place: number) => Promise<Answer>) {
  const statuses: number[] = []
  let last: Answer | undefined
  for (let place = 0; place < count; place += 1) {
    last = await once(place)
    statuses.push(last.status)
  }
  assert.ok(last)
  return { statuses, last }
}

const count = (statuses: readonly number[], status: number): number =>
  statuses.filter((each) => each === status).length

describe('limits', () => {
  let stack: Stack
  before(async () => {
    stack = await startStack({ RATE_LIMIT })
  })
  after(() => stack.close())

  it('an address that asks too often is told to wait, in words that its page may read', async () => {
    const orderToken = await stack.token()
    const headers = { origin: SHOP }
    const open = (from: string, body: object) =>
      ask(stack, 'POST', '/v1/checkouts', { from, headers, body })
    const { statuses, last } = await repeat(12, () => open(OFFICE, { orderToken }))
    assert.deepEqual([count(statuses, 429), statuses.indexOf(429)], [2, 10])
    const problem = JSON.parse(last.text) as Record<string, unknown>
    assert.deepEqual([problem['code'], problem['status']], ['rate_limited', 429])
    const seconds = Number(last.headers.get('retry-after'))
    assert.ok(seconds >= 1 && seconds <= 10, String(seconds))
    assert.equal(last.headers.get('access-control-allow-origin'), SHOP)
    assert.match(last.headers.get('access-control-expose-headers') ?? '', /retry-after/)
    assert.equal((await open(ELSEWHERE, { orderToken })).status, 200)
  })

  it('nothing is done for it', async () => {
    const from = '203.0.113.7'
    await repeat(10, () => ask(stack, 'POST', '/v1/checkouts', { from, body: {} }))
    const orderToken = await stack.token({ orderId: 'LIMITED-1' })
    const { status } = await ask(stack, 'POST', '/v1/checkouts', { from, body: { orderToken } })
    assert.equal(status, 429)
    const { body } = await stack.merchant<{ checkouts: unknown[] }>(
      'GET',
      '/checkouts?orderId=LIMITED-1',
    )
    assert.deepEqual(body.checkouts, [])
  })

  it('it is said once, not for each request, and not whose it was', async () => {
    const isAboutIt = (line: string): boolean => /limit\.reached|rate_limited/.test(line)
    const from = '203.0.113.8'
    await repeat(40, () => ask(stack, 'POST', '/v1/checkouts', { from, body: {} }))
    const lines = stack.logs.filter(isAboutIt)
    assert.equal(lines.filter((line) => line.includes('"address"')).length, 1)
    assert.ok(lines.every((line) => !/rate_limited|203\.0\.113/.test(line)))
  })

  it('what a browser writes into X-Forwarded-For changes nothing', async () => {
    const from = '203.0.113.9'
    const { statuses } = await repeat(12, (place) =>
      ask(stack, 'POST', '/v1/checkouts', {
        from,
        headers: { 'x-forwarded-for': `198.51.100.${place}` },
        body: {},
      }),
    )
    assert.equal(count(statuses, 429), 2)
  })

  it('a page does not wait for another of the same address to be read', async () => {
    const { id } = await stack.openCheckout()
    await repeat(11, () => ask(stack, 'POST', '/v1/checkouts', { from: OFFICE, body: {} }))
    const { status } = await ask(stack, 'GET', `/v1/checkouts/${id}`, { from: OFFICE })
    assert.equal(status, 200)
  })

  it('readers have a limit, too: fifty times as much', async () => {
    const { id } = await stack.openCheckout()
    const from = '203.0.113.10'
    const { statuses } = await repeat(502, () => ask(stack, 'GET', `/v1/checkouts/${id}`, { from }))
    assert.deepEqual([count(statuses, 200), count(statuses, 429)], [500, 2])
  })

  it('a checkout takes thirty actions in ten seconds, whoever sends them, and no more', async () => {
    const [one, other] = [await stack.openCheckout(), await stack.openCheckout()]
    const act = ({ id }: Checkout, action: string) =>
      ask(stack, action === 'qr' ? 'GET' : 'POST', `/v1/checkouts/${id}/${action}`, {
        ...(action !== 'qr' && { body: {} }),
      })
    const actions = ['payments', 'cancel', 'sent', 'qr']
    const { statuses, last } = await repeat(32, (place) => act(one, actions[place % 4] ?? ''))
    assert.deepEqual([count(statuses, 429), statuses.indexOf(429)], [2, 30])
    assert.ok(Number(last.headers.get('retry-after')) >= 1)
    for (const action of actions) assert.equal((await act(one, action)).status, 429, action)
    assert.equal((await act(other, 'sent')).status, 200)
    assert.equal((await ask(stack, 'GET', `/v1/checkouts/${one.id}`)).status, 200)
  })

  it('a payment’s own address takes ten notifications a minute, known or not', async () => {
    const notify = (path: string) => ask(stack, 'POST', `/v1/webhooks/${path}`, { body: {} })
    const { statuses, last } = await repeat(12, () => notify(`lipaykripto/${TOKEN}`))
    assert.deepEqual([count(statuses, 404), count(statuses, 429)], [10, 2])
    assert.equal(last.headers.get('content-type'), 'text/plain')
    assert.ok(Number(last.headers.get('retry-after')) >= 1)
    assert.throws(() => JSON.parse(last.text) as unknown, 'JSON would be taken for a receipt')
    assert.equal(last.headers.get('access-control-allow-origin'), null)
    assert.equal((await notify(`lipaykripto/${'B'.repeat(43)}`)).status, 404)
    const { statuses: shared } = await repeat(40, () => notify('paycrypto'))
    assert.equal(count(shared, 429), 0)
  })

  it('a browser comes back ten times a minute by one link', async () => {
    const { statuses } = await repeat(12, (place) =>
      ask(stack, 'GET', `/v1/returns/${TOKEN}/${String(place).padStart(16, '0')}`),
    )
    assert.deepEqual([count(statuses, 404), count(statuses, 429)], [10, 2])
  })

  it('what could not be an id is counted nowhere', async () => {
    const { statuses } = await repeat(40, () =>
      ask(stack, 'POST', '/v1/checkouts/nothing/sent', { body: {} }),
    )
    assert.equal(count(statuses, 404), 40)
  })

  describe('the merchant’s keys', () => {
    const list = (key: string, from = OFFICE) =>
      ask(stack, 'GET', '/v1/merchant/checkouts', {
        from,
        headers: { authorization: `Bearer ${key}` },
      })

    it('ten wrong ones a minute from an address; the right one is heard all the same', async () => {
      const { statuses } = await repeat(13, (place) => list(`guess-${place}`))
      assert.deepEqual([count(statuses, 401), count(statuses, 429)], [10, 3])
      assert.equal((await list('guess', ELSEWHERE)).status, 401)
      assert.equal((await list(MERCHANT_KEY)).status, 200)
    })

    it('one that is right has a limit of its own, and a generous one', async () => {
      const { statuses } = await repeat(110, (place) => list(MERCHANT_KEY, `198.51.100.${place}`))
      const refused = count(statuses, 429)
      // A few were taken by the tests before this one.
      assert.ok(refused >= 10 && refused < 20, String(refused))
    })
  })
})

describe('by default', () => {
  let stack: Stack
  before(async () => {
    stack = await startStack({ RATE_LIMIT: undefined })
  })
  after(() => stack.close())

  it('a thousand widgets behind one address poll for ten seconds, and none is refused', async () => {
    const { id } = await stack.openCheckout()
    const { statuses } = await repeat(4000, () =>
      ask(stack, 'GET', `/v1/checkouts/${id}`, { from: OFFICE }),
    )
    assert.equal(count(statuses, 200), 4000)
  })

  it('a page with ten widgets begins at once', async () => {
    const { statuses } = await repeat(20, async (place) =>
      ask(stack, 'POST', '/v1/checkouts', {
        from: OFFICE,
        body: { orderToken: await stack.token({ orderId: `PAGE-${place >> 1}` }) },
      }),
    )
    assert.equal(count(statuses, 429), 0)
  })

  it('where no line is known, no address is limited', async () => {
    const { statuses } = await repeat(250, () => ask(stack, 'POST', '/v1/checkouts', { body: {} }))
    assert.equal(count(statuses, 429), 0)
  })
})

describe('over a socket', () => {
  async function startOnSocket(environment: Record<string, string>) {
    const stack = await startFullStack()
    const config = readConfig({
      ...testEnvironment(stack.sandbox.urls),
      RATE_LIMIT,
      ...environment,
    })
    const server = await startServer(config, { writeLog: () => undefined })
    const send = async (forwardedFor: string): Promise<number> => {
      const response = await fetch(`http://localhost:${server.port}/v1/checkouts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor },
        body: '{}',
      })
      await response.text()
      return response.status
    }
    const close = async (): Promise<void> => {
      await server.stop()
      await stack.close()
    }
    return { send, close }
  }

  const statusesOf = async (send: (forwardedFor: string) => Promise<number>) => {
    const statuses: number[] = []
    for (let place = 0; place < 12; place += 1) statuses.push(await send(`198.51.100.${place}`))
    return statuses
  }

  it('the line’s own address is counted, not the one that the browser made up', async () => {
    const { send, close } = await startOnSocket({})
    assert.equal(count(await statusesOf(send), 429), 2)
    await close()
  })

  it('behind a proxy that is named, the one that it saw', async () => {
    const { send, close } = await startOnSocket({ TRUSTED_PROXIES: '127.0.0.0/8, ::1' })
    assert.equal(count(await statusesOf(send), 429), 0)
    for (let place = 0; place < 9; place += 1) await send('1.1.1.1, 198.51.100.3')
    assert.equal(await send('1.1.1.2, 198.51.100.3'), 429)
    assert.equal(await send('198.51.100.3, 198.51.100.4'), 400)
    await close()
  })
})

describe('what is counted', () => {
  const log = () => undefined
  const contextFrom = (remoteAddress: string): Context<ProxyEnv> =>
    ({
      env: { incoming: { socket: { remoteAddress } } },
      req: { header: () => undefined },
    }) as unknown as Context<ProxyEnv>
  const pass = async (): Promise<void> => undefined
  const isRefused = async (task: Promise<unknown>): Promise<boolean> =>
    task.then(
      () => false,
      (error: { code?: string }) => error.code === 'rate_limited',
    )

  it('begins anew when its time is over', async () => {
    mock.timers.enable({ apis: ['Date', 'setTimeout'] })
    const { byAddress } = createLimits({ rateLimit: 1, trustedProxies: [], log })
    const c = contextFrom(OFFICE)
    for (let place = 0; place < 10; place += 1) await byAddress(c, pass)
    assert.ok(await isRefused(Promise.resolve(byAddress(c, pass))))
    mock.timers.tick(9900)
    assert.ok(await isRefused(Promise.resolve(byAddress(c, pass))))
    mock.timers.tick(200)
    assert.ok(!(await isRefused(Promise.resolve(byAddress(c, pass)))))
    mock.timers.reset()
  })

  it('0 turns it off', async () => {
    const limits = createLimits({ rateLimit: 0, trustedProxies: [], log })
    const c = contextFrom(OFFICE)
    for (let place = 0; place < 1000; place += 1) {
      await limits.byAddress(c, pass)
      await limits.notification(c, TOKEN)
      await limits.wrongKey(c)
    }
  })

  it('does not grow with the addresses: 100,000 take no more than 20,000', () => {
    const { stdout, stderr } = spawnSync(process.execPath, ['test/proxy/address-flood.ts'], {
      encoding: 'utf8',
    })
    assert.equal(stderr, '')
    const megabytes = JSON.parse(stdout) as number[]
    assert.equal(megabytes.length, 5)
    const growth = Math.max(...megabytes) - (megabytes[0] ?? 0)
    assert.ok(growth < 2, `grew to ${megabytes.map((each) => each.toFixed(1)).join(', ')} MB`)
  })
})
