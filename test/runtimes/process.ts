/**
 * The proxy as a process on one of the runtimes: a port, a log, and an end.
 * @module
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { pause } from '../proxy/shop.ts'
import type { Environment, Runtime } from './runtimes.ts'

export interface RunningProxy {
  readonly pid: number
  /** Everything that it wrote so far, of every start. */
  readonly log: string
  /** Starts the process; nothing is asked of it. */
  start(): void
  /** Resolves once it answers that it can write: how many milliseconds after its start. */
  isReady(): Promise<number>
  /** Resolves with the exit code once it has ended. */
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null>
}

const START_MS = 15_000
const POLL_MS = 20

/** Not started yet. `folder` is where it runs. */
export function createProcess(
  runtime: Runtime,
  environment: Environment,
  folder: string,
): RunningProxy {
  let child: ChildProcess | undefined
  let log = ''
  let startedAt = 0
  process.on('exit', () => void child?.kill('SIGKILL'))

  return {
    get pid() {
      return child?.pid ?? 0
    },
    get log() {
      return log
    },
    start() {
      const [command, ...args] = runtime.command(environment, folder)
      startedAt = performance.now()
      child = spawn(command, args, {
        cwd: folder,
        env: { ...environment, PATH: process.env['PATH'], HOME: folder, DENO_DIR: folder },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const hear = (data: Buffer): void => void (log += data.toString())
      child.stdout?.on('data', hear)
      child.stderr?.on('data', hear)
    },
    async isReady() {
      const isOk = (): Promise<boolean> =>
        fetch(`http://localhost:${environment['PORT']}/readyz`).then(
          ({ ok }) => ok,
          () => false,
        )
      while (!(await isOk())) {
        const isLate = performance.now() - startedAt > START_MS
        if (isLate || child?.exitCode !== null) throw new Error(`It did not start.\n${log}`)
        await pause(POLL_MS)
      }
      return performance.now() - startedAt
    },
    async end(signal) {
      const ending = child
      if (!ending || ending.exitCode !== null || ending.signalCode !== null) return null
      return new Promise((resolve) => {
        ending.once('exit', (code) => resolve(code))
        ending.kill(signal)
      })
    },
  }
}
