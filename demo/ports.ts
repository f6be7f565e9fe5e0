/**
 * Finds ports that nobody listens on.
 * @module
 */
import { createServer } from 'node:net'

const TRIES = 50
/** A server may listen on one of these only, and be the one that `localhost` then leads to. */
const HOSTS = ['127.0.0.1', '::1', undefined] as const

/** Hands out ports, none of them twice. */
export interface Ports {
  /** `wanted`, or the next free one above it; 0 is any free port. */
  find(wanted: number): Promise<number>
}

export function createPorts(): Ports {
  const given = new Set<number>()
  return {
    async find(wanted) {
      for (let attempt = 0; attempt < TRIES; attempt += 1) {
        const port = wanted === 0 ? await anyPort() : wanted + attempt
        if (given.has(port) || !(await isFree(port))) continue
        given.add(port)
        return port
      }
      throw new Error(`No free port from ${wanted} on.`)
    },
  }
}

async function isFree(port: number): Promise<boolean> {
  for (const host of HOSTS) {
    const found = await listenOnce(port, host)
    if (found === 'taken') return false
  }
  return true
}

async function anyPort(): Promise<number> {
  const port = await listenOnce(0, '127.0.0.1')
  if (typeof port !== 'number') throw new Error('No free port at all.')
  return port
}

function listenOnce(port: number, host: string | undefined): Promise<number | 'taken' | 'no host'> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code === 'EADDRNOTAVAIL' ? 'no host' : 'taken')
    })
    server.listen({ port, ...(host !== undefined && { host }) }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}
