/**
 * The proxy as a process of its own, so that it can be killed in the middle of a payment and started
 * again.
 * @module
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { appendFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface ProxyProcessOptions {
  readonly url: string
  readonly environment: Readonly<Record<string, string>>
  /** Gets the proxy's log lines. */
  readonly logFile: string
  /** Where set, a proxy that ended is started again after this long. */
  readonly restartAfterMs?: number
  /** Hears of an end that was not asked for, and of the new beginning. */
  readonly onChange?: (change: ProxyChange) => void
}

export type ProxyChange =
  | { readonly kind: 'ended'; readonly how: string }
  | { readonly kind: 'back'; readonly pid: number }
  | { readonly kind: 'failed'; readonly why: string }

export interface ProxyProcess {
  readonly pid: number
  /** Resolves once it answers. Throws with the proxy's own words where it does not start. */
  start(): Promise<void>
  /** How far its clock is ahead, milliseconds. Resolves once it goes by it. */
  readonly setClock: (offsetMs: number) => Promise<void>
  /** SIGKILL: no goodbye, no clean-up. Resolves once it is gone. */
  kill(): Promise<void>
  /** Lets it finish what it is doing. */
  stop(): Promise<void>
}

const ENTRY = fileURLToPath(new URL('proxy-entry.ts', import.meta.url))
const START_MS = 15_000
const STOP_MS = 3000
/** What a process needs of its surroundings. Nothing else of the shell's may reach the proxy. */
const KEPT = ['PATH', 'SystemRoot', 'TMPDIR', 'TEMP'] as const

export function createProxyProcess(options: ProxyProcessOptions): ProxyProcess {
  let child: ChildProcess | undefined
  let isStopping = false
  let offsetMs = 0
  let restart: NodeJS.Timeout | undefined
  const killAtExit = (): void => void child?.kill('SIGKILL')
  process.on('exit', killAtExit)

  async function start(): Promise<void> {
    isStopping = false
    const started = spawn(process.execPath, [ENTRY], {
      env: { ...keptVariables(), ...options.environment, CLOCK_OFFSET_MS: String(offsetMs) },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    child = started
    let words = ''
    started.stdout?.on('data', (data: Buffer) => appendFileSync(options.logFile, data))
    started.stderr?.on('data', (data: Buffer) => {
      words = (words + data.toString()).slice(-2000)
      appendFileSync(options.logFile, data)
    })
    if (!(await untilReady(started, options.url))) {
      await end(started, 'SIGKILL')
      throw new Error(`The proxy did not start.\n${words}`)
    }
    started.once('exit', (code, signal) => {
      if (isStopping || options.restartAfterMs === undefined) return
      options.onChange?.({ kind: 'ended', how: signal ?? `exit code ${code}` })
      startAgain(options.restartAfterMs)
    })
  }

  function startAgain(afterMs: number): void {
    restart = setTimeout(() => {
      start().then(
        () => options.onChange?.({ kind: 'back', pid: child?.pid ?? 0 }),
        (error: unknown) => {
          if (isStopping) return
          options.onChange?.({ kind: 'failed', why: String(error) })
          startAgain(afterMs)
        },
      )
    }, afterMs)
  }

  return {
    get pid() {
      return child?.pid ?? 0
    },
    start,
    async setClock(ms) {
      offsetMs = ms
      const running = child
      if (!running?.connected) return
      await new Promise<void>((resolve) => {
        running.once('message', () => resolve())
        running.once('exit', () => resolve())
        running.send({ offsetMs })
      })
    },
    async kill() {
      await end(child, 'SIGKILL')
    },
    async stop() {
      isStopping = true
      clearTimeout(restart)
      process.off('exit', killAtExit)
      const ending = child
      const force = setTimeout(() => ending?.kill('SIGKILL'), STOP_MS)
      await end(ending, 'SIGTERM')
      clearTimeout(force)
    },
  }
}

function keptVariables(): Record<string, string> {
  return Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = process.env[name]
      return value === undefined ? [] : [[name, value]]
    }),
  )
}

function end(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}

/** Asks until it answers; false when it ended, or never did. */
async function untilReady(child: ChildProcess, url: string): Promise<boolean> {
  const until = Date.now() + START_MS
  while (Date.now() < until) {
    if (child.exitCode !== null || child.signalCode !== null) return false
    const isReady = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}
