/**
 * A server in a process of its own, whose processor time can be read.
 * @module
 */
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'

export interface ServerProcess {
  readonly port: number
  /** From starting the process until it said that it listens, milliseconds. */
  readonly readyMs: number
  /** Processor time used so far, milliseconds; undefined where the system does not tell. */
  cpuMs(): number | undefined
  /** Memory that it holds, bytes; undefined where the system does not tell. */
  memory(): number | undefined
  /** Resolves once it is gone. */
  stop(): Promise<void>
  /** The same without a goodbye. */
  kill(): Promise<void>
}

const TICK_MS = 10

/** Starts a script that prints a line of JSON with its `port`. */
export function startServer(
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const begin = performance.now()
  const child = spawn(process.execPath, [...profiling(), script], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill(signal)
    await once(child, 'exit')
  }
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)))
    let text = ''
    const find = (chunk: string): void => {
      text += chunk
      const port = /"port":(\d+)/.exec(text)?.[1]
      if (port === undefined) return
      // What else it has to say is not kept.
      child.stdout.off('data', find).resume()
      resolve({
        port: Number(port),
        readyMs: performance.now() - begin,
        cpuMs: () => readCpu(child.pid),
        memory: () => readMemory(child.pid),
        stop: () => end('SIGTERM'),
        kill: () => end('SIGKILL'),
      })
    }
    child.stdout.setEncoding('utf8').on('data', find)
  })
}

/** The proxy as `npm run build` makes it; another one is measured with `PROXY_SCRIPT`. */
export function bundleProxy(): string {
  const given = process.env['PROXY_SCRIPT']
  if (given === undefined) execFileSync(process.execPath, ['scripts/bundle-proxy.mjs'])
  return given ?? 'dist/server/server.js'
}

/** `PROFILE=<folder>` leaves a processor profile of every server there. */
function profiling(): string[] {
  const folder = process.env['PROFILE']
  return folder === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${folder}`]
}

function readCpu(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return undefined
  }
}

function readMemory(pid: number | undefined): number | undefined {
  try {
    const kib = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return kib === undefined ? undefined : Number(kib) * 1024
  } catch {
    return undefined
  }
}
