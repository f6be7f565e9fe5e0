/**
 * Controls that no other test would miss.
 * @module
 */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'node:test'
import { writeLincolnValues } from '../../demo/lincoln-values.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { createProxy } from '../../proxy/create-proxy.ts'
import { readConfig } from '../../proxy/config.ts'
import { signWebhook } from '../../proxy/providers/paycrypto-signing.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import { pause, until } from '../proxy/shop.ts'
import { MERCHANT_KEY, ORDER_SECRET, fullEnvironment, startStack } from '../proxy/support.ts'
import type { Stack } from '../proxy/support.ts'

const HOUR = 60 * 60_000
/** The worker looks once a second at what was hinted. */
const HINT_MS = 1300
const PAYOUT = {
  provider: 'lipaykripto',
  requestId: 'GAP-1',
  amount: '100.00',
  currency: 'TRY',
  asset: 'TRX',
  address: 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t',
}
const USDT = { amount: '12.50', currency: 'USDT' }
const DIRECTIONS = { en: 'ltr', tr: 'ltr', ru: 'ltr', uk: 'ltr', ar: 'rtl' }

/** What the providers were told of their payments, on the way out. */
interface Told {
  readonly webhookUrls: string[]
  readonly secrets: string[]
  readonly returnUrls: string[]
}

