/**
 * A version is made of what has changed, and everything that names it agrees; each defect that is planted into a
 * copy of our files is found.
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

interface Tag {
  readonly version: string
  readonly integrity: string
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const script = (name: string): string => join(ROOT, 'scripts', name)
const { nextVersion } = (await import(script('changelog.mjs'))) as {
  nextVersion: (version: string, kinds: ReadonlySet<string>) => string
}
const { readTags, writeTag } = (await import(script('script-tag.mjs'))) as {
  readTags: (text: string) => readonly Tag[]
  writeTag: (tag: Tag) => string
}

const HASH = `sha384-${'A'.repeat(64)}`
const OTHER = `sha384-${'B'.repeat(64)}`
const TODAY = new Date().toISOString().slice(0, 10)
const CHANGELOG = `# Changelog

## Unreleased

## 0.2.0 – 2026-11-20

### Breaking

- An attribute has another name.

## 0.1.0 – 2026-10-01

### Added

- The widget.
`

interface Files {
  readonly 'package.json': string
  readonly 'package-lock.json': string
  readonly 'CHANGELOG.md': string
  readonly 'README.md': string
  readonly 'dist/sri.json': string
}

const released = (): Files => ({
  'package.json': JSON.stringify({
    name: 'crypto-checkout',
    version: '0.2.0',
    repository: { url: 'git+https://code.example/crypto-checkout.git' },
  }),
  'package-lock.json': JSON.stringify({ version: '0.2.0', packages: { '': { version: '0.2.0' } } }),
  'CHANGELOG.md': CHANGELOG,
  'README.md': `# x\n\n${writeTag({ version: '0.2.0', integrity: HASH })}\n`,
  'dist/sri.json': JSON.stringify({ 'crypto-checkout.js': HASH }),
})

/** In which file which words become others, and what has to be said then. */
const DEFECTS: Readonly<
  Record<string, readonly [file: keyof Files, from: string | RegExp, to: string, said: RegExp]>
> = {
  'a lock file of another version': ['package-lock.json', '0.2.0', '0.1.9', /package-lock.json: 0/],
  'a package of another version': ['package.json', '0.2.0', '0.3.0', /newest is 0\.2\.0/],
  'a heading that is no version': ['CHANGELOG.md', '0.2.0 – 2026-11-20', 'Soon', /"Soon" is no/],
  'a kind that nobody knows': ['CHANGELOG.md', '### Added', '### News', /"News" is no kind/],
  'a change of no kind': ['CHANGELOG.md', '### Added\n', '', /of no kind: - The widget/],
  'a release in which nothing changed': [
    'CHANGELOG.md',
    /### Breaking\n\n.*\n/,
    '',
    /nothing changed/,
  ],
  'a version that is too small for what broke': [
    'CHANGELOG.md',
    '## 0.2.0',
    '## 0.1.1',
    /0\.1\.1 should be 0\.2\.0/,
  ],
  'a release before the one before it': ['CHANGELOG.md', '2026-11-20', '2026-09-20', /is older/],
  'nothing for what comes next': ['CHANGELOG.md', '## Unreleased\n', '', /is not "Unreleased"/],
  'a tag of another version': ['README.md', '@0.2.0', '@0.1.0', /the tag has 0\.1\.0/],
  'a tag without its hash': ['README.md', HASH, 'sha384-…', /integrity is sha384-…/],
  'a tag with the hash of another build': ['README.md', HASH, OTHER, /built was sha384-A/],
  'no tag at all': ['README.md', /<script[\s\S]*script>/, '', /0 tags/],
}

