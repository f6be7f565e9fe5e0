/**
 * A server in a process of its own, whose processor time can be read.
 * @module
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface ServerProcess {
  readonly port: number
  /** From starting the process until it said that it listens, milliseconds. */
  readonly readyMs: number
  /** Processor time used so far, milliseconds; undefined where the system does not tell. */
  cpuMs(): number | undefined
  stop(): void
}

const TICK_MS = 10

/** Starts a script that prints a line of JSON with its `port`. */
export function startServer(
  script: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const begin = performance.now()
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)))
    let text = ''
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const port = /"port":(\d+)/.exec(text)?.[1]
      if (port === undefined) return
      resolve({
        port: Number(port),
        readyMs: performance.now() - begin,
        cpuMs: () => readCpu(child.pid),
        stop: () => child.kill(),
      })
    })
  })
}

function readCpu(pid: number | undefined): number | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS
  } catch {
    return undefined
  }
}
