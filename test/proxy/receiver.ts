/**
 * A merchant's backend on a socket: it keeps what it is told as it came, and answers as it is asked to.
 * @module
 */
import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request, as it came. */
export interface Told {
  /** Where: a receiver that is redirected must not be followed. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly id: string
  readonly type: string
  readonly data: ToldCheckout
}

export interface ToldCheckout {
  readonly id: string
  readonly orderId: string
  readonly status: string
  readonly reason: string | null
  readonly version: number
  readonly receipt: string | null
  readonly payment: { readonly id: string; readonly status: string } | null
  readonly payments: readonly {
    readonly id: string
    readonly provider: string
    readonly ref: string | null
    readonly status: string
    readonly reason: string | null
  }[]
}

/** A status with headers, or what no status says: `hang` never answers, `cut` ends the connection. */
export type Manner =
  number | 'hang' | 'cut' | { readonly status: number; readonly headers: Record<string, string> }

export interface Receiver {
  readonly url: string
  /** Every request so far, oldest first. */
  readonly told: readonly Told[]
  /** How everything is answered from now on; 204 at first. */
  behave(manner: Manner | ((told: Told) => Manner | Promise<Manner>)): void
  /** What was told of one checkout. */
  of(checkout: { readonly id: string }): readonly Told[]
  /** Nobody listens; connections are cut. */
  goDown(): Promise<void>
  /** At the same address as before. */
  comeUp(): Promise<void>
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const told: Told[] = []
  let manner: (told: Told) => Manner | Promise<Manner> = () => 204
  let port = 0
  const server = createServer((request, response) => {
    take(request, response).catch(() => request.socket.destroy())
  })

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { headers, url: path = '' } = request
    const body = await readText(request)
    const { type, data } = JSON.parse(body) as Pick<Told, 'type' | 'data'>
    const each = { path, headers, body, id: String(headers['webhook-id']), type, data }
    told.push(each)
    const chosen = await manner(each)
    if (chosen === 'hang') return
    if (chosen === 'cut') request.socket.destroy()
    else if (typeof chosen === 'number') response.writeHead(chosen).end()
    else response.writeHead(chosen.status, chosen.headers).end()
  }

  async function comeUp(): Promise<void> {
    await new Promise<void>((resolve) => void server.listen(port, 'localhost', resolve))
    port = (server.address() as AddressInfo).port
  }

  async function goDown(): Promise<void> {
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
    server.closeAllConnections()
    await closed
  }

  await comeUp()
  return {
    url: `http://localhost:${port}/told`,
    told,
    behave(next) {
      manner = typeof next === 'function' ? next : () => next
    },
    of: ({ id }) => told.filter(({ data }) => data.id === id),
    goDown,
    comeUp,
    async close() {
      if (server.listening) await goDown()
    },
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}
