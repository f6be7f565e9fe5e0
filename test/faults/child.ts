/**
 * A process of the harness that is started, killed without a goodbye, and started again.
 * @module
 */
import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export interface ChildOptions {
  /** A file of this folder. */
  readonly entry: string
  readonly environment: Readonly<Record<string, string>>
  /** Gets what it writes. */
  readonly logFile: string
}

export interface Child<Ready> {
  readonly isUp: boolean
  /** With more variables for this life alone. Throws with its last words where it does not come up. */
  start(more?: Readonly<Record<string, string>>): Promise<Ready>
  /** SIGKILL. Resolves once it is gone; at once where it is not there. */
  kill(): Promise<void>
  /** Resolves when this life is over, whoever ended it. */
  ended(): Promise<void>
  /** Moves its clock; resolves once it goes by it. */
  setOffset(offsetMs: number): Promise<void>
}

/** Compiled code is kept between lives: restarts are what this harness does most. */
const COMPILE_CACHE = join(tmpdir(), 'crypto-checkout-faults-cache')
const LAST_WORDS = 3000

export function createChild<Ready>(options: ChildOptions): Child<Ready> {
  const entry = fileURLToPath(new URL(options.entry, import.meta.url))
  let child: ChildProcess | undefined
  let offset = 0
  const isUp = (): boolean =>
    child !== undefined && child.connected && child.exitCode === null && child.signalCode === null

  function launch(more: Readonly<Record<string, string>>): ChildProcess {
    const log = openSync(options.logFile, 'a')
    const { PATH = '' } = process.env
    const started = fork(entry, {
      env: {
        PATH,
        NODE_COMPILE_CACHE: COMPILE_CACHE,
        CLOCK_OFFSET_MS: String(offset),
        ...options.environment,
        ...more,
      },
      stdio: ['ignore', log, log, 'ipc'],
    })
    closeSync(log)
    // A message to one that is just dying is lost, and that is all.
    started.on('error', () => undefined)
    return started
  }

  function ended(): Promise<void> {
    const ending = child
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return Promise.resolve()
    return new Promise((resolve) => void ending.once('exit', () => resolve()))
  }

  return {
    get isUp() {
      return isUp()
    },

    async start(more = {}) {
      const started = launch(more)
      child = started
      const ready = await new Promise<Ready | undefined>((resolve) => {
        started.on('message', (message: { readonly ready?: Ready }) => {
          if (message.ready !== undefined) resolve(message.ready)
        })
        started.once('exit', () => resolve(undefined))
      })
      if (ready !== undefined) return ready
      const words = readFileSync(options.logFile, 'utf8').slice(-LAST_WORDS)
      throw new Error(`${options.entry} did not come up.\n${words}`)
    },

    async kill() {
      child?.kill('SIGKILL')
      await ended()
    },

    ended,

    async setOffset(offsetMs) {
      offset = offsetMs
      const told = child
      if (!told || !isUp()) return
      await new Promise<void>((resolve) => {
        const onMessage = (message: { readonly offsetMs?: number }): void => {
          if (message.offsetMs === offsetMs) finish()
        }
        const finish = (): void => {
          told.off('message', onMessage)
          told.off('exit', finish)
          resolve()
        }
        told.on('message', onMessage)
        told.once('exit', finish)
        told.send({ offsetMs }, (error) => error && finish())
      })
    },
  }
}
