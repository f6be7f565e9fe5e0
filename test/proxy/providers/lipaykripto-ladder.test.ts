import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Checkout } from '../../../protocol/payment.ts'
import { SANDBOX_CREDENTIALS } from '../../../sandbox/index.ts'
import { PROVIDERS, startShop } from '../shop.ts'
import type { Shop } from '../shop.ts'
import { fullEnvironment, startStack } from '../support.ts'

const { clientId, webhookSecret, apiKey } = SANDBOX_CREDENTIALS.lipaykripto
const DAY_MS = 24 * 60 * 60_000

/** A proxy whose LiPayKripto addresses are known to the test, as to nobody else. */
async function startKnown(overrides: Record<string, string | undefined> = {}) {
  const addresses = new Map<string, string>()
  const spy: typeof fetch = (url, init) => {
    const body = String(init?.body ?? '')
    const [, id = ''] = /"paymentId":"([a-f\d]{32})"/.exec(body) ?? []
    const [, address] = /"webhookUrl":"([^"]+)"/.exec(body) ?? []
    if (address !== undefined) addresses.set(id, new URL(address).pathname)
    return fetch(url, init)
  }
  const stack = await startStack(overrides, { fetch: spy }, fullEnvironment)

  async function begin(amount = '300.00') {
    const opened = await stack.openCheckout({ amount })
    const { body: checkout } = await stack.start(opened, 'lipaykripto')
    const id = checkout.payment?.id ?? assert.fail(JSON.stringify(checkout))
    return { checkout, id, path: addresses.get(id) ?? assert.fail('no address was sent') }
  }

  const send = async (path: string, body: unknown, method = 'POST') => {
    const response = await fetch(stack.url + path, {
      method,
      headers: { 'content-type': 'application/json' },
      ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    return { status: response.status, text: await response.text() }
  }

  const read = async ({ id }: Checkout): Promise<Checkout> =>
    (await stack.request<Checkout>('GET', `/v1/checkouts/${id}`)).body

  return { stack, begin, send, read }
}

type Known = Awaited<ReturnType<typeof startKnown>>

const notice = (id: string, more: object = {}) => ({
  try_amount: '300.00',
  client_id: clientId,
  payment_id: id,
  status: 'confirmed',
  ...more,
})

function signed(id: string, more: object = {}, secret = webhookSecret): string {
  const text = JSON.stringify({
    success: true,
    clientId,
    status: 'confirmed',
    tryAmount: '300.00',
    paymentId: id,
    ...more,
  })
  const signature = createHmac('sha256', secret).update(text).digest('hex')
  return text.replace(/}$/, `,"signature":"${signature}"}`)
}

/** What an unsigned notification must have right, all at once, and how each is wrong here. */
interface Post {
  path: string
  method: string
  body: Record<string, unknown>
}

const CONDITIONS: Readonly<Record<string, (post: Post) => void>> = {
  address: (post) => (post.path = `/v1/webhooks/lipaykripto/${'A'.repeat(43)}`),
  provider: (post) => (post.path = post.path.replace('lipaykripto', 'lincoln')),
  verb: (post) => (post.method = 'GET'),
  client: (post) => (post.body['client_id'] = 'another'),
  payment: (post) => (post.body['payment_id'] = 'b2'.repeat(16)),
  amount: (post) => (post.body['try_amount'] = '3.00'),
  status: (post) => (post.body['status'] = 'CONFIRMED'),
}

