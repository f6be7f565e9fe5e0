/**
 * The package as whoever installs it gets it: packed, looked at by publint and by attw, and installed into an
 * empty folder. That folder holds the widget's libraries and nothing of a server; there the widget's entries
 * are imported as a server would that renders pages, and the proxy says what it lacks. Wants `npm run build`.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { closureOf, nameOf, readProject } from './lock-file.mjs'
import { findUnwanted, pack } from './package-contents.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BIN = join(ROOT, 'node_modules/.bin')
/** A script tag's file has no types. CommonJS and the oldest resolution are not for this package. */
const TYPES = ['--profile', 'esm-only', '--exclude-entrypoints', 'iife', '--quiet']
/** What a page imports, and works without anything else. */
const ALONE = ['', '/define', '/core', '/locales/tr', '/types/react', '/types/vue']
/** What wants more than the widget, and the first thing that it misses. */
const WANTING = { '/react': 'react', '/proxy': null, '/merchant': 'jose' }
/** What the command line is asked, and what it has to say. */
const COMMANDS = [
  ['keys', /^ORDER_SECRET=\S{40,}$/m],
  ['doctor --offline', /error +PUBLIC_URL/],
  ['proxy', /PUBLIC_URL is missing/],
]

const { manifest, lock } = readProject(ROOT)
const problems = []
const folder = mkdtempSync(join(tmpdir(), 'checkout-package-'))
try {
  run(process.execPath, [join(ROOT, 'scripts/sri.mjs'), '--check'])
  const { path: file, paths, ...sizes } = pack(ROOT, folder)
  checkPaths(paths)
  const read = (path) => readFileSync(join(ROOT, path), 'utf8')
  problems.push(...findUnwanted({ paths, ...sizes }, { read, root: ROOT }))
  run(join(BIN, 'publint'), ['run', file, '--strict'])
  run(join(BIN, 'attw'), [file, ...TYPES])
  const count = checkInstalled(file)
  checkImports()
  checkCommands()
  if (problems.length === 0) {
    const [size, unpacked] = [sizes.size, sizes.unpackedSize].map((bytes) => Math.ceil(bytes / 1e3))
    console.log(`${paths.length} files packed, ${size} kB, unpacked ${unpacked} kB`)
    console.log('publint and attw have nothing to say')
    console.log(`${count} packages installed with it, none of a server`)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
for (const problem of problems) console.error(problem)
process.exit(problems.length > 0 ? 1 : 0)

/** Everything that is promised, and nothing that is left over from an earlier build, or not for others. */
function checkPaths(paths) {
  const packed = new Set(paths)
  const promised = [
    ...Object.keys(JSON.parse(readFileSync(join(ROOT, 'dist/sri.json'), 'utf8'))).map(
      (name) => `dist/${name}`,
    ),
    ...targetsOf(manifest.exports),
    manifest.customElements,
    manifest['web-types'],
    ...Object.values(manifest.bin),
  ].map((path) => path.replace(/^\.\//, ''))
  for (const path of promised) {
    const isThere = path.includes('*')
      ? globSync(path, { cwd: ROOT }).some((each) => packed.has(each))
      : packed.has(path)
    if (!isThere) problems.push(`the package lacks ${path}`)
  }
  for (const path of paths) {
    if (/^dist\/(?:server|bin)\/|\.json$/.test(path)) continue
    const [, source] = /^dist\/(.+\/.+?)(?:\.d\.ts|\.js)$/.exec(path) ?? []
    if (source && !existsSync(join(ROOT, `${source}.ts`))) {
      problems.push(`${path} has no source any more: remove dist/ and build again`)
    }
  }
}

function targetsOf(target) {
  return typeof target === 'string' ? [target] : Object.values(target ?? {}).flatMap(targetsOf)
}

/** Beside ours: what the lock file says that our dependencies bring, by name. */
function checkInstalled(file) {
  writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
  npm(folder, ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', file])
  const { packages } = JSON.parse(
    readFileSync(join(folder, 'node_modules/.package-lock.json'), 'utf8'),
  )
  const installed = new Set(Object.keys(packages).map(nameOf))
  installed.delete(manifest.name)
  const expected = new Set(closureOf(lock, Object.keys(manifest.dependencies)).map(nameOf))
  const peers = Object.keys(manifest.peerDependencies)
  for (const name of installed) {
    if (!expected.has(name) || peers.includes(name))
      problems.push(`the widget alone installs ${name}`)
  }
  for (const name of expected) {
    if (!installed.has(name)) problems.push(`the widget alone does not install ${name}`)
  }
  return installed.size
}

function checkImports() {
  for (const entry of ALONE) {
    const error = importError(entry)
    if (error) problems.push(`import of ${manifest.name}${entry} on a server: ${error}`)
  }
  const peers = Object.keys(manifest.peerDependencies)
  for (const [entry, wanted] of Object.entries(WANTING)) {
    const [, name] = /Cannot find package '([^']+)'/.exec(importError(entry)) ?? []
    if (wanted ? name !== wanted : !peers.includes(name)) {
      problems.push(`${manifest.name}${entry} misses ${name}, not ${wanted ?? 'a peer'}`)
    }
  }
}

/** The command line has everything inside itself: it works where nothing else was installed. */
function checkCommands() {
  for (const [command, wanted] of COMMANDS) {
    const bin = join(folder, 'node_modules', manifest.name, manifest.bin[manifest.name])
    const { stdout, stderr } = spawnSync(process.execPath, [bin, ...command.split(' ')], {
      cwd: folder,
      encoding: 'utf8',
    })
    if (!wanted.test(stdout + stderr))
      problems.push(`crypto-checkout ${command}: ${stdout}${stderr}`)
  }
}

function importError(entry) {
  const code = `await import('${manifest.name}${entry}')`
  const args = ['--input-type=module', '--eval', code]
  const { stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return stderr.split('\n').find((line) => /Error|Cannot/.test(line)) ?? stderr
}

function npm(cwd, args) {
  const shell = process.platform === 'win32'
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8', shell })
  if (status !== 0) throw new Error(`npm ${args[0]}: ${stderr}`)
  return stdout
}

/** A tool that says by its status whether something is wrong, and what by its output. */
function run(command, args) {
  const { PATH } = process.env
  const env = { ...process.env, PATH: `${dirname(process.execPath)}:${PATH}`, FORCE_COLOR: '0' }
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', env })
  if (status !== 0) problems.push(stdout + stderr)
}
