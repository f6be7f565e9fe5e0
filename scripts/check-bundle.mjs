/**
 * What is shipped to browsers: within its size, and without a word that belongs on the server.
 * @module
 */
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const FILE = 'dist/crypto-checkout.js'
const MAX_BYTES = 28 * 1024
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
]

const code = readFileSync(FILE, 'utf8')
const size = gzipSync(code, { level: 9 }).length
// Our own class names and events may hold "crypto"; a provider's name may not occur anywhere.
const found = FORBIDDEN.filter((word) => code.toLowerCase().includes(word.toLowerCase()))
console.log(`${FILE}: ${size} bytes gzip, of ${MAX_BYTES}`)
if (found.length > 0) console.error(`${FILE} contains ${found.join(', ')}`)
if (size > MAX_BYTES) console.error(`${FILE} is too large`)
process.exit(found.length > 0 || size > MAX_BYTES ? 1 : 0)
