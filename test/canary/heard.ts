/**
 * Reads back what a run left in its folder: the lines of each process, the folders that tests threw away,
 * and what was built for browsers and servers.
 * @module
 */
import { globSync, readFileSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { dumpTables } from './dump.ts'
import type { Line, Secret, Text } from './recorder.ts'

/** A text, or what stands in the bundle. */
export interface Heard extends Omit<Text, 'kind'> {
  readonly kind: Text['kind'] | 'bundle'
}

/** Not what the demo is there to keep: its own secrets, made once, readable by nobody else. */
const KEEPS_SECRETS = /^demo-secrets\.json$/
const SQLITE = 'SQLite format 3\0'
/** Sandbox, demo and tests hold the fixtures by design, and are not scanned. */
const BUILT = ['crypto-checkout.js', '{widget,protocol,proxy,merchant,cli,server}/**/*.{js,ts}']

export function* readSecrets(folder: string): Generator<Secret> {
  for (const line of readLines(folder)) if ('secret' in line) yield line.secret
}

export function* readHeard(folder: string, dist: string | undefined): Generator<Heard> {
  for (const line of readLines(folder)) if ('heard' in line) yield line.heard
  yield* readFolders(join(folder, 'folders'))
  if (dist === undefined) return
  for (const path of globSync(BUILT, { cwd: dist })) {
    yield { kind: 'bundle', from: path, text: readFileSync(join(dist, path), 'latin1') }
  }
}

function* readLines(folder: string): Generator<Line> {
  for (const file of globSync('*.jsonl', { cwd: folder })) {
    for (const line of readFileSync(join(folder, file), 'utf8').split('\n')) {
      // A process may have been killed in the middle of its last one.
      if (line.endsWith('}}')) yield JSON.parse(line) as Line
    }
  }
}

/** Files as they are on the disk, and what of them is a database also by its rows. */
function* readFolders(folder: string): Generator<Heard> {
  for (const path of globSync('**/*', { cwd: folder })) {
    const file = join(folder, path)
    if (KEEPS_SECRETS.test(basename(path)) || !statSync(file).isFile()) continue
    // The folder has the name of its test.
    const from = path.replace(/ [\da-f-]{36}(?=\/)/, '')
    const text = readFileSync(file, 'latin1')
    const isDatabase = /\.db(-wal|-shm)?$/.test(from)
    yield { kind: isDatabase ? 'database' : 'output', from, text }
    if (text.startsWith(SQLITE)) {
      for (const table of readTables(file)) yield { kind: 'database', from, text: table }
    }
  }
}

function readTables(file: string): readonly string[] {
  try {
    const database = new DatabaseSync(file, { readOnly: true })
    try {
      return dumpTables(database)
    } finally {
      database.close()
    }
  } catch {
    // One that a test broke on purpose was read as bytes.
    return []
  }
}
