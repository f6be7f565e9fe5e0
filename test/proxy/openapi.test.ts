import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createApp } from '../../proxy/app.ts'
import type { AppParts } from '../../proxy/app.ts'
import { createHostedPage } from '../../proxy/hosted/routes.ts'
import { createLimits } from '../../proxy/limits.ts'
import { createMerchantApi } from '../../proxy/merchant-api.ts'
import { createMetricsApi } from '../../proxy/metrics-route.ts'
import { DOCUMENTED } from '../../proxy/openapi.ts'
import { startStack } from './support.ts'
import type { Stack } from './support.ts'

const nothing = {} as never
const limits = createLimits({ rateLimit: 0, trustedProxies: [], log: () => undefined })

describe('the document of the API', () => {
  let stack: Stack
  before(async () => {
    stack = await startStack()
  })
  after(() => stack.close())

  it('describes every route there is, and none that is not', () => {
    const app = wholeApp()
    const routes = app.routes
      .filter(({ method }) => method !== 'ALL')
      .map(({ method, path }) => `${method} ${path.replace(/:(\w+)(\{[^}]*\})?\??/g, '{$1}')}`)
      .map((route) => route.replace(/\.tr\./, '.{language}.'))
    assert.deepEqual([...new Set(routes)].toSorted(), DOCUMENTED.toSorted())
  })

  it('leaves Hono its fast router, which not every pair of paths does', async () => {
    const hostedPage = createHostedPage({
      publicUrl: 'https://pay.shop.example',
      checkouts: nothing,
      payments: nothing,
      store: nothing,
      limits,
      script: '',
      name: undefined,
      styles: '',
    })
    const app = wholeApp({ hostedPage })
    assert.equal((await app.request('/healthz')).status, 200)
    assert.equal(app.router.name, 'SmartRouter + RegExpRouter')
  })

  it('is served, and says what a body must be', async () => {
    const { status, body } = await stack.request<{
      openapi: string
      paths: Record<string, { post?: { requestBody: unknown; responses: object } }>
    }>('GET', '/openapi.json')
    assert.equal(status, 200)
    assert.equal(body.openapi, '3.1.0')
    const open = body.paths['/v1/checkouts']?.post
    assert.match(JSON.stringify(open?.requestBody), /orderToken.*product.*currency/)
    assert.deepEqual(Object.keys(open?.responses ?? {}), ['200', '400', '401', '409', '422', '503'])
  })

  it('serves the widget’s script and languages to any page, and says so where it was not built', async () => {
    const serving = await startStack(
      {},
      { widgetFiles: { 'crypto-checkout.js': 'console.log(1)', 'crypto-checkout.tr.txt': 'tr' } },
    )
    const response = await fetch(`${serving.url}/crypto-checkout.js`)
    assert.equal(await response.text(), 'console.log(1)')
    assert.match(response.headers.get('content-type') ?? '', /^text\/javascript/)
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    assert.equal(response.headers.get('cross-origin-resource-policy'), 'cross-origin')
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff')
    const language = await fetch(`${serving.url}/crypto-checkout.tr.txt`)
    assert.equal(await language.text(), 'tr')
    assert.match(language.headers.get('content-type') ?? '', /^text\/plain/)
    assert.equal(language.headers.get('access-control-allow-origin'), '*')
    for (const name of ['crypto-checkout.xx.txt', 'crypto-checkout.constructor.txt'])
      assert.equal((await fetch(`${serving.url}/${name}`)).status, 404)
    await serving.close()
    assert.equal((await stack.request('GET', '/crypto-checkout.js')).status, 404)
  })

  it('says that the process lives and that the store can be reached', async () => {
    assert.equal((await stack.request('GET', '/healthz')).status, 200)
    assert.equal((await stack.request('GET', '/readyz')).status, 200)
  })
})

/** With everything in it that can be. */
function wholeApp(more: Partial<AppParts> = {}): ReturnType<typeof createApp> {
  return createApp({
    publicUrl: 'https://pay.shop.example',
    allowedOrigins: [],
    orders: {},
    checkouts: nothing,
    payments: nothing,
    completeReturn: nothing,
    takeWebhook: nothing,
    limits,
    jwks: {},
    widgetFiles: { 'crypto-checkout.js': '', 'crypto-checkout.tr.txt': '' },
    isReady: async () => true,
    log: () => undefined,
    merchantApi: createMerchantApi({
      keys: [],
      limits,
      publicUrl: 'https://pay.shop.example',
      store: nothing,
      now: Date.now,
      checkouts: nothing,
      reviews: nothing,
      payouts: nothing,
      providers: nothing,
    }),
    metricsApi: createMetricsApi([], nothing, limits),
    ...more,
  })
}
