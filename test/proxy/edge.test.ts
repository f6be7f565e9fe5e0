import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import { OPERATIONS } from '../../proxy/operations.ts'
import { MERCHANT_KEY, SHOP, startFullStack, startStack } from './support.ts'
import type { Stack } from './support.ts'

interface Problem {
  readonly code: string
  readonly field?: string
}

const EVIL = 'https://evil.example'
const REQUEST_ID = /"requestId":"[\da-f-]{36}"/
const USDT = 'cryptom:USDT:TRON'

/** What a stranger meets before any handler does: T19, T24, T28, T29, T30, T33, T34. */
describe('the edge', () => {
  let stack: Stack
  before(async () => {
    const widgetFiles = { 'crypto-checkout.js': '', 'crypto-checkout.tr.txt': '' }
    stack = await startFullStack({}, { widgetFiles })
  })
  after(() => stack.close())

  /** Without a socket between: what no browser or server would let through gets in. */
  const ask = async (method: string, path: string, init: RequestInit = {}) => {
    const request = new Request(stack.url + path, { method, ...init })
    const response = await stack.proxy.fetch(request)
    return { status: response.status, headers: response.headers, text: await response.text() }
  }
  const send = (path: string, body: string, headers: Record<string, string> = {}) =>
    ask('POST', path, { body, headers: { 'content-type': 'application/json', ...headers } })

  const countCalls = async (): Promise<number> => {
    const ledger = await stack.control<Record<string, { calls: unknown[] }>>('GET', '/ledger')
    return Object.values(ledger).reduce((sum, { calls }) => sum + calls.length, 0)
  }
  const countCheckouts = async (): Promise<number> => {
    const { body } = await stack.merchant<{ checkouts: unknown[] }>('GET', '/checkouts?limit=100')
    return body.checkouts.length
  }
  const codeOf = (text: string): string => (JSON.parse(text) as Problem).code

  describe('what is not there', () => {
    const shapeOf = ({ status, headers, text }: Awaited<ReturnType<typeof ask>>): string =>
      JSON.stringify({
        status,
        names: [...headers.keys()].toSorted(),
        type: headers.get('content-type'),
        store: headers.get('cache-control'),
        body: text.replace(REQUEST_ID, ''),
      })

    it('what could not be one is answered alike, and so is every other route', async () => {
      const known = (await stack.openCheckout()).id
      const ids = [
        'A'.repeat(22),
        'A'.repeat(21),
        'A'.repeat(23),
        'A'.repeat(4000),
        known.toUpperCase() === known ? known.toLowerCase() : known.toUpperCase(),
        `${known}%00`,
        '%00'.repeat(22),
        `${known}%20`,
        `%e2%80%8b${known}`,
        '__proto__',
        'constructor',
        "'%20or%201=1--",
        '%F0%9F%92%A9',
        '%ff%fe',
      ]
      const shapes = new Set<string>()
      for (const id of ids) {
        shapes.add(shapeOf(await ask('GET', `/v1/checkouts/${id}`)))
        shapes.add(shapeOf(await ask('GET', `/v1/checkouts/${id}/qr`)))
        shapes.add(shapeOf(await send(`/v1/checkouts/${id}/cancel`, '{}')))
        shapes.add(shapeOf(await send(`/v1/checkouts/${id}/sent`, '{}')))
        shapes.add(shapeOf(await send(`/v1/checkouts/${id}/payments`, `{"methodId":"${USDT}"}`)))
      }
      // Routes for pages say by which origin an answer was chosen; all of these are such.
      assert.equal(shapes.size, 1, [...shapes].join('\n'))
    })

    it('a token of a return or of a notification is no different', async () => {
      const tokens = ['A'.repeat(43), 'A'.repeat(42), 'A'.repeat(44), '%00', '..%2f..', '__proto__']
      const returns = new Set<string>()
      const webhooks = new Set<string>()
      for (const token of tokens) {
        returns.add(shapeOf(await ask('GET', `/v1/returns/${token}`)))
        returns.add(shapeOf(await ask('GET', `/v1/returns/${token}/${'0'.repeat(16)}`)))
        for (const provider of ['lipaykripto', 'lincoln', 'paycrypto', 'nobody', '__proto__']) {
          webhooks.add(shapeOf(await send(`/v1/webhooks/${provider}/${token}`, '{}')))
        }
      }
      assert.equal(returns.size, 1, [...returns].join('\n'))
      assert.equal(webhooks.size, 1, [...webhooks].join('\n'))
    })
  })

  describe('bodies', () => {
    let checkout: Checkout
    before(async () => {
      checkout = await stack.openCheckout()
    })
    const token = () => stack.token({ orderId: 'BODY-1' })

    for (const [what, text] of [
      ['nothing', ''],
      ['a blank', ' '],
      ['half of it', '{"orderToken":"'],
      ['two values', '{}{}'],
      ['a comment', '{}// no'],
      ['a trailing comma', '{"orderToken":"x",}'],
      ['single quotes', "{'orderToken':'x'}"],
      ['NaN', '{"amount":NaN}'],
      ['a form', 'orderToken=x'],
      ['bytes that are no text', '\u0000\u0001\u0002'],
      ['a list', '[]'],
      ['a list of orders', '[{"orderToken":"x"}]'],
      ['a text', '"orderToken"'],
      ['a number', '7'],
      ['null', 'null'],
      ['a list without end', '['.repeat(16_000)],
    ] as const) {
      it(`${what}: 400, and no more is said`, async () => {
        const { status, text: answer } = await send('/v1/checkouts', text)
        assert.deepEqual([status, codeOf(answer)], [400, 'invalid_request'])
      })
    }

    it('what lies deeper than any order is refused before it is looked at', async () => {
      for (const depth of [17, 8000]) {
        const { status, text } = await send('/v1/checkouts', '['.repeat(depth) + ']'.repeat(depth))
        assert.equal(status, 400)
        assert.match(text, /too deep/)
      }
      const { text } = await send('/v1/checkouts', '['.repeat(16) + ']'.repeat(16))
      assert.doesNotMatch(text, /too deep/)
    })

    it('a name that is there twice is refused, however it is spelled', async () => {
      const orderToken = JSON.stringify(await token())
      const before = await countCheckouts()
      for (const text of [
        `{"orderToken":"x","orderToken":${orderToken}}`,
        `{"orderToken":${orderToken},"orderToken":${orderToken}}`,
        `{"orderToken":"x","order\\u0054oken":${orderToken}}`,
        `{"orderToken" : "x","orderToken"\n:${orderToken}}`,
        `{"orderToken":${orderToken},"x":{"a":1,"a":2}}`,
      ]) {
        const { status, text: answer } = await send('/v1/checkouts', text)
        assert.equal(status, 400, text)
        assert.match(answer, /twice/, text)
      }
      assert.equal(await countCheckouts(), before)
      const sent = await send(`/v1/checkouts/${checkout.id}/sent`, '{"paid":false,"paid":true}')
      assert.equal(sent.status, 400)
    })

    it('the same name in two places is nothing twice, nor is one inside a text', async () => {
      const orderToken = await token()
      const order = { orderId: 'BODY-2', amount: '300.00', currency: 'TRY' }
      const alternatives = [
        { amount: '9.00', currency: 'USDT' },
        { amount: '8.00', currency: 'USD' },
      ]
      const description = 'a "quoted": \\"name\\": {"a":1,"a":2} {[ \\'
      const made = await stack.merchant('POST', '/checkouts', {
        ...order,
        alternatives,
        description,
      })
      assert.equal(made.status, 201, JSON.stringify(made.body))
      assert.equal((await send('/v1/checkouts', JSON.stringify({ orderToken }))).status, 201)
    })

    it('a prototype is only a name that nobody knows', async () => {
      const orderToken = JSON.stringify(await token())
      for (const name of ['__proto__', 'constructor', 'prototype', 'toString']) {
        for (const [path, rest] of [
          ['/v1/checkouts', `"orderToken":${orderToken}`],
          [`/v1/checkouts/${checkout.id}/payments`, `"methodId":"${USDT}"`],
          [`/v1/checkouts/${checkout.id}/sent`, '"paid":false'],
        ] as const) {
          const { status } = await send(path, `{"${name}":{"amount":"1","paid":true},${rest}}`)
          assert.equal(status, 400, `${name} at ${path}`)
        }
      }
      assert.equal(({} as Record<string, unknown>)['amount'], undefined)
    })

    it('one byte more than 16 KiB is too much, said or not said beforehand', async () => {
      const filled = (size: number): string => {
        const text = '{"orderToken":""}'
        return text.replace('""', `"${'x'.repeat(size - text.length)}"`)
      }
      assert.equal((await send('/v1/checkouts', filled(16_384))).status, 400)
      assert.equal((await send('/v1/checkouts', filled(16_385))).status, 413)
      const length = { 'content-length': '16385' }
      assert.equal((await send('/v1/checkouts', filled(16_385), length)).status, 413)
      const huge = { 'content-length': '99999999999999999999' }
      assert.equal((await send('/v1/checkouts', '{}', huge)).status, 413)
      for (const path of ['payments', 'cancel', 'sent']) {
        const { status } = await send(`/v1/checkouts/${checkout.id}/${path}`, filled(16_385))
        assert.equal(status, 413, path)
      }
    })
  })

  describe('requests that any page can make', () => {
    const forPages = Object.keys(OPERATIONS).filter((name) => name.startsWith('POST /v1/checkouts'))

    for (const type of [
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/plain',
      'text/plain;charset=UTF-8',
      'text/plain; application/json',
      'application/jsonp',
      'application/json5',
      'text/json',
      '',
      undefined,
    ]) {
      it(`of type ${type ?? '(none)'}: 415, from no page and from the shop’s own`, async () => {
        const { id } = await stack.openCheckout()
        const [calls, checkouts] = [await countCalls(), await countCheckouts()]
        const orderToken = await stack.token()
        for (const operation of forPages) {
          const path = operation.slice('POST '.length).replace('{id}', id)
          const body = path.endsWith('/payments') ? { methodId: USDT } : { orderToken }
          for (const origin of [undefined, SHOP]) {
            const headers = { ...(type !== undefined && { 'content-type': type }) }
            const init = {
              // Bytes have no type of their own.
              body: new TextEncoder().encode(JSON.stringify(path.endsWith('t') ? {} : body)),
              headers: { ...headers, ...(origin !== undefined && { origin }) },
            }
            const { status, text } = await ask('POST', path, init)
            assert.deepEqual([status, codeOf(text)], [415, 'unsupported_media_type'], path)
          }
        }
        assert.deepEqual([await countCalls(), await countCheckouts()], [calls, checkouts])
      })
    }

    it('from a foreign page: 403 whatever the type, and no handler', async () => {
      const { id } = await stack.openCheckout()
      const [calls, checkouts] = [await countCalls(), await countCheckouts()]
      const orderToken = await stack.token()
      for (const type of ['text/plain', 'application/json']) {
        for (const origin of [EVIL, 'null']) {
          const headers = { 'content-type': type, origin }
          const open = await send('/v1/checkouts', JSON.stringify({ orderToken }), headers)
          const start = JSON.stringify({ methodId: USDT })
          const pay = await send(`/v1/checkouts/${id}/payments`, start, headers)
          assert.deepEqual([open.status, pay.status], [403, 403])
        }
      }
      assert.deepEqual([await countCalls(), await countCheckouts()], [calls, checkouts])
    })

    it('the type may carry a charset, in any case', async () => {
      for (const type of ['application/json; charset=utf-8', 'Application/JSON']) {
        const orderToken = await stack.token()
        const headers = { 'content-type': type }
        const { status } = await send('/v1/checkouts', JSON.stringify({ orderToken }), headers)
        assert.equal(status, 201)
      }
    })
  })

  describe('verbs', () => {
    const id = 'A'.repeat(22)
    const fill = (path: string): string =>
      path
        .replace('{provider}', 'paycrypto')
        .replace('{token}', 'A'.repeat(43))
        .replace('{id}', id)
        .replace('{language}', 'tr')

    for (const [path, verbs] of Map.groupBy(
      Object.keys(OPERATIONS),
      (name) => name.split(' ')[1],
    )) {
      if (path === undefined || path.startsWith('/v1/merchant') || path === '/metrics') continue
      const known = verbs.map((name) => name.split(' ')[0] ?? '')
      it(`${path} knows ${known.join(', ')} and no other`, async () => {
        for (const verb of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'QUERY', 'get2']) {
          if (known.includes(verb)) continue
          const { status, headers, text } = await ask(verb, fill(path))
          assert.deepEqual([verb, status, codeOf(text)], [verb, 405, 'method_not_allowed'])
          assert.equal(headers.get('allow'), known.toSorted().join(', '))
        }
      })
    }

    it('HEAD runs nothing that asks a provider', async () => {
      for (const path of [`/v1/checkouts/${id}`, `/v1/checkouts/${id}/qr`, '/v1/returns/x']) {
        const { status, headers } = await ask('HEAD', path)
        assert.deepEqual([status, headers.get('allow')], [405, 'GET'], path)
      }
      assert.equal((await ask('HEAD', '/v1/merchant/checkouts')).status, 405)
      assert.equal((await ask('HEAD', '/healthz')).status, 200)
    })

    it('no header turns one into another', async () => {
      const { id: own } = await stack.openCheckout()
      for (const name of [
        'x-http-method-override',
        'x-http-method',
        'x-method-override',
        'x-original-url',
        'x-rewrite-url',
      ]) {
        const value = name.endsWith('url') ? '/v1/merchant/checkouts' : 'POST'
        const { status, text } = await ask('GET', `/v1/checkouts/${own}`, {
          headers: { [name]: value },
        })
        assert.equal(status, 200, name)
        assert.equal((JSON.parse(text) as Checkout).id, own)
        const { status: refused } = await ask('GET', `/v1/checkouts/${own}/cancel?_method=POST`, {
          headers: { [name]: value },
        })
        assert.equal(refused, 405, name)
      }
    })
  })

  describe('pages to come back to', () => {
    const pages = [
      '//evil.example',
      '//shop.example',
      'https:evil.example',
      'https:/evil.example',
      'https:///evil.example',
      'https://shop.example@evil.example',
      'https://shop.example:443@evil.example',
      'https://user@shop.example',
      'https://user:word@shop.example/',
      '\\\\evil.example',
      'https:\\\\evil.example',
      'https://evil.example\\@shop.example',
      'https://shop.example\\.evil.example',
      'javascript:alert(1)',
      'JaVaScRiPt:alert(1)//https://shop.example',
      'data:text/html,<script>alert(1)</script>',
      'blob:https://shop.example/1',
      'file:///etc/passwd',
      'http://shop.example',
      'https://shop.example:8443',
      'https://shop.example.',
      'https://shop.example.evil.example',
      'https://evil.example/https://shop.example',
      'https://evil.example?https://shop.example',
      'https://evil.example#https://shop.example',
      'https://shop%2eexample.evil.example',
      'https://evil.example%2f@shop.example',
      'https://ѕhop.example',
      'https://xn--hop-9nd.example',
      'https://shop.example\t.evil.example',
      'https://sh\top.example',
      'https://shop.example\r\nlocation: https://evil.example',
      'https://shop.example/\r\nset-cookie: a=b',
      'https://shop.example/\u0000',
      ' https://shop.example/',
      'https://shop.example/ ',
      'https://shop.example/a b',
      'https://shop.example/\u2028',
      'https://[::1]/',
      'https://169.254.169.254/',
      '%2f%2fevil.example',
      '/relative',
      'relative',
      '?query',
      '',
      `https://shop.example/${'a'.repeat(2000)}`,
    ]

    it('only the shop’s own, for a payment', async () => {
      const checkout = await stack.openCheckout()
      const calls = await countCalls()
      for (const returnUrl of pages) {
        const { status, body } = await stack.start(checkout, USDT, { returnUrl })
        const problem = body as unknown as Problem
        assert.deepEqual([status, problem.field], [400, 'returnUrl'], JSON.stringify(returnUrl))
      }
      assert.equal(await countCalls(), calls)
      const good = { returnUrl: 'https://shop.example/thanks?order=1&next=%2f%2fevil.example#x' }
      assert.equal((await stack.start(checkout, USDT, good)).status, 200)
    })

    for (const name of ['successUrl', 'failUrl', 'cancelUrl', 'pendingUrl'] as const) {
      it(`nor by the order, as ${name}, although it is signed`, async () => {
        const before = await countCheckouts()
        for (const page of pages) {
          const orderToken = await stack.token({ [name]: page })
          const { status, text } = await send('/v1/checkouts', JSON.stringify({ orderToken }))
          assert.ok(status === 400 || status === 401, `${status} ${JSON.stringify(page)}`)
          assert.equal((JSON.parse(text) as Problem).field, name)
        }
        assert.equal(await countCheckouts(), before)
      })
    }
  })

  describe('answers', () => {
    it('of what no page may ask carry no CORS headers, whoever asks', async () => {
      for (const origin of [SHOP, stack.url, EVIL, 'null']) {
        for (const [method, path] of [
          ['POST', '/v1/webhooks/paycrypto'],
          ['POST', `/v1/webhooks/lipaykripto/${'A'.repeat(43)}`],
          ['OPTIONS', '/v1/webhooks/paycrypto'],
          ['GET', `/v1/returns/${'A'.repeat(43)}`],
          ['OPTIONS', `/v1/returns/${'A'.repeat(43)}`],
          ['GET', '/v1/merchant/checkouts'],
          ['OPTIONS', '/v1/merchant/checkouts'],
          ['POST', '/v1/merchant/payouts'],
          ['GET', '/nothing'],
        ] as const) {
          const { status, headers } = await ask(method, path, { headers: { origin } })
          const names = [...headers.keys()].filter((name) => name.startsWith('access-control'))
          assert.deepEqual(names, [], `${method} ${path} from ${origin}`)
          assert.ok(status >= 400)
        }
      }
    })

    it('are secure by their headers, all of them', async () => {
      const checkout = await stack.openCheckout()
      for (const [method, path] of [
        ['GET', '/healthz'],
        ['GET', '/nothing'],
        ['GET', '/openapi.json'],
        ['PUT', '/v1/checkouts'],
        ['GET', `/v1/checkouts/${checkout.id}`],
        ['GET', '/v1/returns/x'],
        ['POST', '/v1/webhooks/paycrypto'],
        ['GET', '/v1/merchant/checkouts'],
      ] as const) {
        const { headers } = await ask(method, path)
        assert.equal(headers.get('x-content-type-options'), 'nosniff', path)
        assert.equal(headers.get('referrer-policy'), 'no-referrer', path)
        assert.match(headers.get('strict-transport-security') ?? '', /max-age=31536000/, path)
        const policy = "default-src 'none'; frame-ancestors 'none'"
        assert.equal(headers.get('content-security-policy'), policy, path)
        assert.match(headers.get('cache-control') ?? '', /^no-store$|^private, no-cache$/, path)
        assert.equal(headers.get('set-cookie'), null, path)
        assert.equal(headers.get('x-powered-by'), null, path)
      }
    })

    it('to a wrong key are one answer, whatever is wrong', async () => {
      const shapes = new Set<string>()
      for (const authorization of [
        undefined,
        '',
        'Bearer',
        'Bearer ',
        'Bearer wrong',
        `Bearer ${MERCHANT_KEY.slice(0, -1)}`,
        `Bearer ${MERCHANT_KEY}x`,
        `Bearer  ${MERCHANT_KEY}`,
        `Basic ${Buffer.from(`merchant:${MERCHANT_KEY}`).toString('base64')}`,
        MERCHANT_KEY,
      ]) {
        for (const path of ['/v1/merchant/checkouts', '/v1/merchant/nothing', '/v1/merchant/']) {
          const headers = authorization === undefined ? {} : { authorization }
          const { status, text, headers: answered } = await ask('GET', path, { headers })
          const body = text.replace(REQUEST_ID, '')
          shapes.add(JSON.stringify([status, body, [...answered.keys()]]))
        }
      }
      assert.equal(shapes.size, 1, [...shapes].join('\n'))
      assert.match([...shapes].join(), /^\[401/)
      const inQuery = await ask('GET', `/v1/merchant/checkouts?key=${MERCHANT_KEY}`)
      assert.equal(inQuery.status, 401)
    })
  })

  it('nothing that a stranger writes can begin a line of the log, or end one', async () => {
    const from = stack.logs.length
    const evil = '%0d%0a{"level":"error","event":"payment.paid"}%1b[31m%7f%c2%9b%e2%80%a8'
    const raw = 'x"}\t{"event":"payment.paid"}\u001b[31m'
    await ask('GET', `/v1/checkouts/${evil}`)
    await ask('GET', `/${evil}?${evil}`)
    await ask('GET', `/v1/returns/${'A'.repeat(43)}/${evil}?x=${evil}`)
    await send(`/v1/webhooks/${evil}/${evil}`, decodeURIComponent(evil))
    await send('/v1/webhooks/paycrypto', decodeURIComponent(evil), { timestamp: raw })
    await send('/v1/checkouts', JSON.stringify({ [raw]: raw, orderToken: raw }))
    await send('/v1/checkouts', JSON.stringify({ orderToken: decodeURIComponent(evil) }))
    await ask('GET', '/v1/merchant/checkouts', { headers: { authorization: `Bearer ${raw}` } })
    const lines = stack.logs.slice(from)
    assert.ok(lines.length >= 5)
    for (const line of lines) {
      assert.doesNotMatch(line, /\p{Cc}/u, JSON.stringify(line))
      const { event } = JSON.parse(line) as { event: string }
      assert.match(event, /^(request\.failed|webhook\.refused)$/)
    }
  })
})

