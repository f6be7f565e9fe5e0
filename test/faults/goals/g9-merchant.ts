/**
 * G9, the merchant's side: whatever the receiver does to a delivery, the attempt ends in time, its answer
 * is not read, no redirect is followed.
 * @module
 */
import { createServer } from 'node:net'
import type { AddressInfo, Socket } from 'node:net'
import { startStack } from '../../proxy/support.ts'
import { becomes } from '../crowd.ts'
import type { SocketWatch } from '../sockets.ts'

export interface Attempt {
  readonly kind: string
  /** From the connection until the outcome was stored. */
  readonly ms: number
  readonly outcome: string
  readonly wanted: string
  readonly bytes: number
  readonly port: number
  /** Requests that came to where the redirect pointed. */
  readonly followed: number
}

interface Manner {
  /** How the attempt is to end: the answer that is kept, and the delivery's status. */
  readonly wanted: string
  meet(socket: Socket): void
}

const MANNERS: Readonly<Record<string, Manner>> = {
  hang: { wanted: 'no answer, pending', meet: (socket) => void socket.resume() },
  'half-open': { wanted: 'no answer, pending', meet: (socket) => void socket.pause() },
  drip: {
    wanted: 'no answer, pending',
    meet(socket) {
      socket.resume().write('HTTP/1.1 200 OK\r\nx-drip: ')
      const timer = setInterval(() => socket.write('x'), 100)
      socket.once('close', () => clearInterval(timer))
    },
  },
  huge: {
    wanted: '200, delivered',
    meet: (socket) =>
      answerOnce(socket, () => {
        socket.write('HTTP/1.1 200 OK\r\ncontent-length: 1000000000\r\n\r\n')
        const pour = (): void => {
          while (!socket.destroyed && socket.write(' '.repeat(64 * 1024)));
        }
        socket.on('drain', pour)
        pour()
      }),
  },
  redirect: {
    wanted: '307, pending',
    meet: (socket) =>
      answerOnce(
        socket,
        () =>
          void socket.write('HTTP/1.1 307 Go\r\nlocation: /followed\r\ncontent-length: 0\r\n\r\n'),
      ),
  },
  reset: {
    wanted: 'no connection, pending',
    meet: (socket) => answerOnce(socket, () => socket.resetAndDestroy()),
  },
}

/** One delivery in each way to go wrong, each by a proxy of its own. */
export const boundDeliveries = (sockets: SocketWatch): Promise<readonly Attempt[]> =>
  Promise.all(Object.entries(MANNERS).map(([kind, manner]) => attempt(kind, manner, sockets)))

async function attempt(kind: string, manner: Manner, sockets: SocketWatch): Promise<Attempt> {
  let begin: number | undefined
  let followed = 0
  const server = createServer({ pauseOnConnect: true }, (socket) => {
    begin ??= performance.now()
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => {
      if (chunk.toString('latin1').includes(' /followed ')) followed += 1
    })
    manner.meet(socket)
  })
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
  const { port } = server.address() as AddressInfo
  const stack = await startStack({
    MERCHANT_WEBHOOK_URL: `http://localhost:${port}/`,
    MERCHANT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'g9').toString('base64')}`,
  })
  try {
    // Something to pay is a change that the merchant is told.
    await stack.start(await stack.openCheckout(), 'redoya')
    let outcome = 'nothing'
    await becomes(async () => {
      const { body } = await stack.merchant<Deliveries>('GET', '/deliveries')
      const [delivery] = body.deliveries
      if (delivery?.answer) outcome = `${delivery.answer}, ${delivery.status}`
      return outcome !== 'nothing'
    }, PATIENCE_MS)
    const ms = performance.now() - (begin ?? Number.NaN)
    const { wanted } = manner
    return { kind, ms, outcome, wanted, bytes: sockets.mostRead(port), port, followed }
  } finally {
    await stack.close()
    server.close()
  }
}

interface Deliveries {
  readonly deliveries: readonly { readonly answer: string | null; readonly status: string }[]
}

const PATIENCE_MS = 15_000

function answerOnce(socket: Socket, answer: () => void): void {
  socket.once('data', answer)
  socket.resume()
}
