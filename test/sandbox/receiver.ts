/**
 * A merchant's server that keeps every webhook, for the tests of the stand-ins that send them.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** A webhook as it arrived. */
export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  readonly body: unknown
}

/** What the receiver answers. */
export interface Reply {
  readonly status?: number
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface Receiver {
  /** Ends with `/hook`. */
  readonly url: string
  readonly received: Received[]
  /** To every webhook from now on: the first replies once each, the last one for good. */
  answer(...replies: readonly Reply[]): void
  /** Waits for that many, and gives the last; fails with more. */
  arrived(count: number): Promise<Received>
  close(): void
}

/** Answers 200 `{"code":0,"msg":"SUCCESS"}`, which every provider takes for an acknowledgement. */
const ACKNOWLEDGED: Reply = { body: '{"code":0,"msg":"SUCCESS"}' }

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  let replies: Reply[] = [ACKNOWLEDGED]
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8')
      const { method = '', url: path = '', headers } = request
      received.push({ method, path, headers, text, body: parse(text) })
      const reply = (replies.length > 1 ? replies.shift() : replies[0]) ?? ACKNOWLEDGED
      response.writeHead(reply.status ?? 200, {
        'content-type': 'application/json',
        ...reply.headers,
      })
      response.end(reply.body ?? '')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}/hook`,
    received,
    answer: (...next) => {
      replies = next.length === 0 ? [ACKNOWLEDGED] : [...next]
    },
    arrived: async (count) => {
      for (let waited = 0; received.length < count && waited < 2000; waited += 10) await sleep(10)
      assert.equal(received.length, count)
      return received.at(-1) ?? assert.fail('no webhook')
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
