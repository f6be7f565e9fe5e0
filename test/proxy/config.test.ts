import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { ConfigError, readConfig } from '../../proxy/config.ts'
import type { Mistake } from '../../proxy/config.ts'
import { fullEnvironment } from './support.ts'

const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`

const GOOD = {
  ...fullEnvironment({
    cryptom: 'http://localhost:4011',
    redoya: 'http://localhost:4012',
    lipaykripto: 'http://localhost:4013',
    paycrypto: 'http://localhost:4014',
    lincoln: 'http://localhost:4015',
  }),
  MERCHANT_WEBHOOK_URL: 'https://shop.example/hooks/',
  MERCHANT_WEBHOOK_SECRET: `${WEBHOOK_SECRET},${WEBHOOK_SECRET}`,
}

const mistakesOf = (changes: Record<string, string | undefined>): readonly string[] =>
  mistakesIn(changes).map(({ variable }) => variable)

function mistakesIn(changes: Record<string, string | undefined>): readonly Mistake[] {
  try {
    readConfig({ ...GOOD, ...changes })
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error))
    const values = Object.values(changes).filter((value) => value && value.length > 5)
    for (const value of values) assert.ok(!error.message.includes(String(value)), error.message)
    return error.mistakes
  }
}

describe('configuration', () => {
  it('is read, with defaults', () => {
    const config = readConfig(GOOD)
    assert.equal(config.orderTokenMaxLifetime, 86_400)
    assert.deepEqual(config.returnUrlOrigins, config.allowedOrigins)
    assert.equal(config.providers.length, 5)
    assert.equal(config.unsigned, undefined)
    const { rateLimit, maxAttempts, trustedProxies, host } = readConfig({
      ...GOOD,
      RATE_LIMIT: undefined,
    })
    assert.deepEqual([rateLimit, maxAttempts, trustedProxies, host], [20, 3, [], undefined])
  })

  it('takes a webhook’s address and its secret together, or neither', () => {
    const { receiver } = readConfig(GOOD)
    const url = 'https://shop.example/hooks/'
    assert.deepEqual(receiver, { url, secrets: [WEBHOOK_SECRET, WEBHOOK_SECRET] })
    for (const missing of ['MERCHANT_WEBHOOK_SECRET', 'MERCHANT_WEBHOOK_URL']) {
      assert.deepEqual(mistakesOf({ [missing]: undefined }), [missing])
    }
    const neither = { MERCHANT_WEBHOOK_URL: undefined, MERCHANT_WEBHOOK_SECRET: undefined }
    assert.equal(readConfig({ ...GOOD, ...neither }).receiver, undefined)
    for (const [size, text] of [
      [23, Buffer.alloc(23, 7).toString('base64')],
      [65, Buffer.alloc(65, 7).toString('base64')],
      ['unpadded', Buffer.alloc(32, 7).toString('base64').replace('=', '')],
      ['no base64', '-'.repeat(40)],
    ] as const) {
      const changes = { MERCHANT_WEBHOOK_SECRET: `whsec_${text}` }
      assert.deepEqual(mistakesOf(changes), ['MERCHANT_WEBHOOK_SECRET'], String(size))
    }
    const bare = { MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET.slice(6) }
    assert.deepEqual(mistakesOf(bare), ['MERCHANT_WEBHOOK_SECRET'])
  })

  for (const [variable, value] of [
    ['PORT', 'eighty'],
    ['PORT', '70000'],
    ['HOST', 'http://localhost'],
    ['HOST', 'local host'],
    ['RATE_LIMIT', '-1'],
    ['RATE_LIMIT', 'many'],
    ['RATE_LIMIT', '1.5'],
    ['MAX_ATTEMPTS', '0'],
    ['MAX_ATTEMPTS', 'three'],
    ['TRUSTED_PROXIES', '*'],
    ['TRUSTED_PROXIES', '10.0.0.0/33'],
    ['TRUSTED_PROXIES', '10.0/8'],
    ['TRUSTED_PROXIES', 'proxy.example'],
    ['TRUSTED_PROXIES', '10.0.0.1,everybody'],
    ['PUBLIC_URL', undefined],
    ['PUBLIC_URL', 'http://pay.shop.example'],
    ['PUBLIC_URL', 'pay.shop.example'],
    ['PUBLIC_URL', 'ftp://pay.shop.example'],
    ['ALLOWED_ORIGINS', undefined],
    ['ALLOWED_ORIGINS', ''],
    ['ALLOWED_ORIGINS', '*'],
    ['ALLOWED_ORIGINS', 'https://shop.example/path'],
    ['ALLOWED_ORIGINS', 'https://shop.example,nonsense'],
    ['RETURN_URL_ORIGINS', 'javascript:alert(1)'],
    ['DATABASE_URL', 'mysql://somewhere'],
    ['ORDER_SECRET', 'too-short-for-a-secret'],
    ['ORDER_SECRET', 'changeme'],
    ['ORDER_JWKS_URL', 'http://keys.example/jwks'],
    ['PROXY_SECRET', undefined],
    ['PROXY_SECRET', 'short-secret'],
    ['MERCHANT_API_KEY', 'short-key-1'],
    ['MERCHANT_WEBHOOK_URL', 'http://shop.example/hooks'],
    ['MERCHANT_WEBHOOK_URL', 'nowhere'],
    // Whatever is sent to it would be refused here, and never arrive.
    ['MERCHANT_WEBHOOK_URL', 'https://shop:pass-77@shop.example/hooks'],
    ['ORDER_JWKS_URL', 'https://shop@keys.example/jwks'],
    ['RECEIPT_KEY', 'not-a-key'],
    ['RECEIPT_KEY', '{"kty":"EC","crv":"P-256","x":"only-public","y":"only-public"}'],
    ['RECEIPT_KEY', '{"keys":[]}'],
    ['RECEIPT_KEY', '{"kty":"oct","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQ"}'],
    ['ALLOW_UNSIGNED_ORDERS', 'perhaps'],
    ['UNSIGNED_MAX_AMOUNT', '1e9'],
    ['CATALOGUE', '/nowhere/catalogue.json'],
    ['CRYPTOM_BASE_URL', 'http://cryptom.example'],
    ['CRYPTOM_BASE_URL', undefined],
    ['CRYPTOM_EMAIL', 'not-an-address'],
    ['CRYPTOM_PASSWORD', undefined],
    ['CRYPTOM_PASSWORD', 'YOUR_PASSWORD'],
    ['CRYPTOM_ASSETS', 'USDT'],
    ['REDOYA_SECRET', undefined],
    ['REDOYA_IDENTIFIER', 'short'],
    ['REDOYA_ORDER_TTL', '600'],
    ['REDOYA_TEST_MODE', 'maybe'],
    ['PAYOUTS', 'max:77'],
    ['PAYOUTS', 'max:1e3;daily:5000;addresses:any'],
    ['PAYOUTS', 'max:1000;daily:5000;addresses:/nowhere/wallets.txt'],
    ['PAYOUTS', 'max:1000;daily:5000;addresses:any;more:1'],
    ['LIPAYKRIPTO_CLIENT_SECRET', undefined],
    ['LIPAYKRIPTO_CLIENT_ID', 'a client'],
    ['LIPAYKRIPTO_AMOUNT_FORMAT', 'pretty'],
    ['LIPAYKRIPTO_UNSIGNED_MAX', 'much'],
    ['PAYCRYPTO_API_SECRET', undefined],
    ['PAYCRYPTO_CURRENCIES', 'USDT-XYZ'],
    ['PAYCRYPTO_EXPIRE', '5'],
    ['LINCOLN_API_SECRET', undefined],
    ['LINCOLN_VALUES', '/nowhere/values.json'],
    ['LINCOLN_ROUTES', 'not-a-route'],
    ['LINCOLN_PAID_AT', 'waitPayment'],
  ] as const) {
    it(`${variable}=${value ?? '(missing)'} is a mistake, told by name and never by value`, () => {
      assert.deepEqual([...new Set(mistakesOf({ [variable]: value }))], [variable])
    })
  }

  it('reports all mistakes at once', () => {
    const found = mistakesOf({
      PUBLIC_URL: undefined,
      PROXY_SECRET: 'short-secret',
      CRYPTOM_PASSWORD: undefined,
      REDOYA_ORDER_TTL: '5',
    })
    assert.deepEqual(found.toSorted(), [
      'CRYPTOM_PASSWORD',
      'PROXY_SECRET',
      'PUBLIC_URL',
      'REDOYA_ORDER_TTL',
    ])
  })

  it('names a variable of a provider that nobody knows', () => {
    assert.deepEqual(mistakesOf({ REDOYA_SECRETT: 'whatever-value' }), ['REDOYA_SECRETT'])
  })

  it('wants an asset of Cryptom’s that we know', () => {
    assert.deepEqual(mistakesOf({ CRYPTOM_ASSETS: 'DOGE@DOGE' }), ['CRYPTOM_ASSETS'])
  })

  it('wants at least one provider', () => {
    const none = Object.fromEntries(
      Object.keys(GOOD)
        .filter((name) => /^(CRYPTOM|REDOYA|LIPAYKRIPTO|PAYCRYPTO|LINCOLN)_/.test(name))
        .map((name) => [name, undefined]),
    )
    assert.deepEqual(mistakesOf(none), [
      'CRYPTOM_*, REDOYA_*, LIPAYKRIPTO_*, PAYCRYPTO_*, LINCOLN_*',
    ])
  })

  it('takes a catalogue from a file, and says what is wrong in one', () => {
    const file = join(tmpdir(), `cc-catalogue-${process.pid}.json`)
    writeFileSync(file, JSON.stringify({ mug: { amount: '19.99', currency: 'TRY' } }))
    assert.equal(readConfig({ ...GOOD, CATALOGUE: file }).catalogue?.['mug']?.amount, '19.99')
    const wrong = (catalogue: object): string => {
      writeFileSync(file, JSON.stringify(catalogue))
      const [mistake, ...more] = mistakesIn({ CATALOGUE: file })
      assert.deepEqual(more, [])
      return `${mistake?.variable} ${mistake?.problem}`
    }
    const mug = { amount: '19.99', currency: 'TRY' }
    assert.match(wrong({ mug: { ...mug, amount: 19.99 } }), /^CATALOGUE mug\.amount: /)
    assert.match(wrong({ mug: { ...mug, prize: '1' } }), /^CATALOGUE mug: .*"prize"/)
    assert.match(wrong({ mug: { amount: '19.99' } }), /^CATALOGUE mug\.currency: is missing$/)
  })

  it('two order secrets are valid at once while one is being replaced', () => {
    const { orderSecrets } = readConfig({
      ...GOOD,
      ORDER_SECRET: `${'a'.repeat(32)}, ${'b'.repeat(32)}`,
    })
    assert.deepEqual(orderSecrets, ['a'.repeat(32), 'b'.repeat(32)])
  })

  it('a process with mistakes does not start, and says which', () => {
    const { status, stderr } = spawnSync(process.execPath, ['proxy/server.ts'], {
      env: { PATH: process.env['PATH'], PROXY_SECRET: 'this-value-is-short' },
      encoding: 'utf8',
    })
    assert.equal(status, 1)
    for (const name of ['PUBLIC_URL', 'ALLOWED_ORIGINS', 'PROXY_SECRET']) {
      assert.match(stderr, new RegExp(`^ +${name} `, 'm'))
    }
    assert.ok(!stderr.includes('this-value-is-short'))
  })
})
