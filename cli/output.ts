/**
 * What commands write: results to standard output, everything else to standard error, so that the first
 * can be piped. Colours where a terminal shows them, and `NO_COLOR` is not set.
 * @module
 */
import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** A line of the result. */
export const say = (line = ''): void => void process.stdout.write(`${line}\n`)

/** A line for the person in front of it. */
export const tell = (line: string): void => void process.stderr.write(`${line}\n`)

/** The whole result, for programs. */
export const sayJson = (value: unknown): void => say(JSON.stringify(value, null, 2))

/** Coloured where standard output is a terminal that wants it. */
export const paint = (style: Style, text: string): string =>
  styleText(style, text, { stream: process.stdout })

/** A terminal obeys control characters; what others wrote is shown without. */
export const plain = (text: string): string => text.replaceAll(/\p{C}/gu, '?')

/** What is being done just now, on one line of a terminal that is written over; elsewhere nothing. */
export function createProgress(): { show(text: string): void; clear(): void } {
  const { stderr } = process
  if (!stderr.isTTY) return { show: () => undefined, clear: () => undefined }
  const clear = (): void => void stderr.write('\r\u001B[2K')
  return {
    show(text) {
      clear()
      stderr.write(text)
    },
    clear,
  }
}

/** `| head` closes the pipe when it has enough: that is no failure of ours. */
export function endWithPipe(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    process.exit(0)
  })
}
