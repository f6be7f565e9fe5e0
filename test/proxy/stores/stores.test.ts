import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { openStore } from '../../../proxy/stores/index.ts'
import { startPostgres } from '../../support/postgres.ts'
import { storeSuite } from './store-suite.ts'

const directory = mkdtempSync(join(tmpdir(), 'cc-store-'))
const postgres = await startPostgres()
after(async () => {
  await postgres.stop()
  rmSync(directory, { recursive: true })
})

storeSuite('SQLite', () => openStore(`file:${join(directory, 'checkout.db')}`))
storeSuite('PostgreSQL', () => openStore(postgres.url))
