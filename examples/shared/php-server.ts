/**
 * The server that PHP brings for development, with one script that answers everything.
 * @module
 */
import { spawn, spawnSync } from 'node:child_process'
import { createInterface } from 'node:readline'

export interface PhpOptions {
  /** What it may serve as it is. */
  readonly folder: string
  /** The script, in that folder. */
  readonly router: string
  readonly port: number
  readonly environment: Readonly<Record<string, string>>
}

const START_MS = 10_000
const POLL_MS = 25
/** So that two requests can meet, as they do in a shop. */
const WORKERS = '3'
const IS_WINDOWS = process.platform === 'win32'

export const hasPhp = (): boolean => spawnSync('php', ['--version']).status === 0

/** Starts it on `localhost`; resolves, once it answers, to what ends it. */
export async function startPhp(options: PhpOptions): Promise<() => Promise<void>> {
  const { folder, router, port, environment } = options
  const child = spawn('php', ['-q', '-S', `localhost:${port}`, '-t', folder, router], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env['PATH'], PHP_CLI_SERVER_WORKERS: WORKERS, ...environment },
    // A group of its own: its workers do not end with it.
    detached: !IS_WINDOWS,
  })
  createInterface(child.stderr).on('line', (line) => {
    if (!line.endsWith('started')) process.stderr.write(`${line}\n`)
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const kill = (): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    process.kill(IS_WINDOWS ? child.pid : -child.pid)
  }
  process.once('exit', kill)
  const stop = (): Promise<void> => {
    process.off('exit', kill)
    kill()
    return ended
  }
  const isReady = (): Promise<boolean> =>
    fetch(`http://localhost:${port}/`).then(
      ({ ok }) => ok,
      () => false,
    )
  for (const until = Date.now() + START_MS; !(await isReady()); await sleep(POLL_MS)) {
    if (child.pid !== undefined && child.exitCode === null && Date.now() < until) continue
    await stop()
    throw new Error(`PHP did not start in ${folder}`)
  }
  return stop
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
