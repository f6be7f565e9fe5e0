/**
 * `npm run release`: makes a version of what is unreleased. Its number follows from the kinds of changes in
 * CHANGELOG.md; package.json, the lock file, CHANGELOG.md and README.md are written, it is built, and what is
 * left to do is said. Nothing is committed, and nothing published: a tag does that, docs/releasing.md.
 *
 * `--version-only <folder>` writes the version there, and stops.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { nextVersion, readChangelog, release } from './changelog.mjs'
import { NOT_YET, builtTag, replaceTag } from './script-tag.mjs'

const { values } = parseArgs({ options: { 'version-only': { type: 'string' } } })
const ROOT = values['version-only'] ?? fileURLToPath(new URL('..', import.meta.url))
const [TODAY] = new Date().toISOString().split('T')

if (values['version-only'] === undefined) checkClean()
const version = writeVersion()
if (values['version-only'] === undefined) {
  for (const script of ['build', 'sbom', 'check:release', 'check:package']) {
    if (script === 'check:release') edit('README.md', (text) => replaceTag(text, builtTag()))
    run('npm', ['run', script])
  }
  console.log(`
${version} is made. Read \`git diff\`, then
  git commit --all --message 'chore: release ${version}'
  git tag v${version}
and push both: the tag publishes.`)
}

/** What is unreleased gets a number and a day. The first release is what package.json says already. */
function writeVersion() {
  const { sections, problems } = readChangelog(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'))
  if (problems.length > 0) fail(`CHANGELOG.md: ${problems.join('; ')}`)
  const [{ kinds }, newest] = sections
  if (kinds.size === 0) fail('CHANGELOG.md: nothing is unreleased')
  const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
  const next = newest ? nextVersion(newest.version, kinds) : manifest.version
  edit('CHANGELOG.md', (text) => release(text, next, TODAY))
  editJson('package.json', (content) => (content.version = next))
  editJson('package-lock.json', (content) => {
    content.version = next
    content.packages[''].version = next
  })
  edit('README.md', (text) => replaceTag(text, { version: next, integrity: NOT_YET }))
  return next
}

function editJson(file, change) {
  edit(file, (text) => {
    const content = JSON.parse(text)
    change(content)
    return `${JSON.stringify(content, null, 2)}\n`
  })
}

function edit(file, change) {
  const path = join(ROOT, file)
  writeFileSync(path, change(readFileSync(path, 'utf8')))
}

/** What is released is what was committed. */
function checkClean() {
  const { stdout } = spawnSync('git', ['status', '--porcelain'], { cwd: ROOT, encoding: 'utf8' })
  if (stdout !== '') fail(`not committed:\n${stdout}`)
}

function run(command, args) {
  const shell = process.platform === 'win32'
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', shell })
  if (status !== 0)
    fail(`${command} ${args.join(' ')} did not work out: \`git restore .\` undoes all`)
}

function fail(reason) {
  console.error(reason)
  process.exit(1)
}
