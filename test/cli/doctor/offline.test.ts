import assert from 'node:assert/strict'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, it } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT } from 'jose'
import type { JWK } from 'jose'
import { SANDBOX_CREDENTIALS, startSandbox } from '../../../sandbox/index.ts'
import { run, withStore } from '../support.ts'
import { assertDiscreet, examine, file, folder, healthy, LIVE, makeKey } from './patient.ts'
import type { Variables } from './patient.ts'

// A store that these tests make, nobody else reads.
process.umask(0o077)

const sandbox = await startSandbox()
after(() => sandbox.close())
const base = healthy(sandbox.urls, 'http://localhost:8787')

const key = makeKey()
const jwk = async (): Promise<JWK> =>
  exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey)
const [one, other] = [await jwk(), await jwk()]
const identifier = (claims: object): Promise<string> =>
  new SignJWT({ vendorId: 'vendor', ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(new TextEncoder().encode('nobody'))
const DAY_S = 86_400
const now = Math.floor(Date.now() / 1000)
const placeholder = { '65a000000000000000000001': { to: { a: 'your wallet' }, route: {} } }

await withStore(`file:${join(folder, 'newer.db')}`, async () => {})
const newer = new DatabaseSync(join(folder, 'newer.db'))
newer.exec(`insert into kysely_migration values ('9999_later', '2100-01-01T00:00:00.000Z')`)
newer.close()
const older = new DatabaseSync(join(folder, 'older.db'))
older.exec('create table kysely_migration (name text); insert into kysely_migration values (1)')
older.exec(`update kysely_migration set name = '0001_foundations'`)
older.close()
const unlike = new DatabaseSync(join(folder, 'unlike.db'))
unlike.exec('create table guests (id)')
unlike.close()
const readable = file('readable.db', '')
chmodSync(readable, 0o644)
const writable = file('writable.json', { mug: { amount: '1.00', currency: 'TRY' } })
chmodSync(writable, 0o666)

/** What is planted, and the finding: `code about`. */
const PLANTED: readonly (readonly [what: string, change: Variables, finding: string])[] = [
  ['no PUBLIC_URL', { PUBLIC_URL: undefined }, 'mistake PUBLIC_URL'],
  ['a PUBLIC_URL without TLS', { PUBLIC_URL: 'http://pay.shop.example' }, 'mistake PUBLIC_URL'],
  ['an origin with a path', { ALLOWED_ORIGINS: 'https://a.example/x' }, 'mistake ALLOWED_ORIGINS'],
  ['an origin without TLS', { ALLOWED_ORIGINS: 'http://a.example' }, 'mistake ALLOWED_ORIGINS'],
  ['a key that is too short', { ORDER_SECRET: 'short-order-key' }, 'mistake ORDER_SECRET'],
  ['a placeholder as a key', { PROXY_SECRET: `change-me-${key}` }, 'mistake PROXY_SECRET'],
  ['a variable of a provider, misspelt', { CRYPTOM_ASSET: 'TRX' }, 'mistake CRYPTOM_ASSET'],
  ['a provider that lacks one', { CRYPTOM_EMAIL: undefined }, 'mistake CRYPTOM_EMAIL'],
  [
    'a receiver without a secret',
    { MERCHANT_WEBHOOK_URL: 'https://shop.example/hooks' },
    'mistake MERCHANT_WEBHOOK_SECRET',
  ],
  ['a catalogue that is not there', { CATALOGUE: '/none.json' }, 'mistake CATALOGUE'],
  [
    'a catalogue with a price that is none',
    { CATALOGUE: file('dear.json', { mug: { amount: 'dear', currency: 'TRY' } }) },
    'mistake CATALOGUE',
  ],
  [
    'values of Lincoln’s that cannot be read',
    { LINCOLN_VALUES: file('cut.json', '{') },
    'mistake LINCOLN_VALUES',
  ],
  [
    'a file of payouts that is not there',
    { PAYOUTS: 'max:1;daily:2;addresses:/none.txt' },
    'mistake PAYOUTS',
  ],
  ['proxies that are no addresses', { TRUSTED_PROXIES: 'nginx' }, 'mistake TRUSTED_PROXIES'],
  ['a store of another kind', { DATABASE_URL: 'mysql://db.example/x' }, 'mistake DATABASE_URL'],
  [
    'a provider that is only half there',
    { REDOYA_IDENTIFIER: undefined, REDOYA_SECRET: undefined },
    'provider-off REDOYA_*',
  ],

  [
    'a key that was typed',
    { ORDER_SECRET: `my-own-secret-${'1a2b'.repeat(6)}` },
    'weak-key ORDER_SECRET',
  ],
  ['a key of one letter', { PROXY_SECRET: 'k'.repeat(40) }, 'weak-key PROXY_SECRET'],
  ['a key that repeats itself', { METRICS_KEY: 'g7Fq2ZxW'.repeat(5) }, 'weak-key METRICS_KEY'],
  [
    'one key for two things',
    { ORDER_SECRET: key, MERCHANT_API_KEY: `${makeKey()},${key}` },
    'shared-key ORDER_SECRET, MERCHANT_API_KEY',
  ],
  ['a list with one key twice', { PROXY_SECRET: `${key},${key}` }, 'same-key-twice PROXY_SECRET'],
  [
    'a replacement that nobody ended',
    { MERCHANT_API_KEY: [key, makeKey(), makeKey()].join() },
    'old-keys MERCHANT_API_KEY',
  ],
  [
    'a receipt key of two halves',
    { RECEIPT_KEY: JSON.stringify({ ...one, x: other.x, y: other.y }) },
    'broken-receipt-key RECEIPT_KEY',
  ],
  [
    'two receipt keys of one name',
    {
      RECEIPT_KEY: JSON.stringify({
        keys: [
          { ...one, kid: 'a' },
          { ...other, kid: 'a' },
        ],
      }),
    },
    'same-kid RECEIPT_KEY',
  ],

  [
    'this machine as an origin, live',
    { ...LIVE, ALLOWED_ORIGINS: 'https://shop.example,http://localhost:3000' },
    'origin-local ALLOWED_ORIGINS',
  ],
  [
    'this machine as a way back, live',
    { ...LIVE, RETURN_URL_ORIGINS: 'http://127.0.0.1:3000' },
    'origin-local RETURN_URL_ORIGINS',
  ],
  [
    'a real provider behind a local address',
    { LIPAYKRIPTO_BASE_URL: undefined },
    'public-url-local PUBLIC_URL',
  ],
  [
    'no way to name a price',
    { ORDER_SECRET: undefined, MERCHANT_API_KEY: undefined },
    'no-orders ORDER_SECRET, ORDER_JWKS_URL, CATALOGUE, MERCHANT_API_KEY',
  ],
  [
    'pages that name high prices',
    { ALLOW_UNSIGNED_ORDERS: 'true', UNSIGNED_MAX_AMOUNT: '100.01' },
    'unsigned-high UNSIGNED_MAX_AMOUNT',
  ],
  [
    'pages that name prices, live',
    { ...LIVE, ALLOW_UNSIGNED_ORDERS: '1' },
    'unsigned-orders ALLOW_UNSIGNED_ORDERS',
  ],
  [
    'payouts to anybody, live',
    { ...LIVE, PAYOUTS: 'max:1;daily:2;addresses:any' },
    'payouts-any PAYOUTS',
  ],
  [
    'payout limits that contradict',
    { PAYOUTS: 'max:3;daily:2;addresses:any' },
    'payouts-limits PAYOUTS',
  ],
  [
    'payouts that nobody can ask for',
    { PAYOUTS: 'max:1;daily:2;addresses:any', MERCHANT_API_KEY: undefined },
    'payouts-no-key MERCHANT_API_KEY',
  ],
  [
    'payouts to nobody',
    { PAYOUTS: `max:1;daily:2;addresses:${file('nobody.txt', '\n')}` },
    'no-payout-addresses PAYOUTS',
  ],

  ['no limits', { RATE_LIMIT: '0' }, 'no-limits RATE_LIMIT'],
  [
    'something in front that nobody names',
    { ...LIVE, TRUSTED_PROXIES: undefined },
    'no-trusted-proxies TRUSTED_PROXIES',
  ],
  ['trust in everybody', { TRUSTED_PROXIES: '0.0.0.0/0' }, 'trusts-everybody TRUSTED_PROXIES'],
  ['trust in everybody’s IPv6', { TRUSTED_PROXIES: '::/0' }, 'trusts-everybody TRUSTED_PROXIES'],
  [
    'the merchant’s routes in public',
    { ...LIVE, MERCHANT_PORT: undefined },
    'merchant-routes-public MERCHANT_PORT',
  ],
  ['one port for both', { MERCHANT_PORT: '8787' }, 'same-port MERCHANT_PORT'],

  ['a catalogue of nothing', { CATALOGUE: file('empty.json', {}) }, 'empty-catalogue CATALOGUE'],
  ['a catalogue that anybody changes', { CATALOGUE: writable }, 'writable-by-all CATALOGUE'],
  ['no receivers at Lincoln', { LINCOLN_VALUES: undefined }, 'no-receivers LINCOLN_VALUES'],
  [
    'a placeholder as a receiver',
    { LINCOLN_VALUES: file('placeholder.json', placeholder) },
    'placeholder-receiver LINCOLN_VALUES',
  ],
  [
    'notifications that nobody signs, without a limit',
    { LIPAYKRIPTO_STATUS_API_KEY: undefined },
    'unsigned-notifications LIPAYKRIPTO_WEBHOOK_SECRET',
  ],
  [
    'notifications that nobody signs, with a limit',
    { LIPAYKRIPTO_STATUS_API_KEY: undefined, LIPAYKRIPTO_UNSIGNED_MAX: '500' },
    'unsigned-notifications-limited LIPAYKRIPTO_UNSIGNED_MAX',
  ],
  ['play money, live', LIVE, 'play-money CRYPTOM_*'],
  [
    'an identifier that tells the secret',
    {
      REDOYA_IDENTIFIER: await identifier({ data: SANDBOX_CREDENTIALS.redoya.secret }),
      REDOYA_ALLOW_LEAKY_IDENTIFIER: 'true',
    },
    'leaky-identifier REDOYA_IDENTIFIER',
  ],
  [
    'an identifier of last year',
    { REDOYA_IDENTIFIER: await identifier({ exp: now - DAY_S }) },
    'identifier-expired REDOYA_IDENTIFIER',
  ],
  [
    'an identifier of next week',
    { REDOYA_IDENTIFIER: await identifier({ exp: now + 7 * DAY_S }) },
    'identifier-expires REDOYA_IDENTIFIER',
  ],

  ['a store in memory', { DATABASE_URL: ':memory:' }, 'store-in-memory DATABASE_URL'],
  [
    'a text as a store',
    { DATABASE_URL: `file:${file('text.db', 'This is a text. '.repeat(200))}` },
    'no-store DATABASE_URL',
  ],
  [
    'another program’s database',
    { DATABASE_URL: `file:${join(folder, 'unlike.db')}` },
    'no-store DATABASE_URL',
  ],
  ['a folder as a store', { DATABASE_URL: `file:${folder}` }, 'no-store DATABASE_URL'],
  [
    'a store below a file',
    { DATABASE_URL: `file:${join(file('a-file', ''), 'x/checkout.db')}` },
    'store-unwritable DATABASE_URL',
  ],
  [
    'a store of a newer version',
    { DATABASE_URL: `file:${join(folder, 'newer.db')}` },
    'newer-store DATABASE_URL',
  ],
  [
    'a store of an older version',
    { DATABASE_URL: `file:${join(folder, 'older.db')}` },
    'old-store DATABASE_URL',
  ],
  ['a store that all may read', { DATABASE_URL: `file:${readable}` }, `readable-store ${readable}`],
]

describe('doctor finds what is planted', { concurrency: 2 }, () => {
  it('nothing, where nothing is', async () => {
    assert.deepEqual((await examine(base)).findings, [])
  })

  for (const [what, change, wanted] of PLANTED) {
    it(`${what}: ${wanted}`, async () => {
      const { code, errors, findings } = await examine({ ...base, ...change })
      const found = findings.find((each) => `${each.code} ${each.about}` === wanted)
      assert.ok(found, JSON.stringify(findings, null, 2))
      for (const text of [found.what, found.why, found.fix]) assert.ok(text.length > 5)
      assert.doesNotMatch(found.fix, /\n/)
      assert.equal(code, errors > 0 ? 1 : 0)
      if (found.severity === 'error') assert.equal(code, 1)
    })
  }

  it('no provider at all', async () => {
    const none = Object.entries(base).filter(
      ([name]) => !/^(CRYPTOM|REDOYA|LIPAYKRIPTO|PAYCRYPTO|LINCOLN)_/.test(name),
    )
    const { findings } = await examine(Object.fromEntries(none))
    assert.match(findings[0]?.about ?? '', /^CRYPTOM_\*, REDOYA_\*/)
    assert.match(findings[0]?.what ?? '', /no provider is configured/)
    assert.match(findings[0]?.fix ?? '', /crypto-checkout sandbox/)
  })

  it('leaves a store that was closed as it was: not even a log beside it', async () => {
    const path = join(folder, 'alone.db')
    await withStore(`file:${path}`, async () => {})
    const { findings } = await examine({ ...base, DATABASE_URL: `file:${path}` })
    assert.deepEqual(findings, [])
    const { default: fs } = await import('node:fs')
    assert.deepEqual(
      fs.readdirSync(folder).filter((name) => name.startsWith('alone')),
      ['alone.db'],
    )
  })

  it('what he says can be read by people, and tells no secret', async () => {
    const bad = { ...base, RATE_LIMIT: '0', ORDER_SECRET: 'too-short-to-be-one' }
    const { code, output, errors } = await run(['doctor', '--offline'], { env: bad })
    assert.deepEqual([code, errors], [1, ''])
    assert.match(output, /^error {4}RATE_LIMIT: is 0: every limit is off\n {9}One .*\n {9}Fix: /m)
    assert.match(output, /^error {4}ORDER_SECRET: must be at least 32 bytes$/m)
    assert.match(output, /2 errors, 0 warnings; 13 things looked at\n$/)
    assertDiscreet(output, bad)
  })
})

describe('doctor, with a file of variables', () => {
  const lines = (more: string): string => `PUBLIC_URL=http://localhost:8787\n${more}\n`

  it('finds a variable that is misspelt', async () => {
    const path = file('misspelt.env', lines('ALOWED_ORIGINS=https://a.example\nNODE_ENV=x'))
    const { findings } = await examine(base, ['--offline', '--env-file', path])
    assert.deepEqual(
      findings.map(({ code, about }) => [code, about]),
      [['misspelt', 'ALOWED_ORIGINS']],
    )
    assert.match(findings[0]?.fix ?? '', /ALLOWED_ORIGINS/)
  })

  it('finds that others can read it', async () => {
    const path = file('open.env', lines(''))
    chmodSync(path, 0o640)
    const group = await examine(base, ['--offline', '--env-file', path])
    assert.deepEqual(
      group.findings.map(({ code, severity }) => [code, severity]),
      [['readable-secrets', 'note']],
    )
    chmodSync(path, 0o644)
    const all = await examine(base, ['--offline', '--env-file', path])
    assert.deepEqual(
      all.findings.map(({ code, severity }) => [code, severity]),
      [['readable-secrets', 'error']],
    )
  })

  it('says which file it is that cannot be read', async () => {
    const { code, errors } = await run(['doctor', '--env-file', '/none.env'])
    // Node looks for it before we can, and says so itself.
    assert.ok(code !== 0)
    assert.match(errors, /\/none\.env/)
  })
})