describe('lipaykripto, unsigned (L0)', () => {
  let known: Known
  before(async () => {
    known = await startKnown({ LIPAYKRIPTO_UNSIGNED_MAX: '500' })
  })
  after(() => known.stack.close())

  it('with any one, two or more of its seven conditions wrong nothing happens; with none, paid', async () => {
    const { checkout, id, path } = await known.begin()
    const names = Object.keys(CONDITIONS)
    for (let wrong = 1; wrong < 2 ** names.length; wrong += 1) {
      const post: Post = { path, method: 'POST', body: notice(id) }
      const chosen = names.filter((_, place) => wrong & (1 << place))
      for (const name of chosen) CONDITIONS[name]?.(post)
      const { status, text } = await known.send(post.path, post.body, post.method)
      assert.equal(status, post.method === 'GET' ? 405 : 404, chosen.join())
      if (post.method === 'POST') assert.equal(text, 'refused', chosen.join())
    }
    const after = await known.read(checkout)
    assert.deepEqual([after.status, after.payment?.status], ['pending', 'pending'])
    assert.equal((await known.send(path, notice(id))).status, 200)
    assert.equal((await known.read(checkout)).status, 'paid')
  })

  it('at the address of another payment of the same price: nothing happens to either', async () => {
    const [one, other] = [await known.begin(), await known.begin()]
    assert.equal((await known.send(other.path, notice(one.id))).status, 404)
    assert.equal((await known.send(one.path, notice(other.id))).status, 404)
    for (const { checkout } of [one, other]) {
      assert.equal((await known.read(checkout)).status, 'pending')
    }
  })

  it('at its address under another provider’s name, in that one’s words: refused', async () => {
    const { checkout, id, path } = await known.begin()
    const flat = { cust_order_id: id, order_id: '1', status: 1 }
    const other = path.replace('lipaykripto', 'paycrypto')
    assert.deepEqual(await known.send(other, flat), { status: 404, text: 'refused' })
    assert.equal((await known.read(checkout)).status, 'pending')
  })

  for (const value of [300.01, 299.99, '3e2', '300,00', '٣٠٠', -300, null, true, [300], '0x12c']) {
    it(`an amount of ${JSON.stringify(value)}: nothing happens`, async () => {
      const { checkout, id, path } = await known.begin()
      assert.equal((await known.send(path, notice(id, { try_amount: value }))).status, 404)
      assert.equal((await known.read(checkout)).status, 'pending')
    })
  }

  for (const status of [
    'paid',
    'success',
    'Confirmed',
    ' confirmed',
    'processing',
    1,
    true,
    null,
  ]) {
    it(`a status of ${JSON.stringify(status)}: nothing happens`, async () => {
      const { checkout, id, path } = await known.begin()
      assert.equal((await known.send(path, notice(id, { status }))).status, 404)
      assert.equal((await known.read(checkout)).status, 'pending')
    })
  }

  it('two thousand addresses that were guessed: 404 of one shape', async () => {
    const shapes = new Set<string>()
    const { id } = await known.begin()
    for (let count = 0; count < 2000; count += 1) {
      const token = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url')
      const answer = await known.stack.proxy.fetch(
        new Request(`http://localhost/v1/webhooks/lipaykripto/${token}`, {
          method: 'POST',
          body: JSON.stringify(notice(id)),
        }),
      )
      shapes.add(`${answer.status} ${await answer.text()}`)
    }
    assert.deepEqual([...shapes], ['404 refused'])
  })

  it('the address is burned by the end, whichever it was', async () => {
    for (const [end, again] of [
      ['failed', 'confirmed'],
      ['confirmed', 'failed'],
      ['confirmed', 'confirmed'],
    ]) {
      const { checkout, id, path } = await known.begin()
      assert.equal((await known.send(path, notice(id, { status: end }))).status, 200)
      const before = (await known.read(checkout)).payment?.status
      assert.equal((await known.send(path, notice(id, { status: again }))).status, 404)
      assert.equal((await known.read(checkout)).payment?.status, before)
    }
  })

  it('above LIPAYKRIPTO_UNSIGNED_MAX it is for a person; the maximum itself is not', async () => {
    for (const [amount, status] of [
      ['500.00', 'paid'],
      ['500.01', 'review'],
    ] as const) {
      const { checkout, id, path } = await known.begin(amount)
      await known.send(path, notice(id, { try_amount: amount }))
      assert.equal((await known.read(checkout)).status, status)
    }
  })

  it('where the payment page tells the address: for a person, and an alarm', async () => {
    await known.stack.control('POST', '/lipaykripto/settings', { leakWebhookInToken: true })
    const { checkout, id, path } = await known.begin()
    await known.stack.control('POST', '/lipaykripto/settings', { leakWebhookInToken: false })
    assert.ok(
      known.stack.logs.some((line) => line.includes('webhook.exposed') && line.includes(id)),
    )
    assert.equal((await known.send(path, notice(id))).status, 200)
    const after = await known.read(checkout)
    assert.deepEqual([after.status, after.reason, after.receipt], ['review', 'unconfirmed', null])
  })

  it('a day after its end it is not heard any more; before that late money still counts', async () => {
    const [early, late] = [await known.begin(), await known.begin()]
    known.stack.clock.advance(DAY_MS)
    assert.equal((await known.send(early.path, notice(early.id))).status, 200)
    assert.equal((await known.read(early.checkout)).status, 'paid')
    known.stack.clock.advance(2 * 60 * 60_000)
    assert.equal((await known.send(late.path, notice(late.id))).status, 404)
    assert.notEqual((await known.read(late.checkout)).status, 'paid')
  })
})

