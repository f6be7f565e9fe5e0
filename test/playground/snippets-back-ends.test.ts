/**
 * The code for servers, run: a real proxy takes the order that they place, and they take what it tells, and
 * nothing that is forged or old.
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { BACK_ENDS } from '../../demo/shop/scripts/playground/snippets/index.ts'
import type { Embedding } from '../../demo/shop/scripts/playground/snippets/index.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { BODY, headersOf, OLD_SECRET, SECRET } from '../merchant/webhook-samples.ts'
import { MERCHANT_KEY, ORDER_SECRET, startStack } from '../proxy/support.ts'
import type { Stack } from '../proxy/support.ts'
import { startReceiver } from '../proxy/receiver.ts'
import type { Receiver, Told } from '../proxy/receiver.ts'
import { least, most, SOURCES } from './snippets/embeddings.ts'
import { withoutCommand } from './snippets/machine.ts'
import { LANGUAGES, runShell, startServer } from './snippets/servers.ts'
import type { ShopServer } from './snippets/servers.ts'

const SECRETS = {
  ORDER_SECRET,
  MERCHANT_API_KEY: MERCHANT_KEY,
  MERCHANT_WEBHOOK_SECRET: SECRET,
}
const SECOND_S = 1000

let stack: Stack
let receiver: Receiver
before(async () => {
  receiver = await startReceiver()
  stack = await startStack({
    MERCHANT_WEBHOOK_URL: receiver.url,
    MERCHANT_WEBHOOK_SECRET: SECRET,
  })
})
after(async () => {
  await stack.close()
  await receiver.close()
})

describe('the code for servers', () => {
  it('is there for each of them', () => {
    assert.deepEqual(
      BACK_ENDS.map(({ id }) => id),
      [...Object.keys(LANGUAGES), 'curl'],
    )
  })

  for (const { id, title, code } of BACK_ENDS.filter((each) => each.id in LANGUAGES)) {
    const { needs } = LANGUAGES[id] ?? assert.fail(id)
    const skip = needs === null ? false : withoutCommand(needs)
    const withServer = async (
      embedding: Embedding,
      use: (server: ShopServer) => Promise<void>,
      secrets: Record<string, string> = SECRETS,
    ): Promise<void> => {
      const server = await startServer(id, code(embedding), secrets)
      try {
        await use(server)
      } finally {
        await server.close()
      }
    }

    describe(title, { skip }, () => {
      for (const embedding of [least('token'), numbered(most('token'), id)]) {
        const { orderId } = embedding.order
        it(`signs ${orderId}, and the proxy takes it`, () =>
          withServer(embedding, async ({ url }) => {
            const { orderToken } = (await post(`${url}/api/orders`)).json as { orderToken: string }
            const { status, body } = await stack.request<Checkout>('POST', '/v1/checkouts', {
              orderToken,
            })
            assert.ok(status === 200 || status === 201, JSON.stringify(body))
            checkOrder(body, embedding)
            const parts = orderToken.split('.')
            const changed = [parts[0], parts[1], parts[2]?.replace(/^./, flip)].join('.')
            const forged = await stack.request('POST', '/v1/checkouts', { orderToken: changed })
            assert.equal(forged.status, 401)
          }))
      }

      it('creates a checkout, whose page finds it', () => {
        const embedding = numbered(most('checkout'), `${id}-created`)
        return withServer({ ...embedding, merchantUrl: `${stack.url}/` }, async ({ url }) => {
          const { checkout } = (await post(`${url}/api/orders`)).json as { checkout: string }
          const { status, body } = await stack.request<Checkout>('GET', `/v1/checkouts/${checkout}`)
          assert.equal(status, 200)
          checkOrder(body, embedding)
        })
      })

      it('takes what the proxy tells, and nothing forged or old', async () => {
        const { body, headers } = await told(id)
        await withServer(least('product'), async (server) => {
          const tell = sender(server)
          assert.equal(await tell(body, pick(headers)), 204, server.output())
          assert.equal(await tell(`${body} `, pick(headers)), 400, 'another body')
          assert.equal(
            await tell(body, headersOf({ body, secret: OLD_SECRET, seconds: now() })),
            400,
          )
          for (const seconds of [now() - 310, now() + 310]) {
            assert.equal(await tell(body, headersOf({ body, seconds })), 400, 'another time')
          }
          for (const name of Object.keys(pick(headers))) {
            const { [name]: _without, ...others } = pick(headers)
            assert.equal(await tell(body, others), 400, `without ${name}`)
          }
          const twice = { ...headersOf({ body: BODY, seconds: now() }) }
          twice['webhook-signature'] = `v1,AAAA ${twice['webhook-signature']}`
          assert.equal(await tell(BODY, twice), 204, 'one of two signatures is enough')
        })
      })

      it('says what to ship, and takes two secrets while one is replaced', () =>
        withServer(
          least('amount'),
          async (server) => {
            const tell = sender(server)
            const seconds = now()
            const others = [
              BODY.replace('"testMode":false', '"testMode":true'),
              BODY.replaceAll('paid"', 'pending"'),
            ].map((body) => body.replace('A-1001', 'A-none'))
            assert.equal(new Set([BODY, ...others]).size, 3)
            for (const body of others) {
              assert.equal(await tell(body, headersOf({ body, seconds })), 204)
            }
            assert.equal(await tell(BODY, headersOf({ secret: OLD_SECRET, seconds })), 204)
            await server.says(/ship A-1001/)
            assert.doesNotMatch(server.output(), /ship A-none/)
          },
          { ...SECRETS, MERCHANT_WEBHOOK_SECRET: `${SECRET},${OLD_SECRET}` },
        ))

      it('takes nothing where it has no secret', () =>
        withServer(
          least('token'),
          async (server) => {
            const seconds = now()
            const status = await sender(server)(BODY, headersOf({ seconds })).catch(() => 500)
            assert.ok(status >= 400, String(status))
            assert.ok(
              (await post(`${server.url}/api/orders`).catch(() => ({ status: 500 }))).status >= 500,
            )
          },
          { ORDER_SECRET: '', MERCHANT_WEBHOOK_SECRET: '' },
        ))

      it('asks for no order where the page names it', () => {
        for (const source of SOURCES) {
          const asks = code(least(source)).includes('/api/orders')
          assert.equal(asks, source === 'token' || source === 'checkout')
        }
      })
    })
  }
})

describe('the code for a shell', { skip: withoutCommand('curl') }, () => {
  const { code } = BACK_ENDS.find(({ id }) => id === 'curl') ?? assert.fail()
  const run = (embedding: Embedding) =>
    runShell(code({ ...embedding, proxyUrl: `${stack.url}/`, merchantUrl: stack.url }), SECRETS)
  const read = (line = ''): Checkout => JSON.parse(line) as Checkout

  it('signs an order, opens it, and asks what became of it', async () => {
    const embedding = numbered(most('token'), 'shell')
    const [token = '', opened, list] = await run(embedding)
    const { status, body } = await stack.request<Checkout>('POST', '/v1/checkouts', {
      orderToken: token,
    })
    assert.equal(status, 200, 'it was open')
    checkOrder(body, embedding)
    assert.equal(read(opened).id, body.id)
    assert.deepEqual(idsOf(list), [body.id])
  })

  it('creates a checkout', async () => {
    const embedding = numbered(most('checkout'), 'shell-created')
    const [created, list] = await run(embedding)
    checkOrder(read(created), embedding)
    assert.deepEqual(idsOf(list), [read(created).id])
  })

  it('asks what became of an order that the page names', async () => {
    for (const source of ['product', 'amount'] as const) {
      assert.deepEqual(idsOf((await run(numbered(least(source), 'nobody')))[0]), [])
    }
  })

  it('ends where it is refused', () => assert.rejects(run(numbered(least('token'), 'a b'))))

  function idsOf(line = ''): readonly string[] {
    const { checkouts } = JSON.parse(line) as { checkouts: { id: string }[] }
    return checkouts.map(({ id }) => id)
  }
})

/** An order of its own for each: the same number at another price would be refused. */
function numbered(embedding: Embedding, id: string): Embedding {
  return { ...embedding, order: { ...embedding.order, orderId: `A-${id}` } }
}

