/**
 * Writes what tools know of the element to `dist/`, or to a folder that is named: its manifest, and the
 * files for editors. Made anew by each build, of the sources alone.
 * @module
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describeForEditors } from './editor-data.mjs'
import { createManifest } from './manifest.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const folder = process.argv[2] ?? join(ROOT, 'dist')

const manifest = createManifest()
const project = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const files = { 'custom-elements.json': manifest, ...describeForEditors(manifest, project) }
mkdirSync(folder, { recursive: true })
for (const [name, content] of Object.entries(files)) {
  writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`)
}