describe('controls', () => {
  let stack: Stack
  let folder: string
  const told: Told = { webhookUrls: [], secrets: [], returnUrls: [] }

  const note = (list: string[], pattern: RegExp, text: string): void => {
    const found = pattern.exec(text)?.[1]
    if (found !== undefined) list.push(found)
  }

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'gaps-'))
    stack = await startStack(
      {
        DATABASE_URL: `file:${folder}/checkout.db`,
        LINCOLN_VALUES: writeLincolnValues(folder),
      },
      {
        widgetFiles: { 'crypto-checkout.js': 'customElements.define()' },
        fetch: (url, init) => {
          const body = String(init?.body ?? '')
          note(told.webhookUrls, /"(?:webhookUrl|webhook_url|notify_url|ipnUrl)":"([^"]+)"/, body)
          note(told.returnUrls, /"(?:return_url|clientCallbackUrl)":"([^"]+)"/, body)
          note(told.secrets, /"ipnSecret":"([^"]+)"/, body)
          return fetch(url, init)
        },
      },
      fullEnvironment,
    )
    // Notifications are sent by the tests themselves.
    for (const provider of ['lipaykripto', 'paycrypto', 'lincoln']) {
      await stack.control('POST', '/notify', { provider, kind: 'lose', times: 0 })
    }
  })
  after(async () => {
    await stack.close()
    rmSync(folder, { recursive: true })
  })

  /** Starts by the first method of this name, and answers whatever it asks. */
  async function start(name: string, order: object = {}): Promise<Checkout> {
    const checkout = await stack.openCheckout(order)
    const method = checkout.methods.find(({ id }) => id.startsWith(name))
    assert.ok(method, `${name} is not offered`)
    const fields = Object.fromEntries(method.fields.map(({ id }) => [id, 'shopper@example.org']))
    const answers = { fields, ...(method.consent && { consent: true }) }
    const { status, body } = await stack.start(checkout, method.id, answers)
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }

  const post = (path: string, body: string, headers: Record<string, string> = {}) =>
    fetch(stack.url + path, { method: 'POST', body, headers })

  const statusOf = async ({ id }: Checkout): Promise<string> =>
    (await stack.merchant<Checkout>('GET', `/checkouts/${id}`)).body.status

  /** Every text of every row. */
  function stored(): string {
    const database = new DatabaseSync(`${folder}/checkout.db`, { readOnly: true })
    const tables = ['checkouts', 'payments', 'facts', 'deliveries', 'events', 'payouts']
    const rows = tables.map((name) => database.prepare(`select * from ${name}`).all())
    database.close()
    return JSON.stringify(rows)
  }

  describe('a webhook’s address', () => {
    it('leaves no token in the store, and no secret', async () => {
      await start('lipaykripto')
      await start('lincoln', USDT)
      const text = stored()
      const tokens = told.webhookUrls.map((url) => url.slice(-43))
      assert.ok(tokens.length > 0)
      for (const secret of [...tokens, ...told.secrets]) assert.ok(!text.includes(secret))
      const sealed = /"private":"([^"]*)/g
      for (const [, value = ''] of text.matchAll(sealed))
        assert.match(value, /^eyJ[\w-]+\.\.[\w-]+\./)
    })

    it('leaves no token in the log, when it is refused neither', async () => {
      const unknown = 'K'.repeat(43)
      await post(`/v1/webhooks/lipaykripto/${unknown}`, '{}')
      await stack.request('GET', `/v1/returns/${unknown}/${'A'.repeat(16)}`)
      await stack.request('PUT', `/v1/webhooks/lipaykripto/${unknown}`)
      await stack.request('PUT', `/v1/returns/${unknown}`)
      assert.ok(!stack.logs.join('\n').includes(unknown))
    })

    it('is of its own provider alone', async () => {
      const { id } = await start('lipaykripto')
      const token = told.webhookUrls.at(-1)?.slice(-43)
      const { body } = await stack.merchant<{ payments: { id: string }[] }>(
        'GET',
        `/checkouts/${id}`,
      )
      const flat = JSON.stringify({ cust_order_id: body.payments[0]?.id, status: 1 })
      for (const provider of ['paycrypto', 'lincoln', 'redoya', 'cryptom']) {
        const { status } = await post(`/v1/webhooks/${provider}/${token}`, flat)
        assert.equal(status, 404, provider)
      }
    })

    it('long after its time pays nothing', async () => {
      const { id } = await start('lipaykripto')
      const { pathname } = new URL(told.webhookUrls.at(-1) ?? '')
      const { body } = await stack.merchant<{ payments: { id: string }[] }>(
        'GET',
        `/checkouts/${id}`,
      )
      const notice = JSON.stringify({
        try_amount: 300,
        client_id: SANDBOX_CREDENTIALS.lipaykripto.clientId,
        payment_id: body.payments[0]?.id,
        status: 'confirmed',
      })
      stack.clock.advance(26 * HOUR)
      assert.equal((await post(pathname, notice)).status, 404)
      stack.clock.advance(-26 * HOUR)
      assert.equal((await post(pathname, notice)).status, 200)
    })
  })

  it('an order of Lincoln’s has a secret of its own', async () => {
    await start('lincoln', USDT)
    await start('lincoln', USDT)
    const [last, before] = told.secrets.toReversed()
    assert.match(last ?? '', /^[\w-]{43}$/)
    assert.notEqual(last, before)
  })

  it('of several ways to pay, the shopper is shown the one that was picked last', async () => {
    const checkout = await stack.openCheckout()
    for (const picked of ['redoya', 'lipaykripto', 'redoya']) {
      const { body } = await stack.start(checkout, picked)
      assert.equal(body.payment?.methodId, picked)
    }
  })

  describe('an event', () => {
    it('that was seen before has no effect; of another content it raises an alarm', async () => {
      const checkout = await start('paycrypto:USDT:TRON', USDT)
      const { body } = await stack.merchant<{ payments: { id: string; ref: string }[] }>(
        'GET',
        `/checkouts/${checkout.id}`,
      )
      const [payment = assert.fail()] = body.payments
      const push = (status: number) => {
        const params = { order_id: payment.ref, cust_order_id: payment.id, status }
        const events = [JSON.stringify({ id: 'gap-1', params })]
        const timestamp = String(stack.clock.now())
        const message = { action: 'order_result', events }
        const { webhookSecret } = SANDBOX_CREDENTIALS.paycrypto
        const signature = signWebhook(timestamp, message, webhookSecret)
        const headers = { timestamp, signature }
        return post('/v1/webhooks/paycrypto', JSON.stringify(message), headers)
      }
      const count = async (): Promise<number> => {
        const ledger = await stack.control<{ paycrypto: { calls: { operation: string }[] } }>(
          'GET',
          '/ledger',
        )
        return ledger.paycrypto.calls.length
      }
      const alarms = (): number =>
        stack.logs.filter((line) => line.includes('webhook.event_changed')).length
      const first = await count()
      assert.equal((await push(1)).status, 200)
      await until('it is asked about', async () => (await count()) > first)
      await pause(HINT_MS)
      const asked = await count()
      for (let times = 0; times < 3; times += 1) assert.equal((await push(1)).status, 200)
      await pause(HINT_MS)
      assert.equal(await count(), asked)
      assert.equal(alarms(), 0)
      assert.equal((await push(4)).status, 200)
      assert.equal(alarms(), 1)
      await until('it is asked about again', async () => (await count()) > asked)
    })
  })

  describe('a payout', () => {
    it('whose process died before it was answered is unknown, and not sent again', async () => {
      const order = { ...PAYOUT, requestId: 'GAP-2' }
      await stack.merchant('POST', '/payouts', order)
      const database = new DatabaseSync(`${folder}/checkout.db`)
      database.exec("update payouts set status = 'created', ref = null where request_id = 'GAP-2'")
      database.close()
      const read = async () => (await stack.merchant('GET', '/payouts/GAP-2')).body['status']
      assert.equal(await read(), 'created')
      stack.clock.advance(31_000)
      assert.equal(await read(), 'unknown')
      const sent = told.webhookUrls.length
      const { status, body } = await stack.merchant('POST', '/payouts', order)
      assert.deepEqual([status, body['status']], [200, 'unknown'])
      assert.equal(told.webhookUrls.length, sent, 'nothing was sent')
      stack.clock.advance(-31_000)
    })

    it('that is confirmed stays so, whatever its notifications go on to say', async () => {
      const order = PAYOUT
      assert.equal((await stack.merchant('POST', '/payouts', order)).status, 201)
      const { pathname } = new URL(told.webhookUrls.at(-1) ?? '')
      const tell = async (status: string): Promise<unknown> => {
        const { clientId } = SANDBOX_CREDENTIALS.lipaykripto
        const notice = { clientId, status, tryAmount: 100, requestId: order.requestId }
        assert.equal((await post(pathname, JSON.stringify(notice))).status, 200)
        return (await stack.merchant('GET', `/payouts/${order.requestId}`)).body['status']
      }
      assert.equal(await tell('confirmed'), 'confirmed')
      assert.equal(await tell('failed'), 'confirmed')
      assert.equal(await tell('manual'), 'confirmed')
    })
  })

  describe('an answer', () => {
    it('has its headers on it, whatever it is', async () => {
      const { id } = await stack.openCheckout()
      for (const [method, path] of [
        ['GET', '/healthz'],
        ['GET', '/nowhere'],
        ['GET', `/v1/checkouts/${id}`],
        ['POST', '/v1/webhooks/paycrypto'],
        ['GET', `/v1/returns/${'K'.repeat(43)}`],
        ['GET', '/v1/merchant/checkouts'],
      ] as const) {
        const { headers } = await stack.request(method, path)
        assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
        assert.equal(headers.get('referrer-policy'), 'no-referrer', path)
        assert.match(headers.get('strict-transport-security') ?? '', /max-age=31536000/, path)
        const policy = headers.get('content-security-policy')
        assert.equal(policy, "default-src 'none'; frame-ancestors 'none'", path)
        const isPolled = method === 'GET' && path.startsWith('/v1/checkouts/')
        assert.equal(
          headers.get('cache-control'),
          isPolled ? 'private, no-cache' : 'no-store',
          path,
        )
      }
    })

    it('of the widget’s script may be loaded with `integrity`, from any page', async () => {
      const { headers } = await fetch(`${stack.url}/crypto-checkout.js`)
      assert.equal(headers.get('access-control-allow-origin'), '*')
      assert.equal(headers.get('cross-origin-resource-policy'), 'cross-origin')
      assert.equal(headers.get('x-content-type-options'), 'nosniff')
    })

    it('about a provider’s error is in our own words', async () => {
      await stack.control('POST', '/faults', {
        provider: 'redoya',
        operation: 'verify',
        kind: 'status-500',
      })
      await stack.control('POST', '/faults', {
        provider: 'lipaykripto',
        operation: 'token',
        kind: 'status-500',
      })
      const { status, body } = await stack.start(await stack.openCheckout(), 'lipaykripto')
      await stack.control('DELETE', '/faults')
      const problem = body as unknown as { code: string; detail: string }
      assert.deepEqual(
        [status, problem.code, problem.detail],
        [503, 'provider_unavailable', 'the payment could not be made this way'],
      )
    })
  })

  describe('a return', () => {
    it('goes on with the checkout’s id alone, and its return page holds no script', async () => {
      const checkout = await start('paycrypto:USDT:TRON', {
        ...USDT,
        successUrl: 'https://shop.example/thanks?cart=7',
        pendingUrl: 'https://shop.example/wait?cart=7',
      })
      const visit = (query: string) =>
        fetch(`${told.returnUrls.at(-1)}${query}`, { redirect: 'manual' })
      const { status, headers } = await visit('?status=success&paid=1&id=x')
      assert.equal(status, 303)
      assert.equal(
        headers.get('location'),
        `https://shop.example/wait?cart=7&checkout=${checkout.id}`,
      )
      await start('paycrypto:USDT:TRON', USDT)
      const page = await visit('')
      assert.equal(page.status, 200)
      assert.equal(page.headers.get('content-type'), 'text/html')
      assert.doesNotMatch(await page.text(), /<script|<link|<img|<iframe|\b(src|href|on\w+)=/i)
      for (const [language, direction] of Object.entries(DIRECTIONS)) {
        const spoken = await fetch(told.returnUrls.at(-1) ?? '', {
          headers: { 'accept-language': `${language};q=0.9, de` },
        })
        const text = await spoken.text()
        assert.match(text, new RegExp(`<html lang="${language}" dir="${direction}">`))
        assert.equal(text.includes('Thank you'), language === 'en')
        assert.doesNotMatch(text, /<script|<link|<img|<iframe|\b(src|href|on\w+)=/i)
        assert.equal(spoken.headers.get('vary'), 'accept-language')
      }
    })
  })

  describe('a request', () => {
    it('to cancel is no form', async () => {
      const checkout = await start('paycrypto:USDT:TRON', USDT)
      for (const type of [
        'application/x-www-form-urlencoded',
        'text/plain',
        'multipart/form-data',
      ]) {
        const path = `/v1/checkouts/${checkout.id}/cancel`
        assert.equal((await post(path, 'a=1', { 'content-type': type })).status, 415, type)
      }
      assert.equal(await statusOf(checkout), 'pending')
      assert.equal(
        (await stack.request('GET', `/v1/checkouts/${checkout.id}`)).body['payment'] !== null,
        true,
      )
    })

    it('that is a notification is a POST', async () => {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        for (const path of [
          '/v1/webhooks/paycrypto',
          `/v1/webhooks/lipaykripto/${'K'.repeat(43)}`,
        ]) {
          const { status } = await stack.request(method, path)
          assert.ok(status === 404 || status === 405, `${method} ${path}: ${status}`)
          const { text } = (await stack.request(method, path)).body
          assert.notEqual(text, 'refused', 'no handler has seen it')
        }
      }
    })
  })
})

