import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, it } from 'node:test'
import { startChaosProxy } from './chaos-proxy.ts'
import type { ChaosProxy } from './chaos-proxy.ts'

const BODY = 'x'.repeat(2000)

describe('chaos proxy', () => {
  let heard = 0
  const server = createServer((_, answer) => {
    heard += 1
    answer.end(BODY)
  })
  let line: ChaosProxy
  before(async () => {
    await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
    const { port } = server.address() as AddressInfo
    // Nobody listens on port 1: the line goes on to the next.
    line = await startChaosProxy([1, port])
  })
  beforeEach(() => line.behave({}))
  after(async () => {
    await line.close()
    server.close()
    server.closeAllConnections()
  })

  /** Each on a connection of its own. */
  const ask = async (patienceMs = 2000): Promise<{ text: string; ms: number }> => {
    const begin = performance.now()
    const answer = await fetch(line.url, {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(patienceMs),
    })
    return { text: await answer.text(), ms: performance.now() - begin }
  }

  it('lets through what comes, past a target that refuses', async () => {
    const before = line.accepted
    for (const _ of [1, 2, 3]) assert.equal((await ask()).text, BODY)
    assert.equal(line.accepted - before, 3)
  })

  it('delays both directions, and answers alone', async () => {
    await line.behave({ latencyMs: 60, jitterMs: 20 })
    assert.ok((await ask()).ms >= 80)
    await line.behave({ answerDelayMs: 150 })
    const before = heard
    const answer = ask()
    await new Promise((resolve) => setTimeout(resolve, 80))
    assert.equal(heard, before + 1, 'the request went through at once')
    assert.ok((await answer).ms >= 150)
  })

  it('drips', async () => {
    await line.behave({ bytesPerSecond: 5000 })
    const { text, ms } = await ask()
    assert.equal(text, BODY)
    assert.ok(ms >= 350, String(ms))
  })

  it('cuts an answer in the middle', async () => {
    await line.behave({ resetAfterBytes: 1000 })
    const before = heard
    await assert.rejects(ask())
    assert.equal(heard, before + 1)
  })

  it('takes a connection and says nothing', async () => {
    await line.behave({ isHalfOpen: true })
    const before = heard
    await assert.rejects(ask(200), { name: 'TimeoutError' })
    assert.equal(heard, before)
  })

  it('refuses, and comes back on the same port', async () => {
    await line.behave({ isRefusing: true })
    await assert.rejects(ask(), (error: Error) => String(error.cause).includes('ECONNREFUSED'))
    await line.behave({})
    assert.equal((await ask()).text, BODY)
  })

  it('counts what is open', async () => {
    await line.behave({ isHalfOpen: true })
    const pending = ask(300).catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.equal(line.open, 1)
    await pending
    await new Promise((resolve) => setTimeout(resolve, 50))
    assert.equal(line.open, 0)
  })
})
