import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, describe, it } from 'node:test'
import { setTimeout } from 'node:timers/promises'
import { verifyWebhook } from '../../merchant/index.ts'
import type { CheckoutEvent } from '../../merchant/index.ts'
import { PAYMENT_STATUSES } from '../../protocol/status.ts'
import { assertDiscreet, healthy, makeKey } from './doctor/patient.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { freePort, run, start } from './support.ts'

const SECRET = `whsec_${Buffer.from(makeKey()).toString('base64')}`
const OTHER = `whsec_${Buffer.from(makeKey()).toString('base64')}`

/** A shop's receiver: `judge` says what it answers. */
async function receiver(judge: (event: CheckoutEvent | undefined) => number) {
  const events: CheckoutEvent[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      void verifyWebhook(
        { body: Buffer.concat(chunks), headers: request.headers },
        { secret: SECRET },
      )
        .catch(() => undefined)
        .then((event) => {
          if (event) events.push(event)
          return response.writeHead(judge(event)).end()
        })
    })
  }).listen(0, 'localhost')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://localhost:${port}/hooks`, events, close: () => server.close() }
}

const toReceiver = (url: string, secret = SECRET): Record<string, string> => ({
  MERCHANT_WEBHOOK_URL: url,
  MERCHANT_WEBHOOK_SECRET: secret,
})

describe('crypto-checkout webhook test', () => {
  it('sends one of each type, which a right receiver takes, and two that it refuses', async () => {
    const shop = await receiver((event) => (event ? 204 : 400))
    const env = toReceiver(shop.url, `${OTHER},${SECRET}`)
    const { code, output, errors } = await run(['webhook', 'test'], { env })
    shop.close()
    assert.deepEqual([code, errors], [0, ''])
    assert.deepEqual(
      shop.events.map(({ type }) => type),
      PAYMENT_STATUSES.map((status) => `checkout.${status}`),
    )
    assert.ok(shop.events.every(({ checkout }) => checkout.testMode))
    assert.deepEqual(new Set(shop.events.map(({ id }) => id)).size, PAYMENT_STATUSES.length)
    assert.match(output, /^ok {5}checkout\.paid {11}answered 204 in \d+ ms$/m)
    assert.match(output, /^ok {5}with a wrong signature {2}answered 400 in/m)
    assert.match(output, /^ok {5}of an hour ago {10}answered 400 in/m)
    assertDiscreet(output, env)
  })

  it('signs with each secret of the list, and with nothing else', async () => {
    const seen = new Set<string>()
    const shop = createServer((request, response) => {
      seen.add(String(request.headers['webhook-signature']))
      response.writeHead(204).end()
      request.resume()
    }).listen(0, 'localhost')
    await new Promise((resolve) => shop.once('listening', resolve))
    const { port } = shop.address() as AddressInfo
    const env = toReceiver(`http://localhost:${port}/`, `${OTHER}, ${SECRET},`)
    await run(['webhook', 'test', '--type', 'paid'], { env })
    shop.close()
    const [signatures = ''] = seen
    assert.equal(signatures.split(' ').length, 2)
  })

  const wrong: readonly (readonly [string, (event: unknown) => number, RegExp])[] = [
    ['believes everybody', () => 200, /^wrong {2}with a wrong signature {2}answered 200/m],
    ['refuses everything', () => 401, /^wrong {2}checkout\.paid {11}answered 401/m],
    ['breaks at what is forged', (e) => (e ? 204 : 500), /^wrong {2}of an hour ago .* 500/m],
  ]
  for (const [what, judge, words] of wrong) {
    it(`a receiver that ${what}: says so, exits with 1`, async () => {
      const shop = await receiver(judge)
      const { code, output, errors } = await run(['webhook', 'test', '--type', 'paid'], {
        env: toReceiver(shop.url),
      })
      shop.close()
      assert.equal(code, 1)
      assert.match(output, words)
      assert.match(errors, /of 3 were not answered as they must be/)
    })
  }

  it('--json: the same, for programs; where nobody is there, why', async () => {
    const env = toReceiver(`http://localhost:${await freePort()}/`)
    const { code, output } = await run(['webhook', 'test', '--type', 'paid', '--json'], { env })
    assert.equal(code, 1)
    const { tries } = JSON.parse(output) as { tries: Record<string, unknown>[] }
    assert.deepEqual(
      tries.map(({ status, answer, isRight }) => [status, answer, isRight]),
      tries.map(() => [null, 'nothing listens there', false]),
    )
    assert.equal(tries.length, 3)
  })

  it('says which variable is missing, and which types there are', async () => {
    const none = await run(['webhook', 'test'])
    assert.equal(none.code, 2)
    assert.match(none.errors, /webhook test: MERCHANT_WEBHOOK_URL is missing.*--url/)
    const type = await run(['webhook', 'test', '--type', 'payed'], { env: toReceiver('http://a/') })
    assert.equal(type.code, 2)
    assert.match(type.errors, /--type must be one of pending, processing, review, paid/)
  })
})