describe('check:release', () => {
  it('has nothing to say of what agrees, on the day of a release', () => {
    const { status, output } = check(released(), '--tag', 'v0.2.0')
    assert.equal(status, 0, output)
  })

  for (const [title, [file, from, to, said]] of Object.entries(DEFECTS)) {
    it(`finds ${title}`, () => {
      const files = released()
      const changed = { ...files, [file]: files[file].replace(from, () => to) }
      assert.notEqual(changed[file], files[file])
      const { status, output } = check(changed)
      assert.match(output, said)
      assert.equal(status, 1)
    })
  }

  it('lets the hash be an older one while something is unreleased, and publishes nothing then', () => {
    const files = {
      ...released(),
      'dist/sri.json': JSON.stringify({ 'crypto-checkout.js': OTHER }),
      'CHANGELOG.md': CHANGELOG.replace('Unreleased\n', 'Unreleased\n\n### Fixed\n\n- A colour.\n'),
    }
    assert.equal(check(files).status, 0)
    assert.match(check(files, '--tag', 'v0.2.0').output, /something is unreleased/)
  })

  it('publishes under the name of the version only, and with a place that npm can name', () => {
    assert.match(check(released(), '--tag', 'v0.2.1').output, /the tag is v0\.2\.1/)
    const files = { ...released(), 'package.json': '{"name":"x","version":"0.2.0"}' }
    assert.match(check(files, '--tag', 'v0.2.0').output, /without "repository"/)
  })

  it('wants no hash before there is a release', () => {
    const [, first = ''] = CHANGELOG.split('## Unreleased')
    const files = {
      ...released(),
      'CHANGELOG.md': `# Changelog\n\n## Unreleased\n\n${first.slice(first.indexOf('### Added'))}`,
      'README.md': writeTag({ version: '0.2.0', integrity: 'sha384-…' }),
    }
    assert.equal(check(files).status, 0, check(files).output)
    assert.equal(check({ ...files, 'README.md': released()['README.md'] }).status, 1)
  })
})

describe('a version', () => {
  const of = (version: string, ...kinds: readonly string[]): string =>
    nextVersion(version, new Set(kinds))

  it('follows from what has changed', () => {
    assert.equal(of('1.2.3', 'Fixed', 'Security'), '1.2.4')
    assert.equal(of('1.2.3', 'Fixed', 'Added'), '1.3.0')
    assert.equal(of('1.2.3', 'Changed'), '1.3.0')
    assert.equal(of('1.2.3', 'Breaking', 'Fixed'), '2.0.0')
    assert.equal(of('0.9.9', 'Breaking'), '0.10.0')
  })

  it('is written wherever it is named, and then something is still to be built', () => {
    const files = {
      ...released(),
      'CHANGELOG.md': CHANGELOG.replace('Unreleased\n', 'Unreleased\n\n### Fixed\n\n- A colour.\n'),
    }
    const folder = write(files)
    const made = spawnSync(process.execPath, [script('release.mjs'), '--version-only', folder], {
      encoding: 'utf8',
    })
    assert.equal(made.status, 0, made.stderr)
    const read = (file: keyof Files): string => readFileSync(join(folder, file), 'utf8')
    assert.match(
      read('CHANGELOG.md'),
      new RegExp(`## Unreleased\n\n## 0\\.2\\.1 – ${TODAY}\n\n### Fixed\n\n- A colour\\.\n`),
    )
    assert.equal((JSON.parse(read('package.json')) as Tag).version, '0.2.1')
    assert.match(read('package-lock.json'), /"version": "0\.2\.1"[\s\S]*"version": "0\.2\.1"/)
    assert.deepEqual(readTags(read('README.md')), [{ version: '0.2.1', integrity: 'sha384-…' }])
    const { output } = run(folder)
    assert.match(output, /integrity is sha384-…/)
    assert.doesNotMatch(output, /package-lock|newest|the tag has/)
  })

  it('is not made of nothing', () => {
    const folder = write(released())
    const made = spawnSync(process.execPath, [script('release.mjs'), '--version-only', folder], {
      encoding: 'utf8',
    })
    assert.match(made.stderr, /nothing is unreleased/)
    assert.equal(made.status, 1)
    assert.equal(readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'), CHANGELOG)
  })
})

const folders: string[] = []
after(() => folders.forEach((each) => rmSync(each, { recursive: true, force: true })))

function write(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-release-'))
  folders.push(folder)
  for (const [path, text] of Object.entries<string>({ ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

function run(
  folder: string,
  ...more: readonly string[]
): { status: number | null; output: string } {
  const args = [script('check-release.mjs'), folder, ...more]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

function check(files: Files, ...more: readonly string[]): ReturnType<typeof run> {
  return run(write(files), ...more)
}
