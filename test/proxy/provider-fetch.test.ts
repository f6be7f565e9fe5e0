import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { createBreaker } from '../../proxy/breaker.ts'
import { ProviderError } from '../../proxy/errors.ts'
import { createProviderFetch, expectShape } from '../../proxy/provider-fetch.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z')

/** Calls through a `fetch` that answers with `response`, and remembers what it was asked. */
async function callWith(response: () => Response, path = '/x') {
  const asked: { url: string; init: RequestInit }[] = []
  const call = createProviderFetch({
    baseUrl: 'https://provider.example/',
    now: () => NOW,
    breaker: createBreaker(() => NOW),
    fetch: async (url, init = {}) => {
      asked.push({ url: String(url), init })
      return response()
    },
  })
  const answer = call({ method: 'POST', path, body: '{}', purpose: 'create' })
  return { asked, answer }
}

const retryAfter = async (header: string): Promise<number | undefined> => {
  const { answer } = await callWith(
    () => new Response('', { status: 429, headers: { 'retry-after': header } }),
  )
  return answer.then(
    () => assert.fail('no error'),
    (error: unknown) => (error instanceof ProviderError ? error.retryAfterMs : NaN),
  )
}

describe('calls to providers', () => {
  it('go to the provider’s own host, follow nothing, and have a deadline', async () => {
    const { asked, answer } = await callWith(() => Response.json({ ok: true }))
    assert.deepEqual(await answer, {
      status: 200,
      body: { ok: true },
      contentType: 'application/json',
    })
    const [{ url, init } = assert.fail()] = asked
    assert.equal(url, 'https://provider.example/x')
    assert.equal(init.redirect, 'manual')
    assert.ok(init.signal instanceof AbortSignal)
  })

  it('honour Retry-After in every form it comes in, within reason', async () => {
    assert.equal(await retryAfter('7'), 7000)
    assert.equal(await retryAfter('0'), 1000)
    assert.equal(await retryAfter('1000000000'), 300_000)
    assert.equal(await retryAfter('Thu, 01 Jan 2026 00:00:30 GMT'), 30_000)
    assert.equal(await retryAfter('Thu, 01 Jan 1970 00:00:00 GMT'), 1000)
    assert.equal(await retryAfter('soon'), 5000, 'a time that cannot be read is the usual one')
    assert.equal(await retryAfter('-5'), 5000)
  })

  it('hand documented refusals to the adapter', async () => {
    const { answer } = await callWith(() => Response.json({ type: 'X' }, { status: 404 }))
    const { status, body } = await answer
    assert.deepEqual([status, body], [404, { type: 'X' }])
  })

  it('hand on a 401 that says nothing more: the token is the adapter’s to replace', async () => {
    const refused = () => new Response('Unauthorized', { status: 401 })
    const { answer } = await callWith(refused)
    const { status, body } = await answer
    assert.deepEqual([status, body], [401, undefined])
    const { answer: other } = await callWith(() => new Response('<html>', { status: 403 }))
    await assert.rejects(other, { code: 'provider_bad_response' })
  })

  it('keep the digits of decimals that a float has none for, and of no others', async () => {
    const text =
      '{"a":0.123456789012345678,"b":100.00,"c":0.30000000000000004,"d":1e-7,"e":-1.50,"f":5.00000000000000001}'
    const { answer } = await callWith(() => new Response(text))
    assert.deepEqual((await answer).body, {
      a: '0.123456789012345678',
      b: 100,
      c: 0.30000000000000004,
      d: 1e-7,
      e: -1.5,
      f: '5.00000000000000001',
    })
  })

  it('keep the digits of numbers that are too long', async () => {
    const { answer } = await callWith(
      () => new Response('{"id":428048732580321540,"code":9951545348963164,"n":1.5,"m":7}'),
    )
    assert.deepEqual((await answer).body, {
      id: '428048732580321540',
      code: '9951545348963164',
      n: 1.5,
      m: 7,
    })
  })

  it('leave the character NUL out, since not every store takes it', async () => {
    const { answer } = await callWith(() => Response.json({ status: 'DO\0NE' }))
    assert.deepEqual((await answer).body, { status: 'DONE' })
  })

  it('name the field that is not as it should be, and not what stood there', () => {
    const shape = z.object({ data: z.object({ id: z.string() }) })
    assert.throws(
      () => expectShape(shape, { data: { id: { secret: 'canary' } } }),
      (error: unknown) =>
        error instanceof ProviderError &&
        error.message === 'unexpected data.id' &&
        !JSON.stringify(error).includes('canary'),
    )
  })
})
