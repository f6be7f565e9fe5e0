import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { after, before, describe, it } from 'node:test'
import { readConfig } from '../../proxy/config.ts'
import { LINE_LIMITS, startServer } from '../../proxy/server.ts'
import { MERCHANT_KEY, testEnvironment } from './support.ts'

const QUICK = {
  ...LINE_LIMITS,
  headersTimeout: 400,
  requestTimeout: 800,
  connectionsCheckingInterval: 50,
}
const ID = 'A'.repeat(22)

const start = (environment: Record<string, string> = {}, limits = QUICK) =>
  startServer(
    readConfig({
      ...testEnvironment({ cryptom: 'http://localhost:1', redoya: 'http://localhost:1' }),
      MERCHANT_PORT: '0',
      ...environment,
    }),
    { writeLog: () => undefined },
    limits,
  )

/** A line of one's own: what is written to it is what is sent. */
async function openLine(port: number, host = 'localhost') {
  const socket = connect(port, host)
  let text = ''
  let isClosed = false
  socket.setEncoding('latin1')
  socket.on('data', (chunk: string) => (text += chunk))
  socket.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => {
    socket.once('close', () => {
      isClosed = true
      resolve()
    })
  })
  await once(socket, 'connect')
  return {
    write: (bytes: string) => socket.writable && socket.write(bytes, 'latin1'),
    closed,
    get isClosed() {
      return isClosed
    },
    get text() {
      return text
    },
    destroy: () => socket.destroy(),
  }
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** What the proxy is to the network, beneath HTTP: T28, T34. */
describe('lines', () => {
  let server: Awaited<ReturnType<typeof startServer>>
  before(async () => {
    server = await start()
  })
  after(() => server.stop())

  /** The answer to raw bytes; the line is closed by the other side, or by us after an answer. */
  async function send(bytes: string): Promise<{ status: number; text: string }> {
    const line = await openLine(server.port)
    line.write(bytes)
    for (let waited = 0; waited < 2000 && !line.isClosed; waited += 10) {
      if (/\r\n\r\n/.test(line.text)) break
      await sleep(10)
    }
    line.destroy()
    return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(line.text)?.[1] ?? 0), text: line.text }
  }
  const get = (target: string, more = '', verb = 'GET') =>
    send(`${verb} ${target} HTTP/1.1\r\nhost: localhost\r\n${more}\r\n`)
  /** One that comes a byte at a time, and never to an end; how long it was borne. */
  async function drip(head: string): Promise<number> {
    const line = await openLine(server.port)
    const from = performance.now()
    line.write(head)
    const dripping = setInterval(() => line.write('x'), 20)
    await Promise.race([line.closed, sleep(5000)])
    clearInterval(dripping)
    line.destroy()
    return performance.now() - from
  }

  it('one that never ends its headers is closed', async () => {
    const ms = await drip(`GET /v1/checkouts/${ID} HTTP/1.1\r\nhost: localhost\r\nx-slow: `)
    assert.ok(ms < 2000, `${ms} ms`)
  })

  it('nor one that never ends its body', async () => {
    const head =
      'POST /v1/checkouts HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
    const declared = await drip(`${head}content-length: 16000\r\n\r\n{"orderToken":"`)
    assert.ok(declared < 3000, `${declared} ms`)
    const webhook = 'POST /v1/webhooks/paycrypto HTTP/1.1\r\nhost: localhost\r\n'
    const notified = await drip(`${webhook}content-length: 60000\r\n\r\n{`)
    assert.ok(notified < 3000, `${notified} ms`)
  })

  it('while a hundred such are there, others are answered', async () => {
    const lines = await Promise.all(Array.from({ length: 100 }, () => openLine(server.port)))
    for (const line of lines) line.write('GET / HTTP/1.1\r\nx-slow: ')
    const { status } = await get('/healthz')
    assert.equal(status, 200)
    await Promise.race([Promise.all(lines.map(({ closed }) => closed)), sleep(5000)])
    assert.equal(lines.filter(({ isClosed }) => isClosed).length, 100)
  })

  it('are given no longer than what an honest sender needs', () => {
    assert.ok(LINE_LIMITS.headersTimeout <= 10_000)
    assert.ok(LINE_LIMITS.requestTimeout <= 20_000)
    assert.ok(LINE_LIMITS.maxHeaderSize <= 16_384)
  })

  it('headers, and a path, of more than 16 KiB: 431', async () => {
    assert.equal((await get('/healthz', `x-large: ${'x'.repeat(17_000)}\r\n`)).status, 431)
    assert.equal((await get(`/v1/checkouts/${'x'.repeat(17_000)}`)).status, 431)
    assert.equal((await get(`/healthz?${'x'.repeat(17_000)}`)).status, 431)
    const many = Array.from({ length: 1500 }, (_, place) => `x-${place}: xxxxx\r\n`).join('')
    assert.equal((await get('/healthz', many)).status, 431)
  })

  for (const [what, bytes] of [
    ['two lengths', 'content-length: 2\r\ncontent-length: 3\r\n\r\n{}'],
    ['a length and chunks', 'content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['chunks that are none', 'transfer-encoding: chunked\r\n\r\nzz\r\n'],
    ['a length that is no number', 'content-length: 1e1\r\n\r\n{}'],
    ['a negative length', 'content-length: -1\r\n\r\n{}'],
    ['a header split in two', 'x-a: b\r\n c: d\r\n\r\n'],
    ['a blank before the colon', 'content-length : 2\r\n\r\n{}'],
    ['NUL in a header', 'x-a: \u0000\r\n\r\n'],
  ] as const) {
    it(`what two servers would read in two ways is read in none: ${what}`, async () => {
      const head =
        'POST /v1/checkouts HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n'
      assert.equal((await send(head + bytes)).status, 400)
    })
  }

  it('no verb or path leads anywhere but where it says', async () => {
    const key = `authorization: Bearer ${MERCHANT_KEY}\r\n`
    for (const [verb, target] of [
      ['TRACE', '/healthz'],
      ['TRACE', `/v1/checkouts/${ID}`],
      ['CONNECT', 'localhost:80'],
      ['OPTIONS', '*'],
      ['GET', '/../v1/merchant/checkouts'],
      ['GET', '/v1/checkouts/../merchant/checkouts'],
      ['GET', '/v1/checkouts/%2e%2e/merchant/checkouts'],
      ['GET', '/v1/checkouts/..%2fmerchant%2fcheckouts'],
      ['GET', '/v1/checkouts/..\\merchant\\checkouts'],
      ['GET', '\\v1\\merchant\\checkouts'],
      ['GET', '//v1/merchant/checkouts'],
      ['GET', '//admin'],
      ['GET', '/%2fv1/merchant/checkouts'],
      ['GET', '/V1/Merchant/checkouts'],
      ['GET', '/v1/merchant;/checkouts'],
      ['GET', '/v1/merchant/checkouts/'],
      ['GET', '/v1/merchant/checkouts%23'],
      ['GET', '/v1/merchant/checkouts%3f'],
      ['GET', 'http://localhost/v1/merchant/checkouts'],
      ['GET', 'http://evil.example/v1/merchant/checkouts'],
      ['GET', 'v1/merchant/checkouts'],
    ] as const) {
      const { status, text } = await get(target, key, verb)
      assert.ok([0, 400, 404, 405].includes(status), `${verb} ${target}: ${status}`)
      assert.ok(!text.includes('"checkouts"'), target)
      assert.ok(!text.includes(MERCHANT_KEY), 'nothing is echoed')
    }
  })

  it('whatever the host header says', async () => {
    for (const host of ['evil.example', 'localhost@evil.example', '', 'a b', '[::1', 'x/../..']) {
      const { status, text } = await send(`GET /v1/returns/x HTTP/1.1\r\nhost: ${host}\r\n\r\n`)
      assert.ok([400, 404].includes(status), `${host}: ${status}`)
      assert.ok(!/evil/.test(text), text)
    }
  })
})

describe('HOST', () => {
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((each) => each && !each.internal && each.family === 'IPv4')?.address

  const reaches = async (port: number, host: string): Promise<boolean> =>
    openLine(port, host).then(
      (line) => {
        line.destroy()
        return true
      },
      () => false,
    )

  it('names the one address to listen at', { skip: outside === undefined }, async () => {
    const server = await start({ HOST: '127.0.0.1' })
    assert.ok(await reaches(server.port, '127.0.0.1'))
    assert.ok(!(await reaches(server.port, outside ?? '')))
    await server.stop()
  })

  it('is not needed: every address then', { skip: outside === undefined }, async () => {
    const server = await start()
    assert.ok(await reaches(server.port, '127.0.0.1'))
    assert.ok(await reaches(server.port, outside ?? ''))
    await server.stop()
  })
})
