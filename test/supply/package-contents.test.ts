/**
 * What is compared of two builds, and what no package of ours may hold.
 * @module
 */
import assert from 'node:assert/strict'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

type Contents = ReadonlyMap<string, string>

interface Packed {
  readonly path: string
  readonly integrity: string
  readonly paths: readonly string[]
  readonly size: number
  readonly unpackedSize: number
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const { differences, findUnwanted, hashOfAll, pack, readContents } = (await import(
  join(ROOT, 'scripts/package-contents.mjs')
)) as {
  pack: (root: string, folder: string) => Packed
  readContents: (tarball: string) => Contents
  hashOfAll: (contents: Contents) => string
  differences: (one: Contents, other: Contents) => readonly string[]
  findUnwanted: (
    packed: Omit<Packed, 'path' | 'integrity'>,
    from: { read: (path: string) => string; root: string },
  ) => readonly string[]
}

const folder = mkdtempSync(join(tmpdir(), 'checkout-contents-'))
after(() => rmSync(folder, { recursive: true, force: true }))

function make(name: string, files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(folder, name))
  writeFileSync(join(root, 'package.json'), '{"name":"thing","version":"1.0.0"}')
  for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), text)
  return root
}

describe('two packages', () => {
  const packed = (root: string): { integrity: string; contents: Contents } => {
    const { path, integrity } = pack(root, mkdtempSync(join(folder, 'packed-')))
    return { integrity, contents: readContents(path) }
  }

  it('are one where every byte is the same, whenever and wherever they were made', () => {
    const files = { '.env.example': 'PORT=\n', 'a.js': 'one()\n', 'b.js': 'two()\n' }
    const [one, other] = [packed(make('one', files)), packed(make('another', files))]
    assert.deepEqual([...one.contents.keys()], ['.env.example', 'a.js', 'b.js', 'package.json'])
    assert.deepEqual(differences(one.contents, other.contents), [])
    assert.equal(one.integrity, other.integrity)
    assert.equal(hashOfAll(one.contents), hashOfAll(other.contents))
  })

  it('are two by a byte, a mode, a file more, a file less', () => {
    const root = make('root', { 'a.js': 'one()\n', 'b.js': 'two()\n' })
    const one = packed(root)
    const changed = make('changed', { 'a.js': 'one()', 'b.js': 'two()\n', 'c.js': '' })
    chmodSync(join(changed, 'b.js'), 0o755)
    const other = packed(changed)
    assert.deepEqual(differences(one.contents, other.contents), [
      'a.js: two builds, two hashes',
      'b.js: two builds, two hashes',
      'c.js: only in the second build',
    ])
    assert.deepEqual(differences(other.contents, one.contents).slice(2), [
      'c.js: only in the first build',
    ])
    assert.notEqual(hashOfAll(one.contents), hashOfAll(other.contents))
    assert.notEqual(one.integrity, other.integrity)
  })
})

describe('a package', () => {
  const root = '/srv/sources/'
  const find = (
    files: Readonly<Record<string, string>>,
    sizes = { size: 1000, unpackedSize: 4000 },
  ): readonly string[] =>
    findUnwanted(
      { paths: Object.keys(files), ...sizes },
      { read: (path) => files[path] ?? '', root },
    )

  it('may hold what is built, and an example of a configuration', () => {
    assert.deepEqual(find({ 'dist/proxy/config.js': 'x', '.env.example': 'PROXY_SECRET=\n' }), [])
  })

  const key = `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}\n-----END PRIVATE KEY-----`
  const unwanted: Readonly<Record<string, readonly [path: string, text: string, said: RegExp]>> = {
    'a source map': ['dist/a.js.map', '{}', /is a source map/],
    'the name of one': ['dist/a.js', 'a()\n//# sourceMappingURL=a.js.map', /names a source map/],
    'a test': ['dist/test/proxy/app.js', '', /is of the tests/],
    'a test beside its source': ['dist/proxy/app.test.js', '', /is of the tests/],
    'a configuration': ['.env', '', /is of one machine/],
    'a store': ['dist/checkout.db', '', /is of one machine/],
    'a private key': ['dist/a.js', key, /holds a secret/],
    'a secret of notifications': ['dist/a.js', `whsec_${'A'.repeat(32)}`, /holds a secret/],
    'the folder that it was built in': ['dist/a.js', '"/srv/sources/widget"', /names \/srv/],
  }
  for (const [title, [path, text, said]] of Object.entries(unwanted)) {
    it(`may not hold ${title}`, () => assert.match(find({ [path]: text }).join('\n'), said))
  }

  it('may not weigh more than was agreed', () => {
    assert.match(find({}, { size: 2_300_001, unpackedSize: 1 }).join(), /size is 2300001/)
    assert.match(find({}, { size: 1, unpackedSize: 9_000_001 }).join(), /unpackedSize is/)
    const many = Object.fromEntries(Array.from({ length: 801 }, (_, index) => [`${index}.js`, '']))
    assert.match(find(many).join(), /files is 801/)
  })
})

const LICENSES = join(ROOT, 'dist/THIRD-PARTY-LICENSES.txt')

describe('the licenses of others', { skip: !existsSync(LICENSES) && 'not built' }, () => {
  const text = existsSync(LICENSES) ? readFileSync(LICENSES, 'utf8') : ''

  it('are those of what is in the bundles, each with its text', () => {
    const parts = text.split(/^-{80}$/m).slice(1)
    const names = parts.map((part) => /^\n(\S+) \S+ \([\w.-]+\)\n/.exec(part)?.[1] ?? '')
    for (const name of ['lit', 'qrcode', '@noble/hashes', 'hono', 'pg-types', 'pgpass', 'zod']) {
      assert.ok(names.includes(name), name)
    }
    for (const part of parts) assert.ok(part.length > 400, part)
  })
})
