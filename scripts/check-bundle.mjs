/**
 * What is shipped to browsers: within its size, and without a word that belongs on the server. Those are
 * the words below, the name of every variable of the environment, and every host that an adapter calls.
 * @module
 */
import { globSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const FILE = 'dist/crypto-checkout.js'
const MAX_BYTES = 28 * 1024
/** There were as many when this was written. */
const FEWEST = { hosts: 4, variables: 50 }
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

const code = readFileSync(FILE, 'utf8')
const size = gzipSync(code, { level: 9 }).length
const words = FORBIDDEN.filter((word) => code.toLowerCase().includes(word.toLowerCase()))
const names = VARIABLES.filter((name) => new RegExp(`(?<![\\w$])${name}(?![\\w$])`).test(code))
const found = [...new Set([...words, ...names])]
console.log(`${FILE}: ${size} bytes gzip, of ${MAX_BYTES}`)
console.log(`${FORBIDDEN.length} words and ${VARIABLES.length} names of variables looked for`)
if (found.length > 0) console.error(`${FILE} contains ${found.join(', ')}`)
if (size > MAX_BYTES) console.error(`${FILE} is too large`)
process.exit(found.length > 0 || size > MAX_BYTES ? 1 : 0)

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
