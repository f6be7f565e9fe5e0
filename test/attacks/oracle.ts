/**
 * What an attack did: every row of the database that it changed, every provider that was called for it, and
 * what its answer gave away.
 * @module
 */
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Effect } from './attack.ts'
import type { Answer } from './send.ts'
import type { Mark, Stage } from './stage.ts'

/** Every row as text, by table and key. */
export type Rows = ReadonlyMap<string, string>

export interface Oracle {
  /** Until the worker has looked at all that was due. */
  comeToRest(): Promise<void>
  /** What is there now, and nobody was called. */
  begin(): Rows
  /** What changed since `before` and may not, in words. */
  judge(before: Rows, effect: Effect, mark: Mark): Promise<readonly string[]>
  /** What anybody may say is followed up a little later: let that time pass. */
  followUp(): Promise<void>
  statusOf(checkoutId: string): string | undefined
  close(): void
}

/** Who does what when; no reader sees it. */
const BOOKKEEPING: ReadonlySet<string> = new Set([
  'checked_at',
  'hinted_at',
  'next_check_at',
  'is_watched',
  'attempts',
  'next_at',
  'answer',
  'delivered_at',
])
/** Claims, and what the migrations keep. */
const NOT_COMPARED = /^(leases|kysely_.*|sqlite_.*|limits?|rate_.*)$/
const SETTLE_MS = 10_000
const STEP_MS = 5
/** A look that is taken at once has ended by then. */
const LOOK_MS = 100
/** Longer than the worker waits between two looks at what is new. */
const GAP_MS = 16_000

export function createOracle({ shop, calls }: Stage): Oracle {
  const database = new DatabaseSync(shop.file, { readOnly: true })
  const tables = database
    .prepare(`select name from sqlite_master where type = 'table'`)
    .all()
    .map(({ name }) => String(name))
    .filter((name) => !NOT_COMPARED.test(name))
    .map((name) => [name, database.prepare(`select * from ${name}`)] as const)
  const dataVersion = database.prepare('pragma data_version')
  let known: { readonly version: unknown; readonly rows: Rows } | undefined

  /** SQLite says whether anybody wrote since: then nothing is read again. */
  function read(): Rows {
    const version = dataVersion.get()?.['data_version']
    if (known && known.version === version) return known.rows
    const rows = new Map<string, string>()
    for (const [table, select] of tables) {
      for (const row of select.all()) {
        const kept = Object.entries(row).filter(
          ([name]) => !BOOKKEEPING.has(name) && `${table}.${name}` !== 'deliveries.status',
        )
        rows.set(`${table} ${keyOf(row)}`, JSON.stringify(Object.fromEntries(kept)))
      }
    }
    known = { version, rows }
    return rows
  }

  const count = (sql: string) => {
    const statement = database.prepare(sql)
    return (...values: number[]): unknown => statement.get(...values)?.['n']
  }
  const hinted = count(
    'select count(*) as n from payments where hinted_at is not null and ref is not null',
  )
  const due = count('select count(*) as n from payments where next_check_at <= ?')

  let hintsBefore = 0

  /** Until the worker has nothing to do. */
  async function rest(isQuiet: () => boolean): Promise<void> {
    for (let waited = 0; waited < SETTLE_MS && !isQuiet(); waited += STEP_MS) await sleep(STEP_MS)
  }

  /** Reasons to ask are followed up behind the acknowledgement: wait until they were. */
  async function settle(): Promise<void> {
    for (let waited = 0; waited < LOOK_MS && Number(hinted()) > hintsBefore; waited += STEP_MS) {
      await sleep(STEP_MS)
    }
  }

  return {
    begin() {
      calls.length = 0
      hintsBefore = Number(hinted())
      return read()
    },
    comeToRest: () => rest(() => due(shop.clock.now()) === 0),
    async judge(before, effect, mark) {
      await settle()
      const changed = compare(before, read())
      const unwanted = changed.filter(({ key, after }) => !isAllowed(effect, mark, key, after))
      const words = unwanted.map(({ key, after }) => `${key} became ${after ?? 'nothing'}`)
      if (effect !== 'nothing') return words
      return [...words, ...calls.map((call) => `the provider was called: ${call}`)]
    },
    async followUp() {
      if (hinted() === 0) return
      shop.clock.advance(GAP_MS)
      await rest(() => hinted() === 0)
      // What was claimed by the worker is not due any more, and may still be under way.
      for (let seen = -1; seen < calls.length; await sleep(LOOK_MS)) seen = calls.length
    },
    statusOf: (id) =>
      database.prepare('select status from checkouts where id = ?').get(id)?.['status'] as
        string | undefined,
    close: () => database.close(),
  }
}

const keyOf = (row: Record<string, unknown>): string =>
  String(
    row['id'] ?? row['request_id'] ?? row['event_id'] ?? row['kid'] ?? row['name'] ?? row['ref'],
  )

interface Changed {
  readonly key: string
  readonly after: string | undefined
}

function compare(before: Rows, after: Rows): readonly Changed[] {
  if (before === after) return []
  const keys = new Set([...before.keys(), ...after.keys()])
  return [...keys]
    .filter((key) => before.get(key) !== after.get(key))
    .map((key) => ({ key, after: after.get(key) }))
}

/** An attack that is for a person touches the attacker's own payment, and never as paid. */
function isAllowed(
  effect: Effect,
  { checkoutId, begun }: Mark,
  key: string,
  after: string | undefined,
): boolean {
  if (after === undefined) return false
  if (effect === 'asks') return key.startsWith('events ')
  if (effect === 'nothing' || after.includes('"status":"paid"')) return false
  const isClaim = key.startsWith('claims ') || after.includes('"status":"pending"')
  if (effect === 'claims' && !isClaim) return false
  const isOwn = [checkoutId, begun?.payment.id].some((id) => id && after.includes(`"${id}"`))
  return isOwn && /^(checkouts|payments|claims|facts|deliveries) /.test(key)
}

const GIVEN_AWAY = [
  /\bat .{1,200}\(?\S+:\d+:\d+\)?/,
  /node_modules|node:internal|\.ts:\d|SQLITE|\bSELECT\b|TypeError|ZodError|JWS|JOSE/,
]
const SLOW_MS = 5000

/** What no answer to anybody may hold: a secret, a stack, another one's address; and how long it took. */
export function faultsOf({ text, headers, tookMs }: Answer, secrets: readonly string[]): string[] {
  const whole = `${JSON.stringify(headers)}\n${text}`
  const faults = secrets.filter((secret) => whole.includes(secret)).map(() => 'holds a secret')
  if (!headers['content-type']?.includes('javascript')) {
    faults.push(
      ...GIVEN_AWAY.filter((pattern) => pattern.test(whole)).map(
        (pattern) => `says ${pattern.source}`,
      ),
    )
  }
  if (tookMs > SLOW_MS) faults.push(`took ${Math.round(tookMs)} ms`)
  return faults
}
