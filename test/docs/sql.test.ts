/**
 * Statements of SQL in the documents: run on a store as the proxy makes it. Those of `merchant.md` are of the
 * merchant's own tables, and are run in `test/merchant/page.test.ts`.
 * @module
 */
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, it } from 'node:test'
import { openStore } from '../../proxy/stores/index.ts'
import { blocksIn } from './blocks.ts'

const folder = mkdtempSync(join(tmpdir(), 'cc-docs-sql-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const NOW = Date.now()
const OLD = NOW - 31 * 86_400_000
const PERSON = '{"email":"a@shop.example"}'

for (const block of blocksIn('sql').filter(({ file }) => file !== 'docs/merchant.md')) {
  it(`${block.place} takes away what is old, and nothing else`, async () => {
    const file = join(folder, `${block.line}.db`)
    const store = await openStore(`file:${file}`)
    await store.migrate()
    await store.close()
    const database = new DatabaseSync(file, { enableForeignKeyConstraints: false })

    /** A row with these values, and something in each of the others. */
    function insert(table: string, values: Readonly<Record<string, string | number>>): void {
      const columns = database.prepare(`select name from pragma_table_info(?)`).all(table)
      const row = columns.map(
        ({ name }, index) => values[String(name)] ?? `${table}-${index}-${Math.random()}`,
      )
      database.prepare(`insert into ${table} values (${row.map(() => '?').join()})`).run(...row)
    }
    const left = (table: string, column: string): readonly unknown[] =>
      database
        .prepare(`select ${column} as at from ${table} order by at`)
        .all()
        .map(({ at }) => at)

    for (const at of [OLD, NOW]) {
      insert('events', { at })
      insert('deliveries', { created_at: at, status: 'delivered' })
      insert('checkouts', { created_at: at, customer: PERSON })
    }
    insert('deliveries', { created_at: OLD, status: 'failed' })
    database.exec(block.code)
    assert.deepEqual(left('events', 'at'), [NOW])
    assert.deepEqual(left('deliveries', 'created_at'), [OLD, NOW])
    assert.deepEqual(left('checkouts', 'created_at'), [OLD, NOW])
    assert.deepEqual(left('checkouts', 'customer'), [PERSON, '{}'])
    database.close()
  })
}
