/**
 * Requests as an attacker sends them: any path, any method, any header, or bytes that are no request.
 * @module
 */
import { Agent, request as httpRequest } from 'node:http'
import type { OutgoingHttpHeaders } from 'node:http'
import { connect } from 'node:net'

export interface Request {
  readonly method: string
  /** Sent as it is: no client tidies it. */
  readonly path: string
  readonly headers: Readonly<Record<string, string | readonly string[]>>
  readonly body?: string | Buffer
  /** Instead of all of the above: what goes over the line. */
  readonly bytes?: string
}

export const JSON_TYPE = { 'content-type': 'application/json' }

export interface Answer {
  /** 0: the line was cut without an answer. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
  readonly tookMs: number
}

const PATIENCE_MS = 10_000

export interface Sender {
  send(request: Request): Promise<Answer>
  close(): void
}

export function createSender(url: string): Sender {
  const { hostname, port } = new URL(url)
  const agent = new Agent({ keepAlive: true, maxSockets: 8 })

  function sendRequest({ method, path, headers, body }: Request): Promise<Omit<Answer, 'tookMs'>> {
    return new Promise((resolve, reject) => {
      const outgoing = httpRequest({
        agent,
        hostname,
        port,
        method,
        path,
        headers: toHeaders(headers, body),
        timeout: PATIENCE_MS,
      })
      outgoing.on('response', (incoming) => {
        const chunks: Buffer[] = []
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
        incoming.on('error', reject)
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            headers: flatten(incoming.headers),
            text: Buffer.concat(chunks).toString('utf8'),
          }),
        )
      })
      outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')))
      outgoing.on('error', (error) => {
        const isCut = /hang up|ECONNRESET|EPIPE/.test(String(error))
        if (isCut) resolve({ status: 0, headers: {}, text: '' })
        else reject(error)
      })
      outgoing.end(body)
    })
  }

  return {
    async send(request) {
      const began = performance.now()
      const answer = await (request.bytes === undefined
        ? sendRequest(request)
        : sendBytes(hostname, Number(port), request.bytes))
      return { ...answer, tookMs: performance.now() - began }
    },
    close: () => agent.destroy(),
  }
}

/** The first answer to what was written; the other side closes the line. */
function sendBytes(host: string, port: number, bytes: string): Promise<Omit<Answer, 'tookMs'>> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, host, () => socket.write(bytes, 'latin1'))
    socket.setTimeout(2000, () => socket.end())
    socket.on('data', (chunk) => (text += chunk.toString('utf8')))
    socket.on('error', (error) => (/RESET|EPIPE/.test(String(error)) ? finish() : reject(error)))
    socket.on('close', finish)
    function finish(): void {
      const [head = '', ...rest] = text.split('\r\n\r\n')
      const [first = '', ...lines] = head.split('\r\n')
      const headers = Object.fromEntries(
        lines.map((line) => [
          line.split(':', 1)[0]?.toLowerCase() ?? '',
          line.slice(line.indexOf(':') + 1).trim(),
        ]),
      )
      resolve({ status: Number(first.split(' ')[1] ?? 0), headers, text: rest.join('\r\n\r\n') })
    }
  })
}

function toHeaders(given: Request['headers'], body: Request['body']): OutgoingHttpHeaders {
  const headers: OutgoingHttpHeaders = {}
  for (const [name, value] of Object.entries(given)) {
    headers[name] = typeof value === 'string' ? value : [...value]
  }
  const isSized = 'content-length' in headers || 'transfer-encoding' in headers
  if (body !== undefined && !isSized) headers['content-length'] = Buffer.byteLength(body)
  return headers
}

const flatten = (headers: NodeJS.Dict<string | string[]>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  )
