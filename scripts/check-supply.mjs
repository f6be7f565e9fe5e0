/**
 * Where everything comes from that we did not write: pinned, locked, hashed, from nowhere but the registry,
 * with install scripts only by name, and with licenses that a merchant can live with. Offline.
 * `node scripts/check-supply.mjs [folder]`
 * @module
 */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findExampleProblems, readExamples } from './example-packages.mjs'
import {
  PAGE_PEERS,
  closureOf,
  nameOf,
  readProject,
  serverPeers,
  shippedPaths,
} from './lock-file.mjs'

const ROOT = process.argv[2] ?? fileURLToPath(new URL('..', import.meta.url))

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/
const SHA512 = /^sha512-[A-Za-z0-9+/]{86}==$/
/** Anything but versions of the registry: git, files, links, other hosts, other names. */
const ELSEWHERE = /^(git|https?|file|link|workspace|npm|[\w.-]+\/[\w.-]+)(\+|:|#|$)/
const OTHER_LOCKS = ['npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock', 'bun.lockb']
/** What packages may ask for under another name than its own: tools of the tests do. */
const ALIASES = {
  'string-width-cjs': 'string-width',
  'strip-ansi-cjs': 'strip-ansi',
  'wrap-ansi-cjs': 'wrap-ansi',
}
/** A new one is named in a decision first. */
const RUNTIME = ['@noble/hashes', 'lit', 'qrcode']
const LICENSES = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD']
/** What npm is told here. A registry of one's own belongs to one's own machine. */
const NPM_SETTINGS = ['save-exact=true', 'fund=false', 'audit=false']
const OWN_SCRIPTS = ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish']

const problems = []
const { manifest, lock } = readProject(ROOT)
const entries = Object.entries(lock.packages).filter(([path]) => path !== '')
const shipped = shippedPaths({ manifest, lock })
const { examples, links, isOwn, ...byExamples } = readExamples(ROOT, { manifest, lock })

checkPins()
checkLocks()
checkSources()
checkInstallScripts()
checkRuntime()
checkShipped()
checkExamples()

for (const problem of problems) console.error(problem)
if (problems.length > 0) process.exit(1)
console.log(`${entries.length} packages, ${shipped.length} of them shipped: all as agreed`)

function checkPins() {
  for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides']) {
    for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
      if (!EXACT.test(version)) problems.push(`package.json: ${name} ${version} is not pinned`)
    }
  }
  // What a merchant may bring instead is tested in one version: that one, or a newer of its major.
  for (const [name, range] of Object.entries(manifest.peerDependencies ?? {})) {
    const tested = manifest.devDependencies?.[name]
    const wanted = tested && (PAGE_PEERS[name] ?? `^${tested}`)
    if (manifest.peerDependenciesMeta?.[name]?.optional !== true) {
      problems.push(`package.json: peer ${name} is not optional`)
    }
    if (range !== wanted) problems.push(`package.json: peer ${name} ${range} is not tested`)
  }
  // `dist/` also holds the compiled tests, demo and benchmarks.
  if (manifest.files?.includes('dist')) problems.push('package.json: files: dist as a whole')
  for (const name of OWN_SCRIPTS) {
    if (manifest.scripts?.[name]) problems.push(`package.json: a script "${name}" of our own`)
  }
}

function checkLocks() {
  const others = globSync(`**/{package-lock.json,${OTHER_LOCKS.join()}}`, {
    cwd: ROOT,
    exclude: (path) => /^(node_modules|dist|\.cache|\.git)$/.test(path.split('/').at(-1)),
  }).filter((path) => path !== 'package-lock.json')
  for (const path of others) problems.push(`${path}: a second lock file`)
  if (lock.lockfileVersion !== 3) problems.push('package-lock.json: not of version 3')
  for (const kind of ['dependencies', 'devDependencies', 'peerDependencies']) {
    if (!isSame(lock.packages[''][kind], manifest[kind])) {
      problems.push(`package-lock.json: ${kind} are not those of package.json`)
    }
  }
  const settings = readFileSync(join(ROOT, '.npmrc'), 'utf8').split('\n').filter(Boolean)
  for (const line of settings) {
    if (!NPM_SETTINGS.includes(line)) problems.push(`.npmrc: ${line.split('=')[0]}`)
  }
  for (const line of NPM_SETTINGS) {
    if (!settings.includes(line)) problems.push(`.npmrc: without ${line}`)
  }
}

