/**
 * Writes `dist/sri.json`: for each file that a page loads by a tag, the value of its `integrity`. With
 * `--check` it compares instead, and exits with 1 where a file is other than it says, missing or new.
 * @module
 */
import { createHash } from 'node:crypto'
import { globSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const FILE = 'sri.json'
/** The script, its languages, the themes. */
const LOADED = ['crypto-checkout.js', 'crypto-checkout.??.*', 'themes/*.css']

const found = LOADED.map(find)
const names = found.flat()
const values = Object.fromEntries(names.map((name) => [name, integrityOf(name)]))
const missing = LOADED.filter((_, index) => found[index].length === 0)
for (const pattern of missing) console.error(`dist/${pattern} is not built`)
if (missing.length > 0) process.exit(1)
if (process.argv.includes('--check')) compare()
else writeFileSync(DIST + FILE, `${JSON.stringify(values, null, 2)}\n`)

function find(pattern) {
  return globSync(pattern, { cwd: DIST }).toSorted((a, b) => (a < b ? -1 : 1))
}

function compare() {
  const said = JSON.parse(readFileSync(DIST + FILE, 'utf8'))
  const wrong = Object.keys({ ...said, ...values }).filter((name) => said[name] !== values[name])
  for (const name of wrong) console.error(`dist/${FILE}: ${name} is ${values[name] ?? 'gone'}`)
  if (wrong.length > 0) process.exit(1)
  console.log(`dist/${FILE}: ${names.length} files, each as it says`)
}

function integrityOf(name) {
  const bytes = readFileSync(DIST + name)
  return `sha384-${createHash('sha384').update(bytes).digest('base64')}`
}
