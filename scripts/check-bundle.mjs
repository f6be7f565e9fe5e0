/**
 * What is shipped to browsers: within its size, and without a word that belongs on the server. Those are
 * the words below, the name of every variable of the environment, and every host that an adapter calls.
 * They are looked for in each file that a page can get: the script, its languages, themes, and the modules
 * with everything that they import.
 * @module
 */
import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

const SCRIPT = 'dist/crypto-checkout.js'
const LANGUAGES = 'dist/crypto-checkout.??.*'
/** Of the script, and of each language. */
const MAX_BYTES = { script: 28 * 1024, language: 2 * 1024 }
/** Where a bundler enters; `frameworks` has an entry for each framework. */
const ENTRIES = [
  'dist/widget/{index,define}.js',
  'dist/widget/core/index.js',
  'dist/frameworks/**/*.js',
]
/** What a module may import that is not ours. */
const LIBRARIES = /^(lit(\/|$)|qrcode\/lib\/core\/qrcode\.js$|@noble\/hashes\/|react$)/
/** There were as many when this was written. */
const FEWEST = { hosts: 4, variables: 50, entries: 8, modules: 50, languages: 4 }
/** Whatever their case. Our own class names and events may hold "crypto"; a provider's name may not occur. */
const FORBIDDEN = [
  'hono',
  'SignJWT',
  'HMAC',
  'clientSecret',
  'Access-Passphrase',
  'process.env',
  'lipaykripto',
  'cryptom',
  'redoya',
  'paycrypto',
  'lincoln',
  'whsec_',
  'sourceMappingURL',
  ...providerHosts(),
]
/** As they are written, and whole. */
const VARIABLES = variableNames()

const modules = modulesOf(ENTRIES.flatMap((pattern) => globSync(pattern)))
const languages = atLeast(FEWEST.languages, globSync(LANGUAGES))
const files = [SCRIPT, ...languages, ...globSync('dist/themes/*.css'), ...modules]
const problems = files.flatMap(findForbidden)
checkSize(SCRIPT, MAX_BYTES.script)
for (const path of languages) checkSize(path, MAX_BYTES.language)
console.log(
  `${FORBIDDEN.length} words and ${VARIABLES.length} names of variables looked for in ${files.length} files`,
)
for (const problem of problems) console.error(problem)
process.exit(problems.length > 0 ? 1 : 0)

function checkSize(path, most) {
  const size = gzipSync(readFileSync(path), { level: 9 }).length
  console.log(`${path}: ${size} bytes gzip, of ${most}`)
  if (size > most) problems.push(`${path} is too large`)
}

function findForbidden(path) {
  const code = read(path)
  const words = FORBIDDEN.filter((word) => code.toLowerCase().includes(word.toLowerCase()))
  const names = VARIABLES.filter((name) => new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(code))
  return [...new Set([...words, ...names])].map((each) => `${path} contains ${each}`)
}

/** These, and the files that they import. Everything else that they import is a known library. */
function modulesOf(entries) {
  const found = new Set(atLeast(FEWEST.entries, entries))
  for (const path of found) {
    const imports = read(path).matchAll(/(?:\bfrom|\bimport\(?)\s*(['"])([^'"\n]+)\1/g)
    for (const [, , name] of imports) {
      if (name.startsWith('.')) found.add(join(dirname(path), name))
      else if (!LIBRARIES.test(name)) throw new Error(`${path} imports ${name}`)
    }
  }
  return atLeast(FEWEST.modules, [...found])
}

/** The hosts that stand in the adapters and in the example of a configuration. */
function providerHosts() {
  const texts = ['.env.example', ...globSync('proxy/providers/*.ts')].map(read)
  const urls = texts.flatMap((text) => text.match(/https?:\/\/[\w.-]+/g) ?? [])
  const hosts = new Set(urls.map((url) => new URL(url).hostname))
  return atLeast(
    FEWEST.hosts,
    [...hosts].filter((host) => host.includes('.') && !host.endsWith('.example')),
  )
}

/** Those of the example, commented out or not, and those that the proxy reads. */
function variableNames() {
  const example = read('.env.example').matchAll(/^(?:# )?([A-Z][A-Z\d_]+)=/gm)
  const known = read('proxy/config.ts').matchAll(/^ {2}([A-Z][A-Z\d_]+):/gm)
  return atLeast(FEWEST.variables, [...new Set([...example, ...known].map(([, name]) => name))])
}

/** Where less is found than there was, the search has gone wrong, and so would the check. */
function atLeast(count, list) {
  if (list.length < count) throw new Error(`only ${list.length} to look for: ${list.join(', ')}`)
  return list
}

function read(path) {
  return readFileSync(path, 'utf8')
}