describe('ids that nobody was given', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cc-edge-'))
  const file = join(directory, 'checkout.db')
  let stack: Stack
  before(async () => {
    stack = await startStack({ DATABASE_URL: `file:${file}` }, { writeLog: () => undefined })
  })
  after(async () => {
    await stack.close()
    rmSync(directory, { recursive: true })
  })
  const newId = (): string => randomBytes(16).toString('base64url')

  it('100,000 of them: one status, one shape, one set of headers, and no etag', async () => {
    const shapes = new Set<string>()
    for (let place = 0; place < 100_000; place += 1) {
      const request = new Request(`${stack.url}/v1/checkouts/${newId()}`)
      const { status, headers, body } = await stack.proxy.fetch(request)
      const text = place % 100 === 0 ? await new Response(body).text() : undefined
      shapes.add(`${status} ${[...headers.keys()].join()} ${text?.replace(REQUEST_ID, '')}`)
    }
    assert.equal(shapes.size, 2, [...shapes].join('\n'))
    for (const shape of shapes) {
      assert.match(shape, /^404 /)
      assert.ok(!shape.includes('etag'))
    }
  })

  it('write nothing down, so that nothing but a row makes a difference', async () => {
    const database = new DatabaseSync(file)
    const version = () => JSON.stringify(database.prepare('PRAGMA data_version').get())
    const isQuiet = async (round: () => Promise<unknown>): Promise<boolean> => {
      const before = version()
      await round()
      return version() === before
    }
    const askForAll = async (): Promise<void> => {
      for (const [method, path, body] of [
        ['GET', '', undefined],
        ['GET', '/qr', undefined],
        ['POST', '/payments', { methodId: USDT }],
        ['POST', '/cancel', {}],
        ['POST', '/sent', { paid: true }],
      ] as const) {
        const { status } = await stack.request(method, `/v1/checkouts/${newId()}${path}`, body)
        assert.equal(status, 404)
      }
    }
    // The workers write now and then, whoever asks.
    let quiet = 0
    for (let round = 0; round < 20; round += 1) quiet += (await isQuiet(askForAll)) ? 1 : 0
    assert.ok(quiet > 10, `${quiet} of 20`)
    assert.ok(!(await isQuiet(() => stack.openCheckout())), 'a write would have been seen')
    database.close()
  })
})

