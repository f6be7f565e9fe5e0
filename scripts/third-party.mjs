/**
 * Writes `dist/THIRD-PARTY-LICENSES.txt`: the license of every package that is shipped, with its text. Bundles
 * hold them without it: what they keep of comments is not the licenses. By the lock file, the same each time.
 * @module
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nameOf, readProject, shippedPaths } from './lock-file.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILE = 'dist/THIRD-PARTY-LICENSES.txt'
const LICENSE = /^(licen[cs]e|copying)([.-].*)?$/i
const NOTICE = /^notice(\..*)?$/i
/** In a README, up to the next heading. */
const SECTION = /^#+ licen[cs]e\s*$\n([\s\S]*?)(?=^#+ |$(?![\s\S]))/im
/** Of one repository, and the same authors: they say the text once. */
const TEXT_OF = { '@lit-labs/ssr-dom-shim': 'lit' }
const RULE = '-'.repeat(80)

const { manifest, lock } = readProject(ROOT)
const parts = shippedPaths({ manifest, lock }).map(describe)
const head = `${manifest.name} holds, or installs, these packages. Each is under its own license.`
mkdirSync(join(ROOT, 'dist'), { recursive: true })
writeFileSync(join(ROOT, FILE), `${[head, ...parts].join(`\n\n${RULE}\n`)}\n`)

function describe(path) {
  const name = nameOf(path)
  const { version, license } = lock.packages[path]
  const text = textOf(TEXT_OF[name] ? `node_modules/${TEXT_OF[name]}` : path)
  if (!/copyright/i.test(text) && license !== 'Apache-2.0') {
    throw new Error(`${name}: no license with a copyright in ${path}`)
  }
  return `${name} ${version} (${license})\n\n${text}`
}

/** Its files in the order of their names, else what its README says. */
function textOf(path) {
  const names = readdirSync(join(ROOT, path)).toSorted((a, b) => (a < b ? -1 : 1))
  const read = (name) =>
    readFileSync(join(ROOT, path, name), 'utf8')
      .replaceAll('\r\n', '\n')
      .trim()
  const files = names.filter((name) => LICENSE.test(name))
  const notices = names.filter((name) => NOTICE.test(name))
  if (files.length > 0) return [...files, ...notices].map(read).join('\n\n')
  const readme = names.find((name) => /^readme(\.md)?$/i.test(name))
  return (readme && SECTION.exec(read(readme))?.[1]?.trim()) ?? ''
}