describe('crypto-checkout webhook listen', () => {
  it('checks and prints what comes, and answers as it was told', async () => {
    const env = toReceiver('', SECRET)
    const listener = start(['webhook', 'listen', '--port', '0', '--status', '202'], { env })
    const [, url = ''] = await listener.until(/MERCHANT_WEBHOOK_URL=(\S+)/)
    const sent = await run(['webhook', 'test', '--type', 'review'], { env: toReceiver(url) })
    assert.equal(sent.code, 0, sent.output)
    const { code, output } = await listener.stop()
    assert.equal(code, 0)
    assert.match(
      output,
      /^genuine {2}checkout\.review {2}underpaid {2}order crypto-checkout-webhook-test {2}620\.00 TRY {2}version 3\n {9}msg_[\w-]+; answered 202\n/,
    )
    assert.match(output, /^refused {2}wrong_signature: .*; answered 400$/m)
    assert.match(output, /^refused {2}too_old: .*; answered 400$/m)
    assertDiscreet(output, env)
  })

  it('--json: one line for each, with what was said', async () => {
    const env = toReceiver('', SECRET)
    const listener = start(['webhook', 'listen', '--port', '0', '--json'], { env })
    const [, url = ''] = await listener.until(/MERCHANT_WEBHOOK_URL=(\S+)/)
    await run(['webhook', 'test', '--type', 'paid'], { env: toReceiver(url) })
    const large = await fetch(url, { method: 'POST', body: 'x'.repeat(1024 * 1024 + 1) }).catch(
      () => undefined,
    )
    assert.ok(!large?.ok)
    const lines = (await listener.stop()).output.trim().split('\n')
    const read = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    assert.deepEqual(
      read.map(({ answered, refused }) => [answered, refused]),
      [
        [204, undefined],
        [400, 'wrong_signature'],
        [400, 'too_old'],
        [400, 'unreadable'],
      ],
    )
    assert.equal((read[0]?.['event'] as CheckoutEvent | undefined)?.checkout.status, 'paid')
  })

  it('shows nothing that a terminal would obey', async () => {
    const listener = start(['webhook', 'listen', '--port', '0'], { env: toReceiver('', SECRET) })
    const [, url = ''] = await listener.until(/MERCHANT_WEBHOOK_URL=(\S+)/)
    const { sendNotification } = await import('../../cli/webhook/send.ts')
    const data = { id: 'a', orderId: '\u001b[2J', status: 'paid', version: 1, reason: null }
    const price = { amount: '1', currency: 'TRY' }
    const body = JSON.stringify({ type: 'checkout.paid', timestamp: 'x', data: { ...data, price } })
    const to = { secrets: [SECRET], at: Date.now() }
    const { isTaken } = await sendNotification(url, { id: 'msg_1', body }, to)
    const { output } = await listener.stop()
    assert.ok(isTaken)
    assert.match(output, /order \?\[2J/)
  })

  it('without a secret, or where the port is taken: says what to do', async () => {
    const none = await run(['webhook', 'listen'])
    assert.equal(none.code, 2)
    assert.match(none.errors, /MERCHANT_WEBHOOK_SECRET is missing.*keys MERCHANT_WEBHOOK_SECRET/)
    const env = toReceiver('', SECRET)
    const first = start(['webhook', 'listen', '--port', '0'], { env })
    const [, port = ''] = await first.until(/localhost:(\d+)/)
    const second = await run(['webhook', 'listen', '--port', port], { env })
    await first.stop()
    assert.equal(second.code, 1)
    assert.match(second.errors, /the port is taken: name another one with --port/)
  })
})

describe('crypto-checkout webhook replay', () => {
  it('lists what the proxy gave up, and has it sent again', async () => {
    const sandbox = await startSandbox()
    let isUp = false
    const shop = await receiver(() => (isUp ? 204 : 410))
    const [publicPort, merchantPort] = [await freePort(), await freePort()]
    const env: Record<string, string> = {
      ...healthy(sandbox.urls, `http://localhost:${publicPort}`),
      ...toReceiver(shop.url),
      DATABASE_URL: ':memory:',
      MERCHANT_PORT: String(merchantPort),
    }
    const replay = (...args: readonly string[]) => run(['webhook', 'replay', ...args], { env })
    const proxy = start(['proxy'], { env })
    after(async () => {
      await proxy.stop()
      shop.close()
      await sandbox.close()
    })
    await proxy.until(/proxy\.listening/)
    assert.equal((await replay()).output, 'Nothing was given up.\n')

    const ask = async (path: string, body: object): Promise<{ id: string }> => {
      const response = await fetch(`http://localhost:${merchantPort}/v1/merchant${path}`, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${env['MERCHANT_API_KEY']}`,
          'content-type': 'application/json',
        },
        body: JSON.stringify(body),
      })
      return (await response.json()) as { id: string }
    }
    for (const orderId of ['A-1', 'A-2']) {
      const { id } = await ask('/checkouts', { orderId, amount: '10.00', currency: 'TRY' })
      await ask(`/checkouts/${id}/cancel`, {})
    }
    await waitFor(() => shop.events.length === 2)

    let listed = await replay()
    for (let tries = 0; tries < 20 && !listed.output.includes('2 given up'); tries += 1) {
      listed = await replay()
    }
    assert.match(
      listed.output,
      /checkout\.canceled {4}checkout \S+\n {2}msg_\S+ {2}attempts: 1, .*410/,
    )
    const { deliveries } = JSON.parse((await replay('--json')).output) as {
      deliveries: { id: string }[]
    }
    const [first, second] = deliveries.map(({ id }) => id)
    isUp = true
    const one = await replay(first ?? '')
    assert.deepEqual([one.code, one.errors], [0, ''])
    assert.match(one.output, /1 will be sent again/)
    await waitFor(() => shop.events.some(({ id }, at) => at > 1 && id === first))

    const all = await replay('--all', '--json')
    const { redelivered } = JSON.parse(all.output) as { redelivered: object[] }
    assert.deepEqual(redelivered, [{ id: second, isQueued: true }])
    await waitFor(() => shop.events.some(({ id }, at) => at > 1 && id === second))
    assertDiscreet(listed.output + one.output + all.output, env)

    const unknown = await replay('msg_unknown')
    assert.equal(unknown.code, 1)
    assert.match(unknown.output, /msg_unknown: the proxy has no such notification/)
    const wrongKey = await run(['webhook', 'replay'], { env: { ...env, MERCHANT_API_KEY: SECRET } })
    assert.equal(wrongKey.code, 1)
    assert.match(wrongKey.errors, /webhook replay: the proxy refused the key/)
    const elsewhere = await replay('--merchant-url', `http://localhost:${publicPort}`)
    assert.match(elsewhere.errors, /no merchant’s routes there.*--merchant-url/)
    assertDiscreet(wrongKey.errors + elsewhere.errors + unknown.output, env)
  })

  it('where the proxy is not there, or ids are none: says so', async () => {
    const env = { MERCHANT_API_KEY: makeKey(), PUBLIC_URL: `http://localhost:${await freePort()}` }
    const none = await run(['webhook', 'replay'], { env })
    assert.equal(none.code, 1)
    assert.match(none.errors, /the proxy cannot be asked: nothing listens there/)
    const id = await run(['webhook', 'replay', '../checkouts'], { env })
    assert.equal(id.code, 2)
    assert.match(id.errors, /ids are like msg_/)
    const both = await run(['webhook', 'replay', 'msg_1', '--all'], { env })
    assert.match(both.errors, /name ids, or --all/)
  })
})

async function waitFor(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !condition(); tries += 1) await setTimeout(50)
  assert.ok(condition())
}
