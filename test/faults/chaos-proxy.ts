/**
 * A line that goes wrong: a TCP proxy between two parts of the world, or before several of which some
 * are up. How it behaves may change at any time, for connections that are open as well.
 * @module
 */
import { connect, createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What goes wrong. Nothing of it: bytes go through as they come. */
export interface Behaviour {
  /** Whatever comes, in either direction, is later by this, … */
  readonly latencyMs?: number
  /** … give or take up to this. */
  readonly jitterMs?: number
  /** Answers are later by this; the request went through at once. */
  readonly answerDelayMs?: number
  /** Answers come this slowly: 10 drips, 10,000 is a bad line. */
  readonly bytesPerSecond?: number
  /** After this much of its answers a connection is reset. */
  readonly resetAfterBytes?: number
  /** Connections are taken, and nothing ever goes through. */
  readonly isHalfOpen?: boolean
  /** Nobody listens. */
  readonly isRefusing?: boolean
}

export interface ChaosProxy {
  readonly url: string
  readonly port: number
  /** How many connections it has taken so far. */
  readonly accepted: number
  /** How many are open. */
  readonly open: number
  behave(behaviour: Behaviour): Promise<void>
  close(): Promise<void>
}

/** Connections go to the targets in turn, past those that refuse. `port` 0 is any free one. */
export async function startChaosProxy(targets: readonly number[], port = 0): Promise<ChaosProxy> {
  const clients = new Set<Socket>()
  let behaviour: Behaviour = {}
  let accepted = 0
  let own = port

  const server = createServer((client) => {
    clients.add(client)
    client.once('close', () => clients.delete(client))
    client.on('error', () => undefined)
    client.setNoDelay(true)
    accepted += 1
    // Reads on, or it would not notice that the other side gives up.
    if (behaviour.isHalfOpen) client.resume()
    else join(client, accepted, targets.length)
  })

  /** Behind the first target from `place` on that takes the connection. */
  function join(client: Socket, place: number, tries: number): void {
    const upstream = connect(targets[place % targets.length] ?? 0, 'localhost')
    let isJoined = false
    client.once('close', () => upstream.destroy())
    upstream.once('connect', () => {
      isJoined = true
      upstream.setNoDelay(true)
      void pass(client, upstream, () => ({ ...behaviour, ...ONE_WAY }))
      void pass(upstream, client, () => behaviour)
    })
    upstream.on('error', () => {
      if (isJoined || tries === 1) client.destroy()
      else join(client, place + 1, tries - 1)
    })
  }

  async function listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(own, 'localhost', resolve)
    })
    own = (server.address() as AddressInfo).port
  }

  async function stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
    for (const client of clients) client.destroy()
    await closed
  }

  await listen()
  return {
    url: `http://localhost:${own}`,
    port: own,
    get accepted() {
      return accepted
    },
    get open() {
      return clients.size
    },
    async behave(next) {
      behaviour = next
      if (next.isRefusing && server.listening) await stop()
      if (!next.isRefusing && !server.listening) await listen()
    },
    async close() {
      if (server.listening) await stop()
    },
  }
}

/** What concerns answers alone. */
const ONE_WAY: Behaviour = { answerDelayMs: 0, bytesPerSecond: Infinity, resetAfterBytes: Infinity }
/** What was written is on its way before the line is cut. */
const FLUSH_MS = 20
const STEPS_PER_SECOND = 10

async function pass(from: Socket, to: Socket, look: () => Behaviour): Promise<void> {
  let passed = 0
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      for (const piece of cut(chunk, look().bytesPerSecond)) {
        const waitMs = delay(look(), piece.length)
        if (waitMs > 0) await sleep(waitMs)
        const { isHalfOpen = false, resetAfterBytes = Infinity } = look()
        if (isHalfOpen) continue
        to.write(piece.subarray(0, Math.max(0, resetAfterBytes - passed)))
        passed += piece.length
        if (passed < resetAfterBytes) continue
        await sleep(FLUSH_MS)
        to.resetAndDestroy()
        return
      }
    }
    to.end()
  } catch {
    to.destroy()
  }
}

/** Pieces of a tenth of a second each; the whole where there is no limit. */
function cut(chunk: Buffer, bytesPerSecond = Infinity): readonly Buffer[] {
  const size = Math.min(chunk.length, Math.ceil(bytesPerSecond / STEPS_PER_SECOND))
  return Array.from({ length: Math.ceil(chunk.length / size) }, (_, index) =>
    chunk.subarray(index * size, (index + 1) * size),
  )
}

function delay(behaviour: Behaviour, length: number): number {
  const { latencyMs = 0, jitterMs = 0, answerDelayMs = 0, bytesPerSecond = Infinity } = behaviour
  const jitter = (Math.random() * 2 - 1) * jitterMs
  return latencyMs + jitter + answerDelayMs + (length * 1000) / bytesPerSecond
}
