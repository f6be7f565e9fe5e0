/**
 * The command line as a user has it: a process of its own.
 * @module
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Kysely, sql } from 'kysely'
import type { Store } from '../../proxy/store.ts'
import { openStore } from '../../proxy/stores/index.ts'
import { postgresDialect } from '../../proxy/stores/postgres.ts'
import { fill } from './filled-store.ts'

const MAIN = fileURLToPath(new URL('../../cli/main.ts', import.meta.url))

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly output: string
  readonly errors: string
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** What is piped in. */
  readonly input?: string
  readonly cwd?: string
}

/** A folder without a `.env`. */
export const EMPTY = mkdtempSync(join(tmpdir(), 'cc-cli-empty-'))

/** What was compiled for one process is there for the next: there are many, and each is the same. */
const CACHE = await mkdtemp(join(tmpdir(), 'cc-cli-cache-'))
process.on('exit', () => rmSync(CACHE, { recursive: true, force: true }))

/** For commands that print keys because they were asked to: the search for secrets does not listen. */
export const UNHEARD = { CANARY_DIR: undefined } as const

/** Starts `crypto-checkout`, as a process of its own. */
export function start(args: readonly string[], { env, input, cwd = EMPTY }: RunOptions = {}) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: CACHE, ...env },
    cwd,
  })
  let output = ''
  let errors = ''
  const waiting = new Set<() => void>()
  const hear = (): void => waiting.forEach((look) => look())
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    hear()
  })
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString()
    hear()
  })
  child.stdin.on('error', () => undefined)
  child.stdin.end(input ?? '')
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => {
      resolve({ code, signal, output, errors })
      hear()
    }),
  )
  return {
    child,
    ended,
    /** Until `pattern` stands in what it wrote; rejects where it ends before. */
    until(pattern: RegExp): Promise<RegExpExecArray> {
      return new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(output) ?? pattern.exec(errors)
          if (!match && child.exitCode === null) return
          waiting.delete(look)
          if (match) resolve(match)
          else reject(new Error(`it ended without ${pattern}: ${output}${errors}`))
        }
        waiting.add(look)
        look()
      })
    },
    stop(): Promise<Ended> {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Runs `crypto-checkout` to its end. */
export const run = (args: readonly string[], options?: RunOptions): Promise<Ended> =>
  start(args, options).ended

/** Runs `crypto-checkout`; `onOutput` may act on the process while it runs. */
export function runCommand(
  args: readonly string[],
  onOutput: (text: string, child: ChildProcess) => void = () => {},
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const { child, ended } = start(args, { env })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    onOutput(output, child)
  })
  return ended
}

/** A port at which nothing listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, 'localhost')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

export const migrateStore = (
  from: string,
  to: string,
  ...more: [
    onOutput?: (text: string, child: ChildProcess) => void,
    env?: Readonly<Record<string, string>>,
  ]
): Promise<Ended> => runCommand(['migrate-store', '--from', from, '--to', to], ...more)

/** Opens the store at `url` for as long as `task` takes. */
export async function withStore<T>(url: string, task: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(url)
  try {
    await store.migrate()
    return await task(store)
  } finally {
    await store.close()
  }
}

let files = 0

/** What the two databases of a move are: a file that `fill` filled, and an empty PostgreSQL. */
export async function prepareMove(
  directory: string,
  postgresUrl: string,
  filling: (store: Store) => Promise<void> = fill,
) {
  const path = join(directory, `store-${(files += 1)}.db`)
  const from = `file:${path}`
  await withStore(from, filling)
  return { path, from, to: await createDatabase(postgresUrl) }
}

/** A database of its own on the server at `url`. */
export async function createDatabase(url: string): Promise<string> {
  const server = new Kysely<unknown>({ dialect: postgresDialect(url) })
  const name = `cli_${randomBytes(8).toString('hex')}`
  await sql`create database ${sql.id(name)}`.execute(server)
  await server.destroy()
  const made = new URL(url)
  made.pathname = `/${name}`
  return made.href
}
