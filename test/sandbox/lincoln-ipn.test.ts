/**
 * Lincoln's IPN: its fields and its hash, every place that the hash may travel in, and
 * that it comes once.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, send, textAt } from './helpers.ts'
import type { Answer } from './helpers.ts'
import {
  CREATE,
  createClient,
  fieldKey,
  keysTo,
  orderBody,
  ROUTE,
  sha256,
  UPDATE,
} from './lincoln-helpers.ts'
import type { Client } from './lincoln-helpers.ts'

const NOW = Date.UTC(2026, 0, 1)
const SECRET = 'ipn-demo-1'
const FIELDS = 'orderUID orderId newStatus inAmount outAmount xml_from xml_to timestamp'

interface Received {
  readonly method: string | undefined
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, unknown>>
  readonly raw: string
  readonly form: URLSearchParams
}

describe('lincoln: the IPN', () => {
  let sandbox: Sandbox
  let receiver: Server
  let call: Client
  let ipnUrl = ''
  let status = 200
  let received: Received[] = []
  const control = (method: string, path: string, body?: unknown) =>
    send(method, `${sandbox.urls.control}${path}`, body)
  const create = (changes: Record<string, unknown> = {}) =>
    call('POST', CREATE, { body: orderBody({ ipnUrl, ipnSecret: SECRET, ...changes }) })
  const play = (created: Answer, action: string, amount?: string) =>
    control('POST', `/payments/lincoln/${textAt(created.body, 'data', '_id')}`, { action, amount })
  const arrive = async (count: number): Promise<Received> => {
    for (let tries = 0; received.length < count && tries < 200; tries += 1) {
      await new Promise((resolve) => void setTimeout(resolve, 5))
    }
    assert.equal(received.length, count)
    const last = received.at(-1)
    assert.ok(last)
    return last
  }

  before(async () => {
    sandbox = await startSandbox({ clock: () => NOW })
    receiver = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => void chunks.push(chunk))
      request.on('end', () => {
        const raw = Buffer.concat(chunks).toString()
        const query = new URL(request.url ?? '', 'http://localhost').searchParams
        const { method, headers } = request
        received.push({ method, query, headers, raw, form: new URLSearchParams(raw) })
        response.writeHead(status).end()
      })
    })
    await new Promise<void>((resolve) => void receiver.listen(0, 'localhost', resolve))
    const address = receiver.address()
    assert.ok(typeof address === 'object' && address)
    ipnUrl = `http://localhost:${address.port}/ipn`
  })
  after(async () => {
    await sandbox.close()
    receiver.close()
  })
  beforeEach(async () => {
    status = 200
    received = []
    await control('POST', '/reset')
    call = createClient(sandbox)
  })

  it('is a form with the documented fields, brackets percent-encoded', async () => {
    const created = await create()
    await play(created, 'in-progress')
    const { method, headers, form, raw } = await arrive(1)
    assert.equal(method, 'POST')
    assert.equal(headers['content-type'], 'application/x-www-form-urlencoded')
    const id = textAt(created.body, 'data', '_id')
    assert.deepEqual(Object.fromEntries(form), {
      orderUID: keysTo(created).orderUID,
      orderId: id,
      newStatus: 'inProgress',
      inAmount: '250.5',
      outAmount: '10310.6',
      xml_from: 'USDTTRC20',
      xml_to: 'CARDUAH',
      timestamp: String(NOW),
      'toValues[0][key]': fieldKey(ROUTE.address, 2),
      'toValues[0][name]': 'Card number',
      'toValues[0][value]': '4000000000000000',
      hash: sha256(`${id}:inProgress:250.5:10310.6:USDTTRC20:CARDUAH:${NOW}:${SECRET}`),
    })
    assert.deepEqual([...form.keys()].slice(0, 8), FIELDS.split(' '))
    assert.match(raw, /&toValues%5B0%5D%5Bkey%5D=/)
  })

  it('comes with every change of a status, whoever changes it, and with nothing else', async () => {
    const created = await create({ skipPreview: false })
    await call('PUT', UPDATE, { body: { ...keysTo(created), status: 'waitPayment' } })
    await arrive(1)
    await play(created, 'change-amount', '99')
    await play(created, 'expire')
    await play(created, 'done')
    const { form } = await arrive(2)
    assert.deepEqual(
      received.map((each) => each.form.get('newStatus')),
      ['waitPayment', 'done'],
    )
    assert.equal(form.get('inAmount'), '99')
  })

  it('comes once, whatever the answer', async () => {
    status = 500
    await play(await create(), 'done')
    await arrive(1)
    await new Promise((resolve) => void setTimeout(resolve, 50))
    await arrive(1)
    const { body } = await control('GET', '/notifications')
    assert.equal(at(body, 0, 'state'), 'given-up')
    assert.equal(at(body, 0, 'attempts', 0, 'status'), 500)
  })

  it('comes to nobody without ipnUrl, and without a hash if there is no ipnSecret', async () => {
    await play(await create({ ipnUrl: undefined }), 'done')
    await play(await create({ ipnSecret: undefined }), 'done')
    assert.equal((await arrive(1)).form.has('hash'), false)
  })

  it('keeps the receiver of the money, though hideOutData hides it from the shopper', async () => {
    await play(await create({ hideOutData: true }), 'done')
    assert.equal((await arrive(1)).form.get('toValues[0][value]'), '4000000000000000')
  })

  for (const ipnHashName of ['hash', 'sign', 'signature', 'checksum'] as const) {
    it(`carries its hash as ${ipnHashName} in body, query or header, or not at all`, async () => {
      const places = ['body', 'query', 'header', 'none'] as const
      for (const [index, ipnHashIn] of places.entries()) {
        await control('POST', '/lincoln/settings', { ipnHashIn, ipnHashName })
        await play(await create({ ipnUrl: `${ipnUrl}?order=1` }), 'done')
        const { form, query, headers } = await arrive(index + 1)
        const fields = FIELDS.split(' ').slice(1)
        const expected = sha256([...fields.map((name) => form.get(name) ?? ''), SECRET].join(':'))
        const found = {
          body: form.get(ipnHashName),
          query: query.get(ipnHashName),
          header: headers[ipnHashName] ?? null,
        }
        const none = { body: null, query: null, header: null }
        assert.deepEqual(found, ipnHashIn === 'none' ? none : { ...none, [ipnHashIn]: expected })
        assert.equal(query.get('order'), '1')
      }
    })
  }

  it('can be lost, doubled and forged; a forged one has no hash that fits', async () => {
    const created = await create()
    const mode = (kind: string) => control('POST', '/notify', { provider: 'lincoln', kind })
    await mode('lose')
    await play(created, 'in-progress')
    await mode('double')
    await play(created, 'payout-queue')
    await arrive(2)
    assert.equal(received[0]?.raw, received[1]?.raw)
    received = []
    await mode('forge')
    await play(created, 'hold')
    await arrive(2)
    const [forged, real] = received
    assert.deepEqual(
      [forged, real].map((each) => each?.form.get('newStatus')),
      ['done', 'hold'],
    )
    assert.equal(forged?.form.get('orderId'), real?.form.get('orderId'))
    for (const each of received) {
      const { form } = each
      const fields = FIELDS.split(' ').slice(1)
      const text = [...fields.map((name) => form.get(name) ?? ''), SECRET].join(':')
      assert.equal(form.get('hash') === sha256(text), each === real)
    }
  })

  it('can be sent by hand, as it would be now or changed', async () => {
    const created = await create()
    const paymentId = textAt(created.body, 'data', '_id')
    const body = { provider: 'lincoln', paymentId }
    assert.equal((await control('POST', '/notifications', body)).status, 201)
    assert.equal((await arrive(1)).form.get('newStatus'), 'waitPayment')
    await control('POST', '/notifications', { ...body, body: 'newStatus=done' })
    assert.equal((await arrive(2)).raw, 'newStatus=done')
  })
})