describe('lipaykripto, signed (L1): no way down', () => {
  let known: Known
  before(async () => {
    known = await startKnown({ LIPAYKRIPTO_WEBHOOK_SECRET: webhookSecret })
  })
  after(() => known.stack.close())

  for (const [what, make] of [
    ['unsigned', (id: string) => notice(id)],
    ['with an empty signature', (id: string) => ({ ...notice(id), signature: '' })],
    ['with a signature that is no text', (id: string) => ({ ...notice(id), signature: [] })],
    ['signed with nothing', (id: string) => signed(id, {}, '')],
    ['signed with another secret', (id: string) => signed(id, {}, `${webhookSecret}x`)],
    [
      'signed in capitals',
      (id: string) => signed(id).replace(/[a-f\d]{64}/, (h) => h.toUpperCase()),
    ],
    [
      'signed for "failed"',
      (id: string) => signed(id, { status: 'failed' }).replace('failed', 'confirmed'),
    ],
    [
      'signed for another payment',
      (id: string) => signed('b2'.repeat(16)).replace('b2'.repeat(16), id),
    ],
    [
      'signed for "failed", and said again',
      (id: string) =>
        signed(id, { status: 'failed' }).replace('"success"', '"status":"confirmed","success"'),
    ],
    [
      'signed for "failed", and said again at the end',
      (id: string) => signed(id, { status: 'failed' }).replace(/}$/, ',"status":"confirmed"}'),
    ],
    [
      'signed for "failed", in the other spelling too',
      (id: string) =>
        signed(id, { status: 'failed' }).replace(
          /}$/,
          `,"try_amount":"300.00","client_id":"${clientId}","payment_id":"${id}"}`,
        ),
    ],
    [
      'two signatures',
      (id: string) =>
        signed(id, { status: 'failed' }).replace(/}$/, `,"signature":"${'0'.repeat(64)}"}`),
    ],
  ] as const) {
    it(`${what}: nothing happens`, async () => {
      const { checkout, id, path } = await known.begin()
      assert.equal((await known.send(path, make(id))).status, 404)
      assert.equal((await known.read(checkout)).payment?.status, 'pending')
    })
  }

  it('signed, and of another client, amount or payment: nothing happens', async () => {
    const [one, other] = [await known.begin(), await known.begin()]
    for (const body of [
      signed(one.id, { clientId: 'another' }),
      signed(one.id, { tryAmount: '3.00' }),
      signed(one.id, { status: 'pending' }),
      signed(other.id),
    ]) {
      assert.equal((await known.send(one.path, body)).status, 404)
    }
    assert.equal((await known.read(one.checkout)).status, 'pending')
    assert.equal((await known.send(one.path, signed(one.id))).status, 200)
    assert.equal((await known.read(one.checkout)).status, 'paid')
  })
})

