import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ConfigError, readConfig } from '../../proxy/config.ts'
import { isSameSecret } from '../../proxy/ids.ts'
import { fullEnvironment } from './support.ts'

const GOOD: Readonly<Record<string, string>> = {
  ...fullEnvironment({
    cryptom: 'http://localhost:4011',
    redoya: 'http://localhost:4012',
    lipaykripto: 'http://localhost:4013',
    paycrypto: 'http://localhost:4014',
    lincoln: 'http://localhost:4015',
  }),
  LIPAYKRIPTO_STATUS_API_KEY: 'a-status-key',
  LIPAYKRIPTO_WEBHOOK_SECRET: 'a-webhook-secret',
}

/** The variables at fault; fails if the message tells a value. */
function mistakesOf(changes: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig({ ...GOOD, ...changes })
    return []
  } catch (error) {
    assert.ok(error instanceof ConfigError, String(error))
    for (const [name, value] of Object.entries(changes)) {
      // A shorter one may be a word of the message.
      if (value.trim().length > 11) {
        assert.ok(!error.message.replaceAll(name, '').includes(value.trim()), error.message)
      }
    }
    return [...new Set(error.mistakes.map(({ variable }) => variable))]
  }
}

const OUR_SECRETS = ['ORDER_SECRET', 'PROXY_SECRET', 'MERCHANT_API_KEY']
const PROVIDER_SECRETS = [
  'CRYPTOM_PASSWORD',
  'REDOYA_SECRET',
  'LIPAYKRIPTO_CLIENT_SECRET',
  'LIPAYKRIPTO_HMAC_SECRET',
  'LIPAYKRIPTO_WEBHOOK_SECRET',
  'LIPAYKRIPTO_STATUS_API_KEY',
  'PAYCRYPTO_API_SECRET',
  'PAYCRYPTO_PASSPHRASE',
  'PAYCRYPTO_WEBHOOK_SECRET',
  'LINCOLN_API_SECRET',
]
const ACCOUNTS = [
  'REDOYA_IDENTIFIER',
  'LIPAYKRIPTO_CLIENT_ID',
  'PAYCRYPTO_API_KEY',
  'LINCOLN_API_KEY',
]

const PLACEHOLDERS = [
  'changeme',
  'CHANGE_ME',
  'change-this',
  'changeme-changeme-changeme-changeme',
  'replace_me_with_a_real_one_please_do',
  'YOUR_SECRET',
  'YOUR_CLIENT_SECRET',
  'your-api-secret-goes-here-0123456789',
  '<your-secret>',
  '<secret>',
  '{{ secret }}',
  '${SECRET}',
  'secret',
  'Password',
  'placeholder',
  'example',
  'todo',
  'TBD',
  'null',
  'undefined',
  'xxx',
  'XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX',
  '...',
  '********',
  '----',
]

describe('a secret that is none', () => {
  for (const name of [...OUR_SECRETS, ...PROVIDER_SECRETS]) {
    it(`${name}: no placeholder is taken, and none is told`, () => {
      for (const value of PLACEHOLDERS)
        assert.deepEqual(mistakesOf({ [name]: value }), [name], value)
    })
  }

  for (const name of ACCOUNTS) {
    it(`${name}: not what stands in an example either`, () => {
      for (const value of ['YOUR_CLIENT_ID_HERE', 'changeme_changeme', 'xxxxxxxxxxxxxxxx']) {
        assert.deepEqual(mistakesOf({ [name]: value }), [name], value)
      }
    })
  }

  for (const name of PROVIDER_SECRETS) {
    it(`${name}: blanks are no secret, and none belong around one`, () => {
      for (const value of [' ', '\t', ' a-real-secret', 'a-real-secret\n']) {
        assert.ok(mistakesOf({ [name]: value }).includes(name), JSON.stringify(value))
      }
    })
  }

  for (const name of OUR_SECRETS) {
    it(`${name}: short ones are refused, one of two is enough`, () => {
      const good = 'a-secret-of-enough-bytes-0123456789-ab'
      for (const value of ['x9', 'q'.repeat(31), `${good},short-one`, `short-one,${good}`]) {
        assert.deepEqual(mistakesOf({ [name]: value }), [name], value)
      }
      assert.deepEqual(mistakesOf({ [name]: `${good},${'q'.repeat(32)}` }), [])
    })
  }

  it('real ones are taken, also those that begin like a word', () => {
    for (const value of [
      'secretary-bird-7',
      'x7f-real',
      'tokenized-9',
      'examples-are-fun',
      'p4ssword!',
    ]) {
      assert.deepEqual(mistakesOf({ PAYCRYPTO_API_SECRET: value }), [], value)
    }
  })
})

