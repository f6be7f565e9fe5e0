/**
 * The stand-in of Cryptom Pay against its document: transactions, their shapes, fields and errors.
 * The log-in and its tokens are in `cryptom-auth.test.ts`.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, CREATE, keysAt, logIn, send, textAt } from './helpers.ts'

/** Key by key from the document's example of create. */
const TRANSACTION_KEYS =
  '_id currency currencyAmount conversionRate exchangeFee clientType coin network coinAmount commission cryptomUserId assignedToMerchant cashierID status acceptableThreshold totalTransferAmount isTransferComplete timestamps timeout deleted date createdAt updatedAt sequenceID __v reservedFrom reservedUntil wallet id'.split(
    ' ',
  )
const WALLET_KEYS = 'ID coin network address createdAt updatedAt'.split(' ')
const NOW = Date.UTC(2026, 0, 1)

describe('cryptom', () => {
  let sandbox: Sandbox
  let now = NOW
  let token: Record<string, string>
  const call = (method: string, path: string, body?: unknown, headers = token) =>
    send(method, `${sandbox.urls.cryptom}${path}`, body, headers)
  const create = (change: Record<string, unknown> = {}) =>
    call('POST', '/api/transaction/create', { ...CREATE, ...change })

  before(async () => {
    sandbox = await startSandbox({ clock: () => now })
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    now = NOW
    await send('POST', `${sandbox.urls.control}/reset`)
    token = await logIn(sandbox)
  })

  describe('POST /api/transaction/create', () => {
    it('answers every key of the example and no other, amounts as text', async () => {
      const { status, body, text } = await create()
      assert.equal(status, 200)
      assert.equal(at(body, 'status'), true)
      assert.deepEqual(keysAt(body, 'data'), TRANSACTION_KEYS.toSorted())
      assert.deepEqual(keysAt(body, 'data', 'wallet'), WALLET_KEYS.toSorted())
      for (const key of ['currencyAmount', 'conversionRate', 'exchangeFee', 'coinAmount']) {
        assert.match(textAt(body, 'data', key), /^\d+(\.\d{1,6})?$/)
      }
      assert.equal(at(body, 'data', 'currencyAmount'), '300')
      assert.equal(at(body, 'data', 'totalTransferAmount'), '0')
      assert.equal(at(body, 'data', 'isTransferComplete'), false)
      assert.equal(at(body, 'data', 'status'), 'PENDING')
      assert.equal(at(body, 'data', 'assignedToMerchant'), '5a4db0c00000000000000001')
      assert.equal(at(body, 'data', 'timestamps'), String(NOW / 1000))
      assert.equal(at(body, 'data', 'timeout'), String(NOW / 1000 + 60_000))
      assert.match(textAt(body, 'data', '_id'), /^[0-9a-f]{24}$/)
      assert.equal(at(body, 'data', 'id'), at(body, 'data', '_id'))

      const [, digits = ''] = /"ID":(\d+),/.exec(text) ?? []
      assert.ok(BigInt(digits) > 2n ** 53n)
      assert.notEqual(String(Number(digits)), digits, 'no JS number holds the wallet ID')
    })

    it('computes the coin amount: net and a fee of 1 %, rounded up to 6 decimals', async () => {
      const { body } = await create({ currencyAmount: 19.99, coin: 'USDT' })
      // 1999 * 10^6 / 4135 = 483434.10…, and 1 % of 483435 is 4834.35
      assert.equal(at(body, 'data', 'exchangeFee'), '0.004835')
      assert.equal(at(body, 'data', 'coinAmount'), '0.48827')
      assert.equal(at(body, 'data', 'commission'), '0.4')
    })

    it('gives every offered pair an address with a true checksum', async () => {
      const pairs = ['TRX/TRX', 'USDT/TRX', 'USDT/ETH', 'ETH/ETH', 'USDT/BSC', 'BTC/BTC']
      for (const pair of pairs) {
        const [coin, network = ''] = pair.split('/')
        const { status, body } = await create({ coin, network })
        assert.equal(status, 200, pair)
        const address = textAt(body, 'data', 'wallet', 'address')
        if (['ETH', 'BSC'].includes(network)) assert.match(address, /^0x[0-9a-f]{40}$/)
        else assert.equal(readBase58check(address), network === 'TRX' ? 0x41 : 0x00)
      }
    })

    it('refuses each illegal field with 400 and its name', async () => {
      const illegal: readonly [string, unknown][] = [
        ['currency', 'USD'],
        ['currency', undefined],
        ['currencyAmount', '300'],
        ['currencyAmount', 0],
        ['currencyAmount', -1],
        ['currencyAmount', 1.234],
        ['currencyAmount', 1e30],
        ['currencyAmount', undefined],
        ['coin', 'DOGE'],
        ['coin', 1],
        ['network', 'TRON'],
        ['network', 'BSC'],
        ['network', undefined],
        ['userMobile', '0900'],
        ['userMobile', 900],
        ['statusNote', 1],
        ['callbackUrl', 'https://shop.example'],
      ]
      for (const [field, value] of illegal) {
        const { status, body } = await create({ [field]: value })
        assert.equal(status, 400, `${field}: ${String(value)}`)
        assert.equal(at(body, 'status'), false)
        assert.ok(textAt(body, 'message').includes(field), textAt(body, 'message'))
      }
    })

    it('can do without userMobile and statusNote', async () => {
      const { status } = await create({ userMobile: undefined, statusNote: undefined })
      assert.equal(status, 200)
    })
  })

  describe('a transaction', () => {
    it('is shown by detail exactly as by create', async () => {
      const created = await create()
      const path = `/api/transaction/detail/${textAt(created.body, 'data', 'id')}`
      assert.equal((await call('GET', path)).text, created.text)
    })

    it('has a QR code in PNG', async () => {
      const id = textAt((await create()).body, 'data', 'id')
      const response = await fetch(`${sandbox.urls.cryptom}/qr/${id}`, { headers: token })
      assert.equal(response.headers.get('content-type'), 'image/png')
      const bytes = Buffer.from(await response.arrayBuffer())
      assert.equal(bytes.subarray(1, 4).toString(), 'PNG')
    })

    it('is canceled while untouched, and only once', async () => {
      const path = `/api/transaction/cancel/${textAt((await create()).body, 'data', 'id')}`
      const { status, body } = await call('DELETE', path)
      assert.equal(status, 200)
      assert.deepEqual(keysAt(body, 'data'), TRANSACTION_KEYS.toSorted())
      assert.equal(at(body, 'data', 'status'), 'CANCELLED')
      assert.equal((await call('DELETE', path)).status, 409)
    })

    it('is not canceled once money has arrived', async () => {
      const id = textAt((await create()).body, 'data', 'id')
      await send('POST', `${sandbox.urls.control}/payments/cryptom/${id}`, { action: 'pay-part' })
      assert.equal((await call('DELETE', `/api/transaction/cancel/${id}`)).status, 409)
    })

    it('becomes TIMEOUT when its timeout has passed', async () => {
      const path = `/api/transaction/detail/${textAt((await create()).body, 'data', 'id')}`
      now += 60_000_000
      token = await logIn(sandbox)
      assert.equal(at((await call('GET', path)).body, 'data', 'status'), 'TIMEOUT')
    })

    it('that is unknown, and an unknown route, are 404', async () => {
      for (const [method, path] of [
        ['GET', '/api/transaction/detail/0123456789abcdef01234567'],
        ['DELETE', '/api/transaction/cancel/none'],
        ['GET', '/qr/0123456789abcdef01234567'],
        ['GET', '/api/nothing'],
      ] as const) {
        const { status, body } = await call(method, path)
        assert.equal(status, 404, path)
        assert.deepEqual(keysAt(body), ['message', 'status'])
      }
    })
  })
})

/** The version byte of a base58check text; throws if its checksum is wrong. Written here anew. */
function readBase58check(text: string): number {
  const alphabet = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'
  let value = 0n
  for (const character of text) value = value * 58n + BigInt(alphabet.indexOf(character))
  const bytes = Buffer.from(value.toString(16).padStart(50, '0'), 'hex')
  const sha256 = (data: Buffer): Buffer => createHash('sha256').update(data).digest()
  assert.deepEqual(bytes.subarray(21), sha256(sha256(bytes.subarray(0, 21))).subarray(0, 4))
  const [version] = bytes
  assert.ok(version !== undefined)
  return version
}
