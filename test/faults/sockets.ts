/**
 * What this process's own connections have read, and which of them are open, by the port they lead to.
 * @module
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { becomes } from './crowd.ts'

export interface SocketWatch {
  /** The most that one connection to this port has read, bytes. */
  mostRead(port: number): number
  /** How many are open to any of these ports, once that is none or patience has ended. */
  open(ports: readonly number[], patienceMs: number): Promise<number>
  stop(): void
}

const CHANNEL = 'net.client.socket'

/** Watches all connections that are made from now on. */
export function watchSockets(): SocketWatch {
  const byPort = new Map<number, Socket[]>()
  const note = (message: unknown): void => {
    const { socket } = message as { readonly socket: Socket }
    socket.once('connect', () => {
      const port = socket.remotePort ?? 0
      byPort.set(port, [...(byPort.get(port) ?? []), socket])
    })
  }
  subscribe(CHANNEL, note)
  const countOpen = (ports: readonly number[]): number =>
    ports.flatMap((port) => byPort.get(port) ?? []).filter(({ destroyed }) => !destroyed).length
  return {
    mostRead: (port) => Math.max(0, ...(byPort.get(port) ?? []).map(({ bytesRead }) => bytesRead)),
    async open(ports, patienceMs) {
      await becomes(async () => countOpen(ports) === 0, patienceMs)
      return countOpen(ports)
    },
    stop: () => unsubscribe(CHANNEL, note),
  }
}
