/**
 * A merchant's backend that is told of changes: it checks every signature with a library that is not
 * ours, keeps a ledger of what it was told, and misbehaves when it is asked to.
 * @module
 */
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'

/** How it answers, whatever it did with what it was told. */
export type Manner =
  | 'acknowledge'
  | 'status-500'
  | 'redirect'
  /** Stops that delivery. */
  | 'gone'
  /** Longer than anybody waits. */
  | 'hang'
  /** Takes it in, and is dead before it can say so. */
  | 'die-after'

/** One request, as it came. */
export interface Told {
  readonly at: number
  readonly webhookId: string
  readonly body: string
  /** Signed with our secret, and at a time that is near. */
  readonly isGenuine: boolean
  readonly checkoutId: string
  readonly version: number
  readonly status: string
  readonly manner: Manner
}

export interface Merchant {
  readonly url: string
  /** Every request so far, oldest first. */
  readonly ledger: readonly Told[]
  /** From now on one of `every` requests is met in this manner; the others are acknowledged. */
  behave(manner: Manner, every?: number): void
  /** Nobody listens; connections are cut. */
  goDown(): Promise<void>
  comeUp(): Promise<void>
  close(): Promise<void>
}

export interface MerchantOptions {
  readonly secret: string
  readonly now: () => number
  /** The clock shows about that time, or did before it was last moved. */
  readonly isRecent: (time: number) => boolean
}

const REDIRECTED = '/redirected'

export async function startMerchant(options: MerchantOptions): Promise<Merchant> {
  const { now, isRecent } = options
  const webhook = new Webhook(options.secret)
  const ledger: Told[] = []
  let manner: Manner = 'acknowledge'
  let every = 1
  let port = 0

  const server = createServer((request, response) => {
    readText(request).then(
      (body) => answer(request, response, body),
      () => undefined,
    )
  })

  function answer(request: IncomingMessage, response: ServerResponse, body: string): void {
    const chosen = ledger.length % every === every - 1 ? manner : 'acknowledge'
    ledger.push(toTold(request, body, chosen))
    if (chosen === 'acknowledge') response.writeHead(204).end()
    else if (chosen === 'status-500') response.writeHead(500).end('no')
    else if (chosen === 'redirect') response.writeHead(307, { location: REDIRECTED }).end()
    else if (chosen === 'gone') response.writeHead(410).end()
    else if (chosen === 'die-after') request.socket.destroy()
  }

  function toTold(request: IncomingMessage, body: string, chosen: Manner): Told {
    const [webhookId, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
      String(request.headers[`webhook-${name}`]),
    ) as [string, string, string]
    const sentAt = Number(timestamp) * 1000
    const isSigned =
      isRecent(sentAt) &&
      signatures.split(' ').includes(webhook.sign(webhookId, new Date(sentAt), body))
    const isGenuine = isSigned && request.url === '/'
    const { id, version, status } = readData(body)
    const about = { checkoutId: id, version, status, manner: chosen }
    return { at: now(), webhookId, body, isGenuine, ...about }
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
    url: `http://localhost:${port}/`,
    ledger,
    behave(next, often = 1) {
      manner = next
      every = often
    },
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

interface Data {
  readonly id: string
  readonly version: number
  readonly status: string
}

/** What is no JSON, or no checkout, is kept as it came. */
function readData(body: string): Data {
  try {
    const { data } = JSON.parse(body) as { data?: Partial<Data> }
    return { id: data?.id ?? '', version: data?.version ?? 0, status: data?.status ?? '' }
  } catch {
    return { id: '', version: 0, status: '' }
  }
}