function isSame(a = {}, b = {}) {
  const names = Object.keys({ ...a, ...b })
  return names.every((name) => a[name] === b[name])
}

function checkSources() {
  for (const [path, entry] of entries) {
    const name = nameOf(path)
    const say = (problem) => problems.push(`package-lock.json: ${path} ${problem}`)
    if (examples.has(path)) {
      checkWanted(entry, say, isOwn)
      continue
    }
    if (links.has(path)) {
      // Exactly a link to our own folder: with anything else in it, it would be a package.
      if (!isSame(entry, { resolved: links.get(path), link: true })) say('leads elsewhere')
      continue
    }
    const isNested = [...examples.keys()].some((each) => path.startsWith(`${each}/node_modules/`))
    if (!path.startsWith('node_modules/') && !isNested) say('is a folder of its own')
    if (entry.link) say('is a link')
    if (!EXACT.test((entry.version ?? '').replace(/\+[\w.]+$/, ''))) say('has no version')
    if (!SHA512.test(entry.integrity ?? '')) say('has no SHA-512')
    // Ours names no host at all, so that it installs from whichever registry a machine has.
    if (entry.resolved !== undefined) say('names a host')
    if (entry.name !== undefined && entry.name !== (ALIASES[name] ?? name)) say(`is ${entry.name}`)
    checkWanted(entry, say)
  }
}

function checkWanted(entry, say, isKnown = () => false) {
  const { dependencies, devDependencies, optionalDependencies } = entry
  const wanted = { ...dependencies, ...devDependencies, ...optionalDependencies }
  for (const [name, range] of Object.entries(wanted)) {
    const isAlias = range.startsWith(`npm:${ALIASES[name]}@`)
    if (ELSEWHERE.test(range) && !isAlias && !isKnown(name, range)) {
      say(`wants ${name} from elsewhere`)
    }
  }
}

function checkInstallScripts() {
  const allowed = manifest.allowScripts ?? {}
  const withScript = new Set(
    entries.filter(([, entry]) => entry.hasInstallScript).map(([path]) => nameOf(path)),
  )
  for (const name of withScript) {
    if (allowed[name] === undefined) problems.push(`allowScripts: nothing is said about ${name}`)
  }
  for (const name of Object.keys(allowed)) {
    if (!withScript.has(name)) problems.push(`allowScripts: ${name} has no install script`)
  }
}

/** The widget's: these, and what they bring. */
function checkRuntime() {
  const direct = Object.keys(manifest.dependencies ?? {})
  for (const name of direct) {
    if (!RUNTIME.includes(name)) problems.push(`package.json: ${name} is new in the widget`)
  }
  const brought = new Set(closureOf(lock, RUNTIME))
  for (const [path, entry] of entries) {
    const isRuntime = !entry.dev && !entry.optional && !entry.peer && !entry.devOptional
    if (isRuntime && !brought.has(path) && !byExamples.brought.has(path)) {
      problems.push(`package-lock.json: ${path} is runtime, and nobody brings it`)
    }
  }
}

function checkShipped() {
  const majors = new Map()
  for (const path of shipped) {
    const { version = '', license, deprecated, hasInstallScript } = lock.packages[path]
    const name = nameOf(path)
    if (!LICENSES.includes(license)) problems.push(`${name}: license ${license}`)
    if (deprecated !== undefined) problems.push(`${name}: deprecated`)
    if (hasInstallScript) problems.push(`${name}: is shipped and has an install script`)
    const [major] = version.split('.')
    const known = majors.get(name) ?? major
    if (known !== major) problems.push(`${name}: shipped as ${known} and as ${major}`)
    majors.set(name, known)
  }
  for (const name of [...Object.keys(manifest.dependencies), ...serverPeers(manifest)]) {
    if (!majors.has(name)) problems.push(`${name}: is not in the lock file`)
  }
}

function checkExamples() {
  const rules = { exact: EXACT, ownScripts: OWN_SCRIPTS }
  problems.push(...findExampleProblems(ROOT, { manifest, lock }, rules))
}