for (const [level, overrides] of [
  ['L2', { LIPAYKRIPTO_STATUS_API_KEY: apiKey }],
  ['L3', { LIPAYKRIPTO_STATUS_API_KEY: apiKey, LIPAYKRIPTO_WEBHOOK_SECRET: webhookSecret }],
] as const) {
  describe(`lipaykripto, asked (${level}): a notification is a reason to ask`, () => {
    let known: Known
    before(async () => {
      known = await startKnown(overrides)
    })
    after(() => known.stack.close())

    it('"confirmed" of what is not paid, or "failed" of what is: the status call decides', async () => {
      const { checkout, id, path } = await known.begin()
      const word = (status: string) =>
        level === 'L2' ? notice(id, { status }) : signed(id, { status })
      assert.equal((await known.send(path, word('confirmed'))).status, 200)
      known.stack.clock.advance(4000)
      assert.equal((await known.stack.refreshed(checkout)).status, 'pending')
      await known.stack.control('POST', '/notify', { provider: 'lipaykripto', kind: 'lose' })
      await known.stack.control('POST', `/payments/lipaykripto/${id}`, { action: 'confirm' })
      assert.equal((await known.send(path, word('failed'))).status, 200)
      assert.equal((await known.stack.refreshed(checkout)).status, 'paid')
    })

    it('while the status call does not answer, no notification stands in for it', async () => {
      const { checkout, id, path } = await known.begin()
      const fault = { provider: 'lipaykripto', operation: 'status', kind: 'status-500', times: 0 }
      await known.stack.control('POST', '/faults', fault)
      try {
        for (const body of [notice(id), signed(id)]) await known.send(path, body)
        assert.equal((await known.stack.refreshed(checkout)).status, 'pending')
      } finally {
        await known.stack.control('DELETE', '/faults')
      }
    })

    if (level === 'L3') {
      it('unsigned it is not even that', async () => {
        const { id, path } = await known.begin()
        assert.equal((await known.send(path, notice(id))).status, 404)
      })
    }
  })
}

describe('addresses that are a right by themselves', () => {
  it('are in no log, no answer and nowhere in the store', async () => {
    const tokens = new Set<string>()
    const directory = mkdtempSync(join(tmpdir(), 'cc-addresses-'))
    const shop: Shop = await startShop(
      { DATABASE_URL: `file:${join(directory, 'checkout.db')}` },
      {
        fetch: (url, init) => {
          const payload = /checkout#([^#]+)/.exec(String(init?.body))?.[1]
          const text = `${String(init?.body ?? '')} ${payload ?? ''}`
          for (const [, token] of text.matchAll(/\/v1\/(?:webhooks\/\w+|returns)\/([\w-]{43})/g)) {
            if (token !== undefined) tokens.add(token)
          }
          return fetch(url, init)
        },
      },
    )
    try {
      const answers: string[] = []
      for (const provider of PROVIDERS) {
        const { checkout, payment } = await shop.begin(provider)
        await shop.pay(checkout, payment)
        shop.clock.advance(16_000)
        await shop.becomes(checkout, 'paid')
        answers.push(JSON.stringify([await shop.read(checkout), await shop.detail(checkout)]))
      }
      const files = readdirSync(directory).map((name) =>
        readFileSync(join(directory, name), 'latin1'),
      )
      const places = { log: shop.logs.join('\n'), answers: answers.join(''), store: files.join('') }
      assert.ok(tokens.size >= 4, `${tokens.size} addresses were given away`)
      assert.ok(places.store.includes('checkouts'), 'the store was read')
      for (const [place, text] of Object.entries(places)) {
        for (const token of tokens) {
          assert.ok(!text.includes(token), `an address in the ${place}`)
          assert.ok(!text.includes(Buffer.from(token).toString('base64url')), place)
        }
      }
    } finally {
      await shop.close()
      rmSync(directory, { recursive: true, force: true })
    }
  })
})
