/**
 * WebKit's driver with a display of its own: both start with the first test and end with the last.
 * @module
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { createPorts } from '../../demo/ports.ts'
import type { WebKitPrograms } from './engines.ts'

export interface WebKitDriver {
  readonly port: number
  close(): void
}

const PATIENCE_MS = 20_000
const SCREEN = ['-screen', '0', '1280x1024x24', '-nolisten', 'tcp']

export async function startWebKitDriver(programs: WebKitPrograms): Promise<WebKitDriver> {
  const started: ChildProcess[] = []
  const close = (): void => {
    for (const child of started.toReversed()) child.kill()
  }
  process.once('exit', close)
  process.once('SIGTERM', () => process.exit())
  try {
    // it picks a display that is free, and writes its number into the fourth stream
    const display = spawn(programs.display, ['-displayfd', '3', ...SCREEN], {
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    })
    started.push(display)
    const number = await firstLine(display)

    const port = await createPorts().find(0)
    const driver = spawn(programs.driver, [`--port=${port}`], {
      stdio: 'ignore',
      // no bus for screen readers is there, and waiting for one takes long
      env: { ...process.env, DISPLAY: `:${number}`, NO_AT_BRIDGE: '1', GDK_BACKEND: 'x11' },
    })
    started.push(driver)
    await untilReady(port, driver)
    return { port, close }
  } catch (error) {
    close()
    throw error
  }
}

async function firstLine(display: ChildProcess): Promise<string> {
  const lines = createInterface(display.stdio[3] as Readable)
  const signal = AbortSignal.timeout(PATIENCE_MS)
  const [line] = (await once(lines, 'line', { signal })) as [string]
  return line
}

async function untilReady(port: number, driver: ChildProcess): Promise<void> {
  const end = Date.now() + PATIENCE_MS
  while (Date.now() < end && driver.exitCode === null) {
    const answer = await fetch(`http://127.0.0.1:${port}/status`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error('WebKitWebDriver did not start')
}
