/**
 * The temporary folders of a test, with its databases and logs: they are not thrown away, but moved to where
 * the scan finds them.
 * @module
 */
import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { join } from 'node:path'
import process from 'node:process'
import { nameOfRun } from './recorder.ts'

const KEPT = 'folders'
/** What the canaries' own tests plant. */
const PLANTED = /checkout-(record|scan)-/

/** From now on. What is never thrown away is kept when the process ends. */
export function keepFolders(): void {
  const place = join(process.env['CANARY_DIR'] ?? '', KEPT)
  const made = new Set<string>()
  const { mkdtempSync, rmSync, renameSync, existsSync, mkdirSync, cpSync } = fs
  mkdirSync(place, { recursive: true })

  /** True where it is gone from its place. */
  const keep = (folder: string): boolean => {
    if (!made.delete(folder) || !existsSync(folder)) return false
    // PostgreSQL's is read as tables, by its own tap.
    if (existsSync(join(folder, 'PG_VERSION'))) return false
    const kept = join(place, `${nameOfRun()} ${randomUUID()}`)
    try {
      renameSync(folder, kept)
      return true
    } catch {
      cpSync(folder, kept, { recursive: true })
      return false
    }
  }

  fs.mkdtempSync = ((...args: Parameters<typeof mkdtempSync>) => {
    const folder = mkdtempSync(...args)
    if (!PLANTED.test(folder)) made.add(folder)
    return folder
  }) as typeof mkdtempSync
  fs.rmSync = (path, options) => {
    if (!keep(String(path))) rmSync(path, options)
  }
  syncBuiltinESMExports()
  process.on('exit', () => {
    for (const folder of made) keep(folder)
  })
}
