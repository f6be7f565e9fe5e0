/**
 * What says which version this is agrees: package.json, the lock file, CHANGELOG.md, and the tag in README.md.
 * `node scripts/check-release.mjs [folder]`; with `--tag v1.2.3` it is a release that is about to be published:
 * nothing is unreleased, the tag is the version's, and README.md has the hash of what was built.
 * @module
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { fileURLToPath } from 'node:url'
import { readChangelog } from './changelog.mjs'
import { readProject } from './lock-file.mjs'
import { NOT_YET, builtTag, readTags } from './script-tag.mjs'

const { values, positionals } = parseArgs({
  options: { tag: { type: 'string' } },
  allowPositionals: true,
})
const ROOT = positionals[0] ?? fileURLToPath(new URL('..', import.meta.url))
const INTEGRITY = /^sha384-[A-Za-z0-9+/]{64}$/

const read = (file) => readFileSync(join(ROOT, file), 'utf8')
const { manifest, lock } = readProject(ROOT)
const { version } = manifest
const { sections, problems: inChangelog } = readChangelog(read('CHANGELOG.md'))
const [unreleased, newest] = sections
const problems = inChangelog.map((problem) => `CHANGELOG.md: ${problem}`)

for (const said of [lock.version, lock.packages[''].version]) {
  if (said !== version) problems.push(`package-lock.json: ${said}, and package.json ${version}`)
}
if (newest && newest.version !== version) {
  problems.push(`CHANGELOG.md: newest is ${newest.version}, and package.json ${version}`)
}
checkTag()
if (values.tag !== undefined) checkPublished(values.tag)

for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
console.log(`${version}: package, lock file, changes and README agree`)

/** A hash is there from the first release on; that of this build, where nothing has changed since. */
function checkTag() {
  const tags = readTags(read('README.md'))
  if (tags.length !== 1) problems.push(`README.md: ${tags.length} tags with a version`)
  for (const tag of tags) {
    if (tag.version !== version) problems.push(`README.md: the tag has ${tag.version}`)
    const isReleased = newest !== undefined
    const isRight = isReleased ? INTEGRITY.test(tag.integrity) : tag.integrity === NOT_YET
    if (!isRight) problems.push(`README.md: the tag's integrity is ${tag.integrity}`)
    const isThisBuild = isReleased && unreleased.kinds.size === 0
    if (isThisBuild && existsSync(join(ROOT, 'dist/sri.json'))) {
      const { integrity } = builtTag(ROOT)
      if (tag.integrity !== integrity) problems.push(`README.md: built was ${integrity}`)
    }
  }
}

function checkPublished(tag) {
  if (tag !== `v${version}`) problems.push(`the tag is ${tag}, and the version ${version}`)
  if (unreleased?.kinds.size !== 0) problems.push('CHANGELOG.md: something is unreleased')
  if (!newest) problems.push('CHANGELOG.md: no release yet')
  if (!existsSync(join(ROOT, 'dist/sri.json'))) problems.push('dist/ is not built')
  if (!manifest.repository?.url) {
    problems.push('package.json: without "repository", npm takes no provenance')
  }
}
