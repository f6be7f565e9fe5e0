/**
 * `check:supply` finds each defect that is planted into a copy of our manifest and lock file.
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'

interface Entry {
  version?: string
  integrity?: string
  resolved?: string
  link?: boolean
  name?: string
  license?: string
  deprecated?: string
  dev?: boolean
  hasInstallScript?: boolean
  dependencies?: Record<string, string>
}

/** An example's. */
interface ExampleManifest {
  name: string
  private?: boolean
  scripts: Record<string, string>
  dependencies: Record<string, string>
  peerDependencies?: Record<string, string>
}

interface Manifest {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
  peerDependencies: Record<string, string>
  peerDependenciesMeta: Record<string, { optional?: boolean }>
  overrides: Record<string, string>
  allowScripts: Record<string, boolean>
  scripts: Record<string, string>
  files: string[]
  workspaces: string[]
}

/** What the check reads. A defect changes it in place. */
interface Project {
  readonly manifest: Manifest
  readonly lock: { lockfileVersion: number; readonly packages: Record<string, Entry> }
  /** Of `examples/vue`, which stands for all of them. */
  readonly example: ExampleManifest
  /** Files beside them, by path. */
  readonly files: Record<string, string>
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CHECK = join(ROOT, 'scripts/check-supply.mjs')
const EXAMPLE = 'examples/vue/package.json'
const HASH = `sha512-${'A'.repeat(86)}==`

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const entry = ({ lock }: Project, path: string): Entry => {
  const found = lock.packages[`node_modules/${path}`]
  assert.ok(found, path)
  return found
}

/** What is planted, and what must be said of it. */
const DEFECTS: Readonly<Record<string, [(project: Project) => void, RegExp]>> = {
  'a range instead of a version': [
    ({ manifest }) => (manifest.dependencies['lit'] = '^3.3.3'),
    /lit \^3\.3\.3 is not pinned/,
  ],
  'a tag instead of a version': [
    ({ manifest }) => (manifest.devDependencies['vite'] = 'latest'),
    /vite latest is not pinned/,
  ],
  'a dependency from a repository': [
    ({ manifest }) => (manifest.devDependencies['chai'] = 'github:someone/chai'),
    /chai github:someone\/chai is not pinned/,
  ],
  'an override with a range': [
    ({ manifest }) => (manifest.overrides['rollup'] = '4.x'),
    /rollup 4\.x is not pinned/,
  ],
  'a peer in a version that is not tested': [
    ({ manifest }) => (manifest.peerDependencies['hono'] = '>=3'),
    /peer hono >=3 is not tested/,
  ],
  'a peer of a page in a version that nobody tried': [
    ({ manifest }) => (manifest.peerDependencies['react'] = '>=16.0.0'),
    /peer react >=16\.0\.0 is not tested/,
  ],
  'a peer of a page that no test has': [
    ({ manifest }) => delete manifest.devDependencies['svelte'],
    /peer svelte >=4\.0\.0 is not tested/,
  ],
  'a peer that everybody would have to install': [
    ({ manifest }) => delete manifest.peerDependenciesMeta['hono'],
    /peer hono is not optional/,
  ],
  'an install script of our own': [
    ({ manifest }) => (manifest.scripts['postinstall'] = 'node setup.js'),
    /a script "postinstall"/,
  ],
  'tests in the package': [({ manifest }) => manifest.files.push('dist'), /dist as a whole/],
  'a second lock file': [
    ({ files }) => (files['yarn.lock'] = ''),
    /yarn\.lock: a second lock file/,
  ],
  'a lock file in a folder': [
    ({ files }) => (files['demo/package-lock.json'] = '{}'),
    /demo\/package-lock\.json: a second/,
  ],
  'a lock file of an old version': [({ lock }) => (lock.lockfileVersion = 1), /not of version 3/],
  'a lock file that is behind': [
    ({ manifest }) => (manifest.devDependencies['left-pad'] = '1.3.0'),
    /devDependencies are not those of package\.json/,
  ],
  'a registry in .npmrc': [
    ({ files }) => (files['.npmrc'] += 'registry=https://registry.example/\n'),
    /\.npmrc: registry/,
  ],
  'a setting of .npmrc is gone': [({ files }) => (files['.npmrc'] = ''), /without save-exact=true/],
  'no hash': [
    (project) => delete entry(project, 'lit').integrity,
    /node_modules\/lit has no SHA-512/,
  ],
  'a weak hash': [
    (project) => (entry(project, 'jose').integrity = `sha1-${'A'.repeat(27)}=`),
    /node_modules\/jose has no SHA-512/,
  ],
  'two hashes, one weak': [
    (project) => (entry(project, 'jose').integrity += ' sha1-AAAA'),
    /node_modules\/jose has no SHA-512/,
  ],
  'another host': [
    (project) => (entry(project, 'lit').resolved = 'https://evil.example/lit.tgz'),
    /node_modules\/lit names a host/,
  ],
  'a package from git': [
    (project) => (entry(project, 'lit').resolved = 'git+ssh://git@host.example/lit.git#abc'),
    /node_modules\/lit names a host/,
  ],
  'a link': [(project) => (entry(project, 'lit').link = true), /node_modules\/lit is a link/],
  'a package under the name of another': [
    (project) => (entry(project, 'lit').name = 'lit-evil'),
    /node_modules\/lit is lit-evil/,
  ],
  'a dependency of a dependency from elsewhere': [
    (project) => (entry(project, 'lit').dependencies = { x: 'git+https://host.example/x.git' }),
    /node_modules\/lit wants x from elsewhere/,
  ],
  'a folder of the project as a package': [
    ({ lock }) => (lock.packages['packages/x'] = { version: '1.0.0', integrity: HASH, dev: true }),
    /packages\/x is a folder of its own/,
  ],
  'a link of an example that leads elsewhere': [
    (project) => (entry(project, 'example-vue').resolved = '../evil'),
    /node_modules\/example-vue leads elsewhere/,
  ],
  'a package in the place of a link to the project': [
    (project) => (entry(project, 'crypto-checkout').integrity = HASH),
    /node_modules\/crypto-checkout leads elsewhere/,
  ],
  'a link to the project, asked for by a package': [
    (project) => (entry(project, 'lit').dependencies = { 'crypto-checkout': 'file:../..' }),
    /node_modules\/lit wants crypto-checkout from elsewhere/,
  ],
  'a known other name for something else': [
    (project) => (entry(project, 'lit').dependencies = { 'strip-ansi-cjs': 'npm:evil@1.0.0' }),
    /node_modules\/lit wants strip-ansi-cjs from elsewhere/,
  ],
  'other workspaces': [
    ({ manifest }) => manifest.workspaces.push('packages/*'),
    /package\.json: other workspaces/,
  ],
  'an example that is not there': [
    ({ lock }) => (lock.packages['examples/x'] = { version: '0.0.0' }),
    /examples\/x\/package\.json: is not there/,
  ],
  'an example that could be published': [
    ({ example }) => delete example.private,
    /examples\/vue\/package\.json: could be published/,
  ],
  'an example under the name of another package': [
    ({ example }) => (example.name = 'vue'),
    /examples\/vue\/package\.json: is called vue/,
  ],
  'a range in an example': [
    ({ example, lock }) => {
      example.dependencies['vue'] = '^3.5.0'
      lock.packages['examples/vue'] = { dependencies: example.dependencies }
    },
    /examples\/vue\/package\.json: vue \^3\.5\.0 is not pinned/,
  ],
  'an example that is ahead of the lock file': [
    ({ example }) => (example.dependencies['left-pad'] = '1.3.0'),
    /left-pad is not as in package-lock\.json/,
  ],
  'peers of an example': [
    ({ example }) => (example.peerDependencies = { vue: '3.5.45' }),
    /examples\/vue\/package\.json: has peerDependencies/,
  ],
  'an install script of an example': [
    ({ example }) => (example.scripts['postinstall'] = 'node setup.js'),
    /examples\/vue\/package\.json: a script "postinstall"/,
  ],
  'a dependency of an example from elsewhere': [
    ({ example, lock }) => {
      example.dependencies['vue'] = 'git+https://host.example/vue.git'
      lock.packages['examples/vue'] = { dependencies: example.dependencies }
    },
    /examples\/vue wants vue from elsewhere/,
  ],
  'a new install script': [
    (project) => (entry(project, 'chai').hasInstallScript = true),
    /allowScripts: nothing is said about chai/,
  ],
  'an install script that went away': [
    ({ manifest }) => (manifest.allowScripts['left-pad'] = true),
    /left-pad has no install script/,
  ],
  'an install script in what is shipped': [
    (project) => (entry(project, 'jose').hasInstallScript = true),
    /jose: is shipped and has an install script/,
  ],
  'a new dependency of the widget': [
    ({ manifest, lock }) => {
      manifest.dependencies['dayjs'] = '1.11.0'
      lock.packages['node_modules/dayjs'] = { version: '1.11.0', integrity: HASH, license: 'MIT' }
    },
    /dayjs is new in the widget/,
  ],
  'a runtime package that nobody asked for': [
    ({ lock }) =>
      (lock.packages['node_modules/x'] = { version: '1.0.0', integrity: HASH, license: 'MIT' }),
    /node_modules\/x is runtime, and nobody brings it/,
  ],
  'a license that we may not ship': [
    (project) => (entry(project, 'qrcode').license = 'AGPL-3.0'),
    /qrcode: license AGPL-3\.0/,
  ],
  'no license, two levels down': [
    (project) => delete entry(project, 'pg-protocol').license,
    /pg-protocol: license undefined/,
  ],
  'a deprecated package': [
    (project) => (entry(project, 'dijkstrajs').deprecated = 'do not use'),
    /dijkstrajs: deprecated/,
  ],
  'two majors of one package': [
    ({ lock }) =>
      (lock.packages['node_modules/lit/node_modules/lit-html'] = {
        version: '2.8.0',
        integrity: HASH,
        license: 'BSD-3-Clause',
      }),
    /lit-html: shipped as/,
  ],
  'a peer that is not locked': [
    ({ lock }) => delete lock.packages['node_modules/zod'],
    /zod: is not in the lock file/,
  ],
}

describe('check:supply', () => {
  it('says nothing of what we have', () => {
    const { status, output } = check(readProject())
    assert.equal(status, 0, output)
    assert.match(output, /\d{3} packages, \d+ of them shipped/)
  })

  for (const [title, [plant, expected]] of Object.entries(DEFECTS)) {
    it(`finds ${title}`, () => {
      const project = readProject()
      plant(project)
      const { status, output } = check(project)
      assert.match(output, expected)
      assert.equal(status, 1)
    })
  }
})

function readProject(): Project {
  const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8')
  return {
    manifest: JSON.parse(read('package.json')) as Manifest,
    lock: JSON.parse(read('package-lock.json')) as Project['lock'],
    example: JSON.parse(read(EXAMPLE)) as ExampleManifest,
    files: { '.npmrc': read('.npmrc'), ...otherExamples() },
  }
}

function otherExamples(): Record<string, string> {
  const paths = globSync('examples/*/package.json', { cwd: ROOT }).filter(
    (path) => path !== EXAMPLE,
  )
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]))
}

function check({ manifest, lock, example, files }: Project): {
  status: number | null
  output: string
} {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-supply-'))
  folders.push(folder)
  const all = {
    'package.json': JSON.stringify(manifest),
    'package-lock.json': JSON.stringify(lock),
    [EXAMPLE]: JSON.stringify(example),
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [CHECK, folder], {
    encoding: 'utf8',
  })
  return { status, output: stdout + stderr }
}
