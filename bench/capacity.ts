/**
 * What so many concurrent checkouts need, computed from what was measured. Pure: the same measurements are
 * the same answer.
 * @module
 */
import type { Recorded } from './record.ts'

/** A checkout that somebody looks at in an open widget, its payment being asked about. */
export interface Need {
  readonly checkouts: number
  readonly setup: 'SQLite' | 'PostgreSQL'
  readonly pollsPerSecond: number
  /** The most: each payment as often as it may be asked about. */
  readonly callsPerSecond: number
  readonly ordersPerSecond: number
  /** Busy cores of all proxies. */
  readonly proxyCores: number
  readonly databaseCores: number
  readonly proxies: number
  /** Of all proxies, bytes. */
  readonly memory: number
  readonly rowsPerSecond: number
  /** If so many stand there all day, bytes. */
  readonly storagePerDay: number
  /** More than one machine like the measured one has: computed, and not tried. */
  readonly isBeyond: boolean
}

/** How long a shopper stands there; an assumption, and yours to change. */
export const STAY_S = 300
/** No core is planned to be busier than this. */
export const MAX_BUSY = 0.6
export const CONCURRENT = [10, 1000, 100_000] as const

const DAY_S = 86_400

/** On one proxy with SQLite where that is enough, on PostgreSQL otherwise. */
export function computeNeed(recorded: Recorded, checkouts: number): Need {
  const onSqlite = needOn(recorded, checkouts, 'SQLite')
  return onSqlite.proxies === 1 ? onSqlite : needOn(recorded, checkouts, 'PostgreSQL')
}

function needOn(recorded: Recorded, checkouts: number, setup: Need['setup']): Need {
  const of = (key: string): number => valueOf(recorded, key)
  const store = setup === 'SQLite' ? 'sqlite' : 'postgres'
  // where a machine could not keep up, there were fewer polls than the pace asks for: what counts is each
  const pollsPerSecond = (checkouts * of('sqlite.one.polls')) / of('widgets')
  const forPolls = (key: string): number =>
    (pollsPerSecond * of(`${store}.${key}`)) / of(`${store}.many.polls`)
  const ordersPerSecond = checkouts / STAY_S
  const isShared = setup === 'PostgreSQL'
  const createMicros = isShared ? of('postgres.create.1') : of('create.cpu')
  const orderCores = (ordersPerSecond * (createMicros + of('notification.cpu'))) / 1e6
  const proxyCores = forPolls('many.cpu') / 100 + orderCores
  const databaseCores = isShared
    ? forPolls('many.database') / 100 + (ordersPerSecond * of('database.create.1')) / 1e6
    : 0
  const proxies = Math.ceil(proxyCores / MAX_BUSY)
  const eachBytes = ((of(`${store}.memory`) - of(`${store}.start`)) * 1e6) / of('widgets')
  const { cores } = partOf(recorded, 'widgets')
  return {
    checkouts,
    setup,
    pollsPerSecond,
    callsPerSecond: forPolls('calls') * of('widgets'),
    ordersPerSecond,
    proxyCores,
    databaseCores,
    proxies,
    memory: proxies * of(`${store}.start`) * 1e6 + checkouts * eachBytes,
    rowsPerSecond: ordersPerSecond * of('order.rows'),
    storagePerDay: ordersPerSecond * DAY_S * of(`order.kB.${setup}`) * 1000,
    isBeyond: proxyCores + databaseCores > cores,
  }
}

/** The figure of this name; throws where it was not measured. */
export function valueOf(recorded: Recorded, key: string): number {
  const figures = Object.values(recorded).flatMap(({ groups }) =>
    groups.flatMap((group) => group.figures),
  )
  const found = figures.find((figure) => figure.key === key)
  // what a system does not tell is null in JSON
  if (!Number.isFinite(found?.value)) throw new Error(`${key} was not measured`)
  return found?.value ?? Number.NaN
}

function partOf(recorded: Recorded, name: string): Recorded[string] {
  const part = recorded[name]
  if (!part) throw new Error(`${name} was not measured`)
  return part
}
