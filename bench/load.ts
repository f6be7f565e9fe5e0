/**
 * A load generator that costs little itself: raw keep-alive sockets, a few requests in flight on each,
 * answers counted by their status line. Only for servers on this machine.
 * @module
 */
import { connect } from 'node:net'

export interface LoadOptions {
  readonly port: number
  /** Each connection asks for one of them. */
  readonly paths: readonly string[]
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
  /** Milliseconds that each answer took, in no order. */
  readonly latencies: readonly number[]
}

const STATUS_LINE = 'HTTP/1.1 '

/** Asks for the same paths, over and over, for `durationMs`. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const lines = Object.entries(options.headers ?? {}).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const statuses: Record<string, number> = {}
  const latencies: number[] = []
  const begin = performance.now()
  const until = begin + options.durationMs
  stayAwake(until)
  await Promise.all(
    Array.from({ length: options.connections }, (_, place) => {
      const path = options.paths[place % options.paths.length]
      const request = `GET ${path} HTTP/1.1\r\nHost: localhost\r\n${lines.join('')}\r\n`
      return drive(options, request, { until, statuses, latencies })
    }),
  )
  const perSecond = (latencies.length / (performance.now() - begin)) * 1000
  return { requests: latencies.length, perSecond, statuses, latencies }
}

/**
 * Waking this process would be work of the server's: the more, the longer we slept, so that a slower server
 * would seem slower still.
 */
function stayAwake(until: number): void {
  if (performance.now() < until) setImmediate(stayAwake, until)
}

interface Tally {
  readonly until: number
  readonly statuses: Record<string, number>
  readonly latencies: number[]
}

function drive(
  { port, pipelining }: LoadOptions,
  request: string,
  { until, statuses, latencies }: Tally,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, 'localhost')
    const sentAt: number[] = []
    let rest = ''
    const send = (count: number): void => {
      const now = performance.now()
      for (let sent = 0; sent < count; sent += 1) sentAt.push(now)
      socket.write(request.repeat(count))
    }
    socket.setEncoding('latin1')
    socket.once('error', reject)
    socket.once('close', () => resolve())
    socket.once('connect', () => send(pipelining))
    socket.on('data', (chunk: string) => {
      const text = rest + chunk
      const now = performance.now()
      let seen = 0
      let from = 0
      for (;;) {
        const at = text.indexOf(STATUS_LINE, from)
        if (at < 0 || at + 12 > text.length) break
        const status = text.slice(at + 9, at + 12)
        statuses[status] = (statuses[status] ?? 0) + 1
        latencies.push(now - (sentAt.shift() ?? now))
        seen += 1
        from = at + 12
      }
      rest = text.slice(Math.max(from, text.length - STATUS_LINE.length - 3))
      if (now >= until) socket.destroy()
      else if (seen > 0) send(seen)
    })
  })
}