describe('a proxy', () => {
  const environment = {
    ...fullEnvironment({
      cryptom: 'http://localhost:1',
      redoya: 'http://localhost:1',
      lipaykripto: 'http://localhost:1',
      paycrypto: 'http://localhost:1',
      lincoln: 'http://localhost:1',
    }),
    PROXY_SECRET: 'gaps-proxy-secret-0123456789-abcdef',
    MERCHANT_WEBHOOK_URL: 'http://localhost:1/hooks',
    MERCHANT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
  }

  it('knows every secret that its log must not hold', async () => {
    const lines: string[] = []
    const proxy = await createProxy({
      ...readConfig(environment),
      writeLog: (line) => lines.push(line),
    })
    const { cryptom, redoya, lipaykripto, paycrypto, lincoln } = SANDBOX_CREDENTIALS
    const secrets = [
      ORDER_SECRET,
      MERCHANT_KEY,
      environment.PROXY_SECRET,
      environment.MERCHANT_WEBHOOK_SECRET,
      cryptom.password,
      redoya.secret,
      lipaykripto.clientSecret,
      lipaykripto.hmacSecret,
      paycrypto.apiSecret,
      paycrypto.passphrase,
      paycrypto.webhookSecret,
      lincoln.apiSecret,
    ]
    for (const secret of secrets) proxy.log('error', 'look.failed', { detail: `x ${secret} x` })
    await proxy.close()
    const text = lines.join('\n')
    assert.ok(text.includes('look.failed'))
    for (const secret of secrets) assert.ok(!text.includes(secret))
  })

  it('without a key has no routes of the merchant', async () => {
    const proxy = await createProxy({
      ...readConfig({ ...environment, MERCHANT_API_KEY: '' }),
      writeLog: () => undefined,
    })
    for (const authorization of ['', 'Bearer ', 'Bearer undefined', 'Bearer null']) {
      const request = new Request('http://localhost/v1/merchant/checkouts', {
        headers: { authorization },
      })
      assert.equal((await proxy.fetch(request)).status, 404, authorization)
    }
    await proxy.close()
  })
})