function checkOrder(checkout: Checkout, { order, methods }: Embedding): void {
  const { orderId, price, description } = checkout
  assert.deepEqual(
    { orderId, ...price, ...(description !== null && { description }) },
    { ...order },
  )
  const providers = new Set(checkout.methods.map((method) => method.id.split(':')[0]))
  assert.deepEqual(providers, new Set(methods.length > 0 ? methods : ['cryptom', 'redoya']))
}

/** A notification as the proxy sent it, just now. */
async function told(id: string): Promise<Told> {
  const checkout = await stack.openCheckout({ orderId: `T-${id}` })
  await stack.start(checkout, 'cryptom:TRX:TRON')
  for (let tries = 0; tries < 100; tries += 1) {
    const [first] = receiver.of(checkout)
    if (first) return first
    await new Promise((resolve) => void setTimeout(resolve, 50))
  }
  return assert.fail('nothing was told')
}

const sender =
  ({ url }: ShopServer) =>
  async (body: string, headers: Record<string, string>): Promise<number> =>
    (await post(`${url}/webhooks/checkout`, body, headers)).status

async function post(url: string, body = '', headers: Record<string, string> = {}) {
  const response = await fetch(url, { method: 'POST', body, headers })
  const text = await response.text()
  return { status: response.status, json: (text ? JSON.parse(text) : null) as unknown }
}

function pick(headers: Told['headers']): Record<string, string> {
  const names = ['webhook-id', 'webhook-timestamp', 'webhook-signature']
  return Object.fromEntries(names.map((name) => [name, String(headers[name])]))
}

const now = (): number => Math.floor(Date.now() / SECOND_S)
const flip = (letter: string): string => (letter === 'A' ? 'B' : 'A')
