import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, describe, it, mock } from 'node:test'
import type { TestContext } from 'node:test'
import { ReceiptError, verifyReceipt } from '../../merchant/index.ts'
import type { ReceiptErrorCode } from '../../merchant/index.ts'
import { createKey, keySet, mint } from './receipt-samples.ts'

const OLD = createKey('old')
const NEW = createKey('new')
const ORDER = { orderId: 'A-1001', amount: '620.00', currency: 'TRY' }

/** A proxy that publishes keys, and nothing else. */
async function startIssuer(t: TestContext, answer: (response: ServerResponse) => void) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(response)
  })
  server.listen(0)
  await once(server, 'listening')
  t.after(() => server.close())
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`
  return { issuer, asked }
}

const reply = (body: unknown) => (response: ServerResponse) => response.end(JSON.stringify(body))

async function refuses(code: ReceiptErrorCode, receipt: string, issuer: string): Promise<void> {
  await assert.rejects(verifyReceipt(receipt, { issuer, ...ORDER }), (error) => {
    assert.ok(error instanceof ReceiptError, String(error))
    assert.equal(error.code, code)
    return true
  })
}

describe('the keys of receipts', () => {
  after(() => mock.timers.reset())

  it('are asked of the issuer once, however many receipts there are', async (t) => {
    const { issuer, asked } = await startIssuer(t, reply(keySet(OLD)))
    const receipt = mint(OLD, { iss: issuer })
    const verify = () => verifyReceipt(receipt, { issuer, ...ORDER })
    await Promise.all([verify(), verify(), verify()])
    await verify()
    assert.deepEqual(asked, ['/.well-known/jwks.json'])
  })

  it('are found where the issuer is written with a slash, and where it has a path', async (t) => {
    const { issuer, asked } = await startIssuer(t, reply(keySet(OLD)))
    await verifyReceipt(mint(OLD, { iss: issuer }), { issuer: `${issuer}/`, ...ORDER })
    const pay = `${issuer}/pay`
    await verifyReceipt(mint(OLD, { iss: pay }), { issuer: pay, ...ORDER })
    assert.deepEqual(asked, ['/.well-known/jwks.json', '/pay/.well-known/jwks.json'])
  })

  it('are asked anew for one that is not there, at most every half minute', async (t) => {
    mock.timers.enable({ apis: ['Date'], now: Date.now() })
    let keys = keySet(OLD)
    const { issuer, asked } = await startIssuer(t, (response) => reply(keys)(response))
    await verifyReceipt(mint(OLD, { iss: issuer }), { issuer, ...ORDER })
    keys = keySet(NEW, OLD)
    await refuses('unknown_key', mint(NEW, { iss: issuer }), issuer)
    assert.equal(asked.length, 1)
    mock.timers.tick(31_000)
    await verifyReceipt(mint(NEW, { iss: issuer }), { issuer, ...ORDER })
    await verifyReceipt(mint(OLD, { iss: issuer }), { issuer, ...ORDER })
    assert.equal(asked.length, 2)
  })

  for (const [title, answer] of [
    ['500', (response: ServerResponse) => response.writeHead(500).end('{"keys":[]}')],
    ['a page', (response: ServerResponse) => response.end('<!doctype html>')],
    ['something else', reply({ paid: true })],
    [
      'another address',
      (response: ServerResponse) => response.writeHead(302, { location: '/keys' }).end(),
    ],
    ['nothing', (response: ServerResponse) => response.destroy()],
  ] as const) {
    it(`are not there where the issuer answers ${title}`, async (t) => {
      const { issuer, asked } = await startIssuer(t, answer)
      await refuses('keys_unavailable', mint(OLD, { iss: issuer }), issuer)
      assert.equal(asked.length, 1)
    })
  }

  it('are asked again after a failure', async (t) => {
    let isDown = true
    const { issuer } = await startIssuer(t, (response) =>
      isDown ? response.destroy() : reply(keySet(OLD))(response),
    )
    await refuses('keys_unavailable', mint(OLD, { iss: issuer }), issuer)
    isDown = false
    await verifyReceipt(mint(OLD, { iss: issuer }), { issuer, ...ORDER })
  })

  it('are never asked of the issuer that a receipt names', async (t) => {
    const evil = await startIssuer(t, reply(keySet(NEW)))
    const { issuer } = await startIssuer(t, reply(keySet(OLD)))
    await refuses('unknown_key', mint(NEW, { iss: evil.issuer }), issuer)
    assert.deepEqual(evil.asked, [])
  })

  for (const issuer of [
    'http://pay.shop.example',
    'http://localhost.evil.example',
    'ftp://localhost',
    'pay.shop.example',
    '',
    undefined,
  ]) {
    it(`are not asked of ${JSON.stringify(issuer)}`, () =>
      assert.rejects(verifyReceipt(mint(OLD), { issuer: issuer as string, ...ORDER }), RangeError))
  }
})
