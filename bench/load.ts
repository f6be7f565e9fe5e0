/**
 * A load generator that costs little itself: raw keep-alive sockets, a few requests in flight on each,
 * answers counted by their status line. Only for servers on this machine.
 * @module
 */
import { connect } from 'node:net'

export interface LoadOptions {
  readonly port: number
  readonly path: string
  readonly connections: number
  /** Requests in flight on each connection. */
  readonly pipelining: number
  readonly durationMs: number
  readonly headers?: Readonly<Record<string, string>>
}

export interface LoadResult {
  readonly requests: number
  readonly perSecond: number
  /** Answers by status code. */
  readonly statuses: Readonly<Record<string, number>>
}

const STATUS_LINE = 'HTTP/1.1 '

/** Asks for one path, over and over, for `durationMs`. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const lines = Object.entries(options.headers ?? {}).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const request = `GET ${options.path} HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}\r\n`
  const statuses: Record<string, number> = {}
  const begin = performance.now()
  const until = begin + options.durationMs
  await Promise.all(
    Array.from({ length: options.connections }, () => drive(options, request, until, statuses)),
  )
  const requests = Object.values(statuses).reduce((sum, count) => sum + count, 0)
  return { requests, perSecond: (requests / (performance.now() - begin)) * 1000, statuses }
}

function drive(
  { port, pipelining }: LoadOptions,
  request: string,
  until: number,
  statuses: Record<string, number>,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, 'localhost')
    let rest = ''
    socket.setEncoding('latin1')
    socket.once('error', reject)
    socket.once('close', () => resolve())
    socket.once('connect', () => socket.write(request.repeat(pipelining)))
    socket.on('data', (chunk: string) => {
      const text = rest + chunk
      let seen = 0
      let from = 0
      for (;;) {
        const at = text.indexOf(STATUS_LINE, from)
        if (at < 0 || at + 12 > text.length) break
        const status = text.slice(at + 9, at + 12)
        statuses[status] = (statuses[status] ?? 0) + 1
        seen += 1
        from = at + 12
      }
      rest = text.slice(Math.max(from, text.length - STATUS_LINE.length - 3))
      if (performance.now() >= until) socket.destroy()
      else if (seen > 0) socket.write(request.repeat(seen))
    })
  })
}
