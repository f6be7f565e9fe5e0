/**
 * What the documents say of measurements is what was recorded, and what is computed from it.
 * @module
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { ROOT } from './blocks.ts'

/** `bench/` builds on `test/`, so it is not imported by its types. */
const load = (file: string): Promise<unknown> => import(`${ROOT}bench/${file}`)

const { computeNeed } = (await load('capacity.ts')) as {
  computeNeed: (recorded: object, checkouts: number) => Readonly<Record<string, unknown>>
}
const { makePages } = (await load('pages.ts')) as {
  makePages: (recorded: object) => Promise<ReadonlyMap<string, string>>
}

/** Round figures, so that what comes out can be told by heart. */
const FIGURES = {
  widgets: 100,
  'sqlite.one.polls': 40,
  'sqlite.many.polls': 40,
  'sqlite.calls': 0.3,
  'sqlite.many.cpu': 5,
  'sqlite.start': 90,
  'sqlite.memory': 100,
  'create.cpu': 2000,
  'notification.cpu': 4000,
  'postgres.many.polls': 20,
  'postgres.calls': 0.25,
  'postgres.many.cpu': 10,
  'postgres.many.database': 2,
  'postgres.start': 100,
  'postgres.memory': 120,
  'postgres.create.1': 3000,
  'database.create.1': 1000,
  'order.rows': 12,
  'order.kB.SQLite': 13,
  'order.kB.PostgreSQL': 9,
}

function recordedOf(figures: Readonly<Record<string, number>>): object {
  const all = Object.entries(figures).map(([key, value]) => ({ what: key, value, unit: '', key }))
  return { widgets: { cores: 4, groups: [{ title: 'all', figures: all }] } }
}

function close(found: unknown, expected: number, what: string): void {
  assert.ok(Math.abs(Number(found) - expected) < 1e-6 * expected, `${what}: ${String(found)}`)
}

describe('what a number of checkouts needs', () => {
  it('is one proxy with SQLite where that is enough', () => {
    const need = computeNeed(recordedOf(FIGURES), 300)
    assert.equal(need['setup'], 'SQLite')
    assert.equal(need['proxies'], 1)
    assert.equal(need['databaseCores'], 0)
    assert.equal(need['isBeyond'], false)
    const expected = {
      pollsPerSecond: 120,
      callsPerSecond: 90,
      ordersPerSecond: 1,
      proxyCores: 0.15 + 0.006,
      memory: 90e6 + 300 * 100e3,
      rowsPerSecond: 12,
      storagePerDay: 86_400 * 13_000,
    }
    for (const [name, value] of Object.entries(expected)) close(need[name], value, name)
  })

  it('is PostgreSQL where one proxy is not, at the full pace though it was measured at half of it', () => {
    const need = computeNeed(recordedOf(FIGURES), 30_000)
    assert.equal(need['setup'], 'PostgreSQL')
    assert.equal(need['isBeyond'], true)
    const cores = 60 + 100 * 0.007
    const proxies = Math.ceil(cores / 0.6)
    assert.equal(need['proxies'], proxies)
    const expected = {
      pollsPerSecond: 12_000,
      callsPerSecond: 15_000,
      proxyCores: cores,
      databaseCores: 12 + 0.1,
      memory: proxies * 100e6 + 30_000 * 200e3,
      storagePerDay: 100 * 86_400 * 9000,
    }
    for (const [name, value] of Object.entries(expected)) close(need[name], value, name)
  })

  it('is never computed from what was not measured', () => {
    const { 'order.rows': _, ...rest } = FIGURES
    assert.throws(() => computeNeed(recordedOf(rest), 10), /order\.rows was not measured/)
  })
})

describe('the documents', () => {
  it('say what was recorded', async () => {
    const recorded = JSON.parse(readFileSync(`${ROOT}bench/recorded.json`, 'utf8')) as object
    for (const [file, text] of await makePages(recorded)) {
      assert.equal(readFileSync(ROOT + file, 'utf8'), text, file)
    }
  })
})
