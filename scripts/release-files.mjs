/**
 * What a release consists of, in a folder: the tarball, the script with its languages and hashes, the software
 * bill, the licenses, and the notes. `node scripts/release-files.mjs <folder> [--expect sha512-…]`, after
 * `npm run build` and `npm run sbom`. Prints the tarball's hash; where another one was expected, it fails.
 * @module
 */
import { appendFileSync, copyFileSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { readChangelog, textOf } from './changelog.mjs'
import { pack } from './package-contents.mjs'
import { builtTag, writeTag } from './script-tag.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FILES = [
  'dist/crypto-checkout.js',
  'dist/crypto-checkout.??.txt',
  'dist/sri.json',
  'dist/sbom.cdx.json',
  'dist/THIRD-PARTY-LICENSES.txt',
]

const { values, positionals } = parseArgs({
  options: { expect: { type: 'string' } },
  allowPositionals: true,
})
const [folder] = positionals
if (!folder) throw new Error('which folder?')

const { filename, integrity } = pack(ROOT, folder)
for (const pattern of FILES) {
  const found = globSync(pattern, { cwd: ROOT })
  if (found.length === 0) throw new Error(`${pattern} is not built`)
  for (const path of found) copyFileSync(join(ROOT, path), join(folder, basename(path)))
}
writeFileSync(join(folder, 'notes.md'), notes())
console.log(`${filename} ${integrity}`)
// Read by the jobs that follow: .github/workflows/release.yml.
if (process.env.GITHUB_OUTPUT) {
  appendFileSync(process.env.GITHUB_OUTPUT, `tarball=${filename}\nintegrity=${integrity}\n`)
}
if (values.expect !== undefined && values.expect !== integrity) {
  console.error(`expected was ${values.expect}`)
  process.exitCode = 1
}

function notes() {
  const { sections } = readChangelog(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'))
  const newest = sections.find(({ version }) => version !== null)
  const changes = newest ? textOf(newest) : ''
  return `${changes}
## By a script tag

\`\`\`html
${writeTag(builtTag())}
\`\`\`

## The tarball

\`${filename}\`: \`${integrity}\`
`
}
