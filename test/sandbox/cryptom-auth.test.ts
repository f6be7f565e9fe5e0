/**
 * Cryptom's log-in against its document, and what its access token opens.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { at, keysAt, logIn, send, textAt } from './helpers.ts'

const NOW = Date.UTC(2026, 0, 1)

describe('cryptom', () => {
  let sandbox: Sandbox
  let now = NOW
  let token: Record<string, string>
  const call = (method: string, path: string, body?: unknown, headers = token) =>
    send(method, `${sandbox.urls.cryptom}${path}`, body, headers)

  before(async () => {
    sandbox = await startSandbox({ clock: () => now })
  })
  after(() => sandbox.close())
  beforeEach(async () => {
    now = NOW
    token = await logIn(sandbox)
  })

  describe('POST /auth', () => {
    const log = (body: unknown) => call('POST', '/auth', body, {})

    it('answers the documented shape: durations in expires, moments in expiresIn', async () => {
      const { status, body } = await log(SANDBOX_CREDENTIALS.cryptom)
      assert.equal(status, 200)
      assert.deepEqual(
        keysAt(body),
        ['accessToken', 'expires', 'expiresIn', 'refreshToken', 'status'].toSorted(),
      )
      assert.deepEqual(at(body, 'expires'), { accessToken: 3_600_000, refreshToken: 86_400_000 })
      assert.deepEqual(at(body, 'expiresIn'), {
        accessToken: NOW + 3_600_000,
        refreshToken: NOW + 86_400_000,
      })
      assert.equal(at(body, 'status'), true)
    })

    it('refuses a wrong password or e-mail with 401', async () => {
      for (const wrong of [{ password: 'wrong' }, { email: 'other@shop.example' }]) {
        const { status, body } = await log({ ...SANDBOX_CREDENTIALS.cryptom, ...wrong })
        assert.equal(status, 401)
        assert.equal(at(body, 'status'), false)
        assert.equal(typeof at(body, 'message'), 'string')
      }
    })

    it('refuses a missing, unknown or wrongly typed field, and what is no JSON, with 400', async () => {
      const { email, password } = SANDBOX_CREDENTIALS.cryptom
      for (const body of [{ email }, { email, password, extra: 1 }, { email, password: 1 }, []]) {
        assert.equal((await log(body)).status, 400, JSON.stringify(body))
      }
      const url = `${sandbox.urls.cryptom}/auth`
      const form = await fetch(url, { method: 'POST', body: new URLSearchParams({ email }) })
      assert.equal(form.status, 400)
      const headers = { 'content-type': 'application/json' }
      assert.equal((await fetch(url, { method: 'POST', headers, body: '{' })).status, 400)
    })

    it('knows the credentials it was started with', async (t) => {
      const cryptom = { email: 'a@shop.example', password: 'another' }
      const other = await startSandbox({ credentials: { cryptom } })
      t.after(() => other.close())
      const url = `${other.urls.cryptom}/auth`
      assert.equal((await send('POST', url, cryptom)).status, 200)
      assert.equal((await send('POST', url, SANDBOX_CREDENTIALS.cryptom)).status, 401)
    })
  })

  describe('the access token', () => {
    const detail = (headers: Record<string, string>) =>
      call('GET', '/api/transaction/detail/0123456789abcdef01234567', undefined, headers)

    it('is required on every route but /auth', async () => {
      const routes = [
        ['POST', '/api/transaction/create'],
        ['GET', '/qr/0123456789abcdef01234567'],
        ['GET', '/api/transaction/detail/0123456789abcdef01234567'],
        ['DELETE', '/api/transaction/cancel/0123456789abcdef01234567'],
        ['GET', '/api/transaction'],
      ] as const
      for (const [method, path] of routes) {
        const { status, body } = await call(method, path, undefined, {})
        assert.equal(status, 401, path)
        assert.equal(at(body, 'status'), false)
      }
    })

    it('is refused without Bearer, when it is the refresh token, or when it is tampered with', async () => {
      const { body } = await call('POST', '/auth', SANDBOX_CREDENTIALS.cryptom, {})
      const access = textAt(body, 'accessToken')
      const [header, payload, signature] = access.split('.')
      const claims = Buffer.from(payload ?? '', 'base64url')
        .toString()
        .replace('user', 'root')
      const forged = [header, Buffer.from(claims).toString('base64url'), signature].join('.')
      assert.equal((await detail({ authorization: `Bearer ${access}` })).status, 404)
      for (const authorization of [
        access,
        `Basic ${access}`,
        `Bearer ${textAt(body, 'refreshToken')}`,
        `Bearer ${forged}`,
      ]) {
        assert.equal((await detail({ authorization })).status, 401)
      }
    })

    it('dies after an hour, whatever its own exp says', async () => {
      now += 3_599_999
      assert.equal((await detail(token)).status, 404)
      now += 1
      assert.equal((await detail(token)).status, 401)
    })

    it('dies at once by POST /cryptom/expire-tokens, and a new login helps', async () => {
      const answer = await send('POST', `${sandbox.urls.control}/cryptom/expire-tokens`)
      assert.equal(answer.status, 204)
      assert.equal((await detail(token)).status, 401)
      assert.equal((await detail(await logIn(sandbox))).status, 404)
    })
  })
})
