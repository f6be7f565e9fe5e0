import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { MERCHANT_KEY, startStack } from './support.ts'
import type { Stack } from './support.ts'

const FILES = { 'index.html': '<p>console</p>', 'console.js': '1', 'console.css': 'p{}' }
const BASE = 'http://pay.internal:8788'

describe('the console', () => {
  let stack: Stack
  before(async () => {
    stack = await startStack({ MERCHANT_PORT: '0' }, { consoleFiles: FILES })
  })
  after(() => stack.close())

  const ask = async (
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> => {
    const request = new Request(BASE + path, {
      ...init,
      headers: { host: 'pay.internal:8788', ...init.headers },
    })
    return (await stack.proxy.merchantFetch?.(request)) ?? assert.fail('no port of its own')
  }
  const change = (origin: string) =>
    ask('/v1/merchant/checkouts', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${MERCHANT_KEY}`,
        'content-type': 'application/json',
        origin,
      },
      body: JSON.stringify({ orderId: 'C-1', amount: '100.00', currency: 'TRY' }),
    })

  it('is a page, a script and a style sheet, on the merchant’s port only', async () => {
    for (const [path, text, type] of [
      ['/console/', '<p>console</p>', 'text/html'],
      ['/console/console.js', '1', 'text/javascript'],
      ['/console/console.css', 'p{}', 'text/css'],
    ] as const) {
      const response = await ask(path)
      assert.equal(await response.text(), text)
      assert.match(response.headers.get('content-type') ?? '', new RegExp(`^${type};`))
      const policy = response.headers.get('content-security-policy') ?? ''
      assert.match(policy, /default-src 'none'.*frame-ancestors 'none'.*require-trusted-types/)
      assert.doesNotMatch(policy, /unsafe|\*/)
      assert.equal((await stack.request('GET', path)).status, 404, path)
    }
    for (const path of ['/', '/console']) {
      const response = await ask(path)
      assert.deepEqual([response.status, response.headers.get('location')], [303, '/console/'])
    }
  })

  it('may change something, with the key; a foreign page may not, with the key or without', async () => {
    assert.equal((await change(BASE)).status, 201)
    for (const origin of [
      'https://shop.example',
      'http://pay.internal',
      'http://pay.internal:8787',
      'http://evil.example:8788',
      'null',
    ]) {
      const response = await change(origin)
      assert.equal(response.status, 403, origin)
      assert.equal(response.headers.get('access-control-allow-origin'), null)
    }
    const without = await ask('/v1/merchant/checkouts', { headers: { origin: BASE } })
    assert.equal(without.status, 401)
  })

  it('is not there without its files, and no page may ask then', async () => {
    const bare = await startStack({ MERCHANT_PORT: '0' })
    const headers = { host: 'pay.internal:8788', origin: BASE }
    const page = await bare.proxy.merchantFetch?.(new Request(`${BASE}/console/`))
    assert.equal(page?.status, 404)
    const request = new Request(`${BASE}/v1/merchant/checkouts`, {
      headers: { ...headers, authorization: `Bearer ${MERCHANT_KEY}` },
    })
    assert.equal((await bare.proxy.merchantFetch?.(request))?.status, 403)
    await bare.close()
  })

  it('is not there where the merchant’s routes share the public port', async () => {
    const shared = await startStack({}, { consoleFiles: FILES })
    assert.equal((await shared.request('GET', '/console/')).status, 404)
    const { status } = await shared.request('GET', '/v1/merchant/checkouts', undefined, {
      authorization: `Bearer ${MERCHANT_KEY}`,
      origin: shared.url,
    })
    assert.equal(status, 403)
    await shared.close()
  })
})
