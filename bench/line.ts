/**
 * A keep-alive connection with one request in flight, cheap enough to have a thousand of them. Answers
 * are known by their status line. Only for servers on this machine.
 * @module
 */
import { connect } from 'node:net'
import type { Socket } from 'node:net'

export interface Line {
  /** Sends one request, as it stands on the wire; the answer's status, 0 where the line broke. */
  ask(request: string): Promise<number>
  close(): void
}

const STATUS_LINE = 'HTTP/1.1 '

/** Connects at the first request, and again at the next one after it broke. */
export function openLine(port: number): Line {
  let socket: Socket | undefined
  let answered: ((status: number) => void) | undefined

  function settle(status: number): void {
    answered?.(status)
    answered = undefined
  }

  function open(): Socket {
    const opened = connect(port, 'localhost')
    opened.setNoDelay(true).setEncoding('latin1')
    opened.on('error', () => undefined)
    opened.once('close', () => {
      if (socket === opened) socket = undefined
      settle(0)
    })
    opened.on('data', (text: string) => {
      if (text.startsWith(STATUS_LINE)) settle(Number(text.slice(9, 12)))
    })
    return opened
  }

  return {
    ask(text) {
      socket ??= open()
      const { promise, resolve } = Promise.withResolvers<number>()
      answered = resolve
      socket.write(text)
      return promise
    },
    close: () => void socket?.destroy(),
  }
}

/** A request as it stands on the wire. */
export function request(
  method: string,
  path: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): string {
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  const lines = Object.entries({ host: 'localhost', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`
}
