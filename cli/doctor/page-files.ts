/**
 * The text of built pages: every file of a folder; or a page by its address, with the scripts and styles
 * that it names, and what those import.
 * @module
 */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Visits } from './visits.ts'

export interface PageFile {
  /** Path or address. */
  readonly name: string
  readonly text: string
}

const MAX_FILES = 5000
const MAX_VISITS = 100
const MAX_BYTES = 20 * 1024 * 1024
const SKIPPED = /(^|[\\/])(node_modules|\.git)([\\/]|$)/
/** What a page or a module names. */
const NAMED = /(?:\b(?:src|href)\s*=\s*|\bfrom\s*|\bimport\s*\(?\s*)["']([^"'\s]+)["']/g
const READ = /\.(m?js|css|json|map|txt)(\?|$)/

/** None where there is no such folder or file. */
export function readFolder(place: string): readonly PageFile[] {
  const stats = statSync(place, { throwIfNoEntry: false })
  if (!stats) return []
  if (stats.isFile()) return [{ name: place, text: readFileSync(place, 'latin1') }]
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => !SKIPPED.test(name))
    .slice(0, MAX_FILES)
    .flatMap((name) => {
      const path = join(place, name)
      const file = statSync(path, { throwIfNoEntry: false })
      if (!file?.isFile() || file.size > MAX_BYTES) return []
      // Secrets are ASCII: as bytes, nothing is lost of any file.
      return { name: path, text: readFileSync(path, 'latin1') }
    })
}

/** None where nothing answers. */
export async function readSite(page: string, { visit }: Visits): Promise<readonly PageFile[]> {
  const files: PageFile[] = []
  const waiting = new Set([new URL(page).href])
  for (const url of waiting) {
    if (files.length >= MAX_VISITS) break
    const { status, text } = await visit(url)
    if (status !== 200) continue
    files.push({ name: url, text })
    for (const [, name = ''] of text.matchAll(NAMED)) {
      const next = URL.canParse(name, url) ? new URL(name, url) : undefined
      if (next && /^https?:$/.test(next.protocol) && READ.test(next.pathname))
        waiting.add(next.href)
    }
  }
  return files
}