describe('the merchant’s routes, where they have a port of their own', () => {
  let stack: Stack
  before(async () => {
    stack = await startStack({ MERCHANT_PORT: '0' })
  })
  after(() => stack.close())

  it('are not there on the public one, however they are called and with the right key', async () => {
    const { id } = await stack.openCheckout()
    const headers = { authorization: `Bearer ${MERCHANT_KEY}`, 'content-type': 'application/json' }
    for (const path of [
      '/v1/merchant/checkouts',
      '/v1/merchant/checkouts/',
      `/v1/merchant/checkouts/${id}`,
      '/v1/merchant/payouts',
      '/v1/merchant/deliveries',
      '/v1/merchant/providers',
      '/v1/merchant',
      '/v1//merchant/checkouts',
      '//v1/merchant/checkouts',
      '/V1/MERCHANT/checkouts',
      '/v1/merchant;x/checkouts',
      '/v1;x/merchant/checkouts',
      '/v1/%6derchant/checkouts',
      '/v1/merchant%2fcheckouts',
      '/v1%2fmerchant%2fcheckouts',
      '/v1/checkouts/%2e%2e/merchant/checkouts',
      '/v1/checkouts/..%2fmerchant%2fcheckouts',
      '/v1/checkouts/../merchant/checkouts',
      '/v1/webhooks/../merchant/payouts',
      '/./v1/merchant/checkouts',
      '/v1/merchant/checkouts?x=/v1/checkouts',
      '/v1/merchant/checkouts%00',
      '/admin',
      '/metrics',
    ]) {
      for (const method of ['GET', 'POST', 'HEAD', 'PUT', 'DELETE']) {
        const response = await stack.proxy.fetch(new Request(stack.url + path, { method, headers }))
        assert.ok([404, 405].includes(response.status), `${method} ${path}: ${response.status}`)
      }
    }
  })

  it('are on their own, and nothing else is', async () => {
    const fetchOwn = stack.proxy.merchantFetch ?? assert.fail()
    const get = async (path: string, key?: string) =>
      (
        await fetchOwn(
          new Request(`http://localhost${path}`, {
            headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }) },
          }),
        )
      ).status
    assert.equal(await get('/v1/merchant/checkouts', MERCHANT_KEY), 200)
    assert.equal(await get('/v1/merchant/checkouts'), 401)
    assert.equal(await get('/v1/merchant/nothing', MERCHANT_KEY), 404)
    assert.equal(await get('/v1/checkouts/x', MERCHANT_KEY), 404)
  })
})
