/**
 * A PostgreSQL that writes to the disk before it says so, as one in production does; the tests' own does not.
 * `BENCH_POSTGRES_URL` names one that is there already, with an empty database.
 * @module
 */
import { readFileSync, readdirSync } from 'node:fs'
import { Client } from 'pg'
import { startPostgres as start } from '../test/support/postgres.ts'
import type { TestPostgres } from '../test/support/postgres.ts'

const TICK_MS = 10

export interface BenchPostgres extends TestPostgres {
  query(text: string): Promise<readonly Row[]>
  /** Processor time of all its processes, milliseconds; not a number where the system does not tell. */
  cpuMs(): number
}

export type Row = Readonly<Record<string, unknown>>

export async function startPostgres(): Promise<BenchPostgres> {
  const { url, directory, stop } = await start({ isDurable: true, variable: 'BENCH_POSTGRES_URL' })
  return {
    url,
    query: (text) => query(url, text),
    cpuMs: () => (directory === undefined ? Number.NaN : cpuOf(directory)),
    stop,
  }
}

async function query(url: string, text: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Row>(text)).rows
  } finally {
    await client.end()
  }
}

/** Of the server and all that it has started, those that are gone too. */
function cpuOf(directory: string): number {
  try {
    const server = Number.parseInt(readFileSync(`${directory}/postmaster.pid`, 'utf8'), 10)
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .reduce((total, pid) => total + cpuOfProcess(pid, server), 0)
  } catch {
    return Number.NaN
  }
}

function cpuOfProcess(pid: string, server: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
    const isServer = Number(pid) === server
    if (!isServer && Number(stat[1]) !== server) return 0
    const ticks = stat.slice(11, isServer ? 15 : 13).map(Number)
    return ticks.reduce((total, tick) => total + tick, 0) * TICK_MS
  } catch {
    return 0
  }
}