describe('an address that is none', () => {
  const BASES = [
    'PUBLIC_URL',
    'CRYPTOM_BASE_URL',
    'REDOYA_BASE_URL',
    'LIPAYKRIPTO_BASE_URL',
    'PAYCRYPTO_BASE_URL',
    'LINCOLN_BASE_URL',
  ]
  for (const name of BASES) {
    it(`${name}: only https, or http on this machine, and nothing but host and path`, () => {
      for (const value of [
        'http://pay.example',
        'http://10.0.0.7:8080',
        'http://127.0.0.1.evil.example',
        'http://localhost.evil.example',
        'http://0.0.0.0:80',
        'ftp://pay.example',
        'file:///etc/hostname',
        'javascript:alert(1)',
        '//pay.example',
        'pay.example',
        'https://',
        'https://name:word@pay.example',
        'https://pay.example?next=',
        'https://pay.example/#part',
        'https://pay.example/a&b=c',
        'https://pay.example\\@evil.example',
        'https://pay.example/a b',
      ]) {
        assert.deepEqual(mistakesOf({ [name]: value }), [name], value)
      }
      for (const value of [
        'http://localhost:4019',
        'http://127.0.0.1:4019',
        'http://[::1]:4019/base',
      ]) {
        assert.deepEqual(mistakesOf({ [name]: value }), [], value)
      }
    })
  }
})

describe('real money and play money', () => {
  const live = { PAYCRYPTO_BASE_URL: 'https://payapi.paycrypto.com' }
  const sandbox = { PAYCRYPTO_BASE_URL: 'https://payapi-sandbox.paycrypto.com' }

  it('a live account does not send shoppers to a sandbox’s page', () => {
    for (const hosts of ['pay-sandbox.paycrypto.com', 'pay.paycrypto.com,sandbox.example']) {
      const changes = { ...live, PAYCRYPTO_PAGE_HOSTS: hosts }
      assert.deepEqual(mistakesOf(changes), ['PAYCRYPTO_PAGE_HOSTS'])
      assert.deepEqual(mistakesOf({ ...sandbox, PAYCRYPTO_PAGE_HOSTS: hosts }), [])
    }
    assert.deepEqual(mistakesOf({ ...live, PAYCRYPTO_PAGE_HOSTS: 'pay.shop.example' }), [])
  })

  for (const name of ['PAYCRYPTO_PAGE_HOSTS', 'LIPAYKRIPTO_PAGE_HOSTS']) {
    it(`${name}: names of hosts, and no addresses`, () => {
      for (const value of ['https://pay.example', 'pay.example/path', 'PAY.example', '*', 'a b']) {
        assert.deepEqual(mistakesOf({ [name]: value }), [name], value)
      }
    })
  }
})

describe('comparing secrets', () => {
  it('takes any two texts, of whatever length, and throws for none', () => {
    const texts = ['', 'a', 'b', 'A', 'ab', 'a\0', '\ud800', 'é', 'e\u0301', 'x'.repeat(100_000)]
    for (const [i, one] of texts.entries()) {
      for (const [j, other] of texts.entries()) {
        assert.equal(isSameSecret(one, other), i === j, JSON.stringify([one, other]).slice(0, 40))
      }
    }
  })
})
