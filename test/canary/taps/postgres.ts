/**
 * `test/support/postgres.ts`: every table of every database is written down before the server ends.
 * @module
 */
import { Client } from 'pg'
import * as real from '../../support/postgres.ts'
import { declare, record } from '../recorder.ts'

// oxlint-disable-next-line import/export -- ours stands before theirs
export * from '../../support/postgres.ts'

export const startPostgres: typeof real.startPostgres = async () => {
  const postgres = await real.startPostgres()
  const { password: value } = new URL(postgres.url)
  declare({ value, name: 'DATABASE_URL', owner: 'proxy', audience: 'nobody' })
  return {
    ...postgres,
    async stop() {
      const databases = await ask(
        postgres.url,
        'select datname as text from pg_database where not datistemplate',
      )
      for (const name of databases) {
        const url = new URL(postgres.url)
        url.pathname = `/${name}`
        await writeDown(url.href)
      }
      await postgres.stop()
    },
  }
}

const TABLES = `select format('%I.%I', schemaname, tablename) as text from pg_tables
  where schemaname not in ('pg_catalog', 'information_schema')`

async function writeDown(url: string): Promise<void> {
  for (const table of await ask(url, TABLES)) {
    const rows = await ask(url, `select row::text as text from ${table} as row`)
    if (rows.length > 0) record('database', `${table}\n${rows.join('\n')}`)
  }
}

async function ask(url: string, query: string): Promise<readonly string[]> {
  const client = new Client({ connectionString: url })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ text: string }>(query)
    return rows.map(({ text }) => text)
  } catch {
    // A test may have cut it off, or thrown it away, itself.
    return []
  } finally {
    await client.end().catch(() => undefined)
  }
}
