/**
 * The command line as a user has it: a process of its own.
 * @module
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
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

/** Runs `crypto-checkout`; `onOutput` may act on the process while it runs. */
export function runCommand(
  args: readonly string[],
  onOutput: (text: string, child: ChildProcess) => void = () => {},
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'], ...env },
  })
  let output = ''
  let errors = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString()
    onOutput(output, child)
  })
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
  return new Promise((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal, output, errors })),
  )
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
