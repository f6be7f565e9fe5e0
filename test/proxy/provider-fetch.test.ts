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
