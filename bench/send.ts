/**
 * Requests that are each sent once, as fast as they are answered, over a number of connections; and what
 * one server spent on them.
 * @module
 */
import type { ServerProcess } from './child.ts'
import { percentile } from './figures.ts'
import { openLine } from './line.ts'

export interface Sent {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Processor time of the servers for each, microseconds. */
  readonly cpuMicros: number
  /** Answers of another status than was expected. */
  readonly others: number
}

export interface Sending {
  /** In turn, connection by connection. */
  readonly servers: readonly ServerProcess[]
  /** As they stand on the wire. */
  readonly requests: readonly string[]
  readonly connections: number
  readonly expected: readonly number[]
}

export async function send({ servers, requests, connections, expected }: Sending): Promise<Sent> {
  const latencies: number[] = []
  let next = 0
  let others = 0
  const before = cpuOf(servers)
  const begin = performance.now()
  const drive = async (_: unknown, place: number): Promise<void> => {
    const line = openLine(servers[place % servers.length]?.port ?? 0)
    for (let at = next++; at < requests.length; at = next++) {
      const sentAt = performance.now()
      const status = await line.ask(requests[at] ?? '')
      latencies.push(performance.now() - sentAt)
      if (!expected.includes(status)) others += 1
    }
    line.close()
  }
  await Promise.all(Array.from({ length: connections }, drive))
  const ms = performance.now() - begin
  return {
    perSecond: (requests.length * 1000) / ms,
    p50: percentile(latencies, 0.5),
    p99: percentile(latencies, 0.99),
    cpuMicros: ((cpuOf(servers) - before) * 1000) / requests.length,
    others,
  }
}

const cpuOf = (servers: readonly ServerProcess[]): number =>
  servers.reduce((total, server) => total + (server.cpuMs() ?? Number.NaN), 0)
