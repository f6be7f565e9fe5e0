import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { after, describe, it } from 'node:test'
import { startSandbox } from '../../../sandbox/index.ts'
import { freePort, start } from '../support.ts'
import { examine, healthy, serve } from './patient.ts'
import type { Finding, Variables } from './patient.ts'

const sandbox = await startSandbox()
const nothing = `http://localhost:${await freePort()}`
const silent = createServer(() => undefined).listen(0, 'localhost')
await new Promise((resolve) => silent.once('listening', resolve))
const silentUrl = `http://localhost:${(silent.address() as AddressInfo).port}`
const site = await serve((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>Welcome</h1>')
})
const moved = await serve((_request, response) => {
  response.writeHead(301, { location: 'https://elsewhere.invalid/' }).end()
})
const statuses = await serve((request, response) => {
  response.writeHead(Number(request.url?.slice(1))).end()
})
const clock = (offset: number) =>
  serve((_request, response) => {
    response.writeHead(404, { date: new Date(Date.now() + offset).toUTCString() }).end()
  })
const [ahead, behind, off] = await Promise.all([clock(600_000), clock(-600_000), clock(60_000)])
const asProxy = await serve((request, response) => {
  const answers: Record<string, unknown> = {
    '/healthz': { status: 'ok' },
    '/openapi.json': { servers: [{ url: asProxy.url }] },
  }
  const answer = answers[request.url ?? '']
  response.writeHead(answer ? 200 : 404, { 'access-control-allow-origin': '*' })
  response.end(JSON.stringify(answer ?? {}))
})
after(async () => {
  silent.close()
  for (const each of [site, moved, statuses, ahead, behind, off, asProxy]) each.close()
  await sandbox.close()
})

const publicUrl = `http://localhost:${await freePort()}`
const base = healthy(sandbox.urls, publicUrl)
const HOOK_SECRET = `whsec_${Buffer.alloc(32, 'of-this-test').toString('base64')}`
const receiver = (url: string): Variables => ({
  MERCHANT_WEBHOOK_URL: url,
  MERCHANT_WEBHOOK_SECRET: HOOK_SECRET,
})
/** Only reached: without this key there is nothing to ask. */
const reachedOnly = { LIPAYKRIPTO_STATUS_API_KEY: undefined, LIPAYKRIPTO_UNSIGNED_MAX: '1' }
const tls = (url: string): string => url.replace('http:', 'https:')

const PLANTED: readonly (readonly [
  what: string,
  change: Variables,
  finding: string,
  words: RegExp,
])[] = [
  [
    'a provider where nothing listens',
    { CRYPTOM_BASE_URL: nothing },
    'provider-unreachable CRYPTOM_BASE_URL',
    /nothing listens there/,
  ],
  [
    'a provider whose host is not there',
    { REDOYA_BASE_URL: 'https://provider.invalid' },
    'provider-unreachable REDOYA_BASE_URL',
    /there is no such host/,
  ],
  [
    'a provider that never answers',
    { LINCOLN_BASE_URL: silentUrl },
    'provider-unreachable LINCOLN_BASE_URL',
    /nothing answered in time/,
  ],
  [
    'a provider that speaks no TLS',
    { PAYCRYPTO_BASE_URL: tls(site.url) },
    'provider-unreachable PAYCRYPTO_BASE_URL',
    /it speaks http there, not https/,
  ],
  [
    'a web site as a provider',
    { CRYPTOM_BASE_URL: site.url },
    'provider-unlike CRYPTOM_BASE_URL',
    /JSON/,
  ],
  [
    'a wrong password',
    { CRYPTOM_PASSWORD: 'not-the-password' },
    'provider-refuses CRYPTOM_*',
    /401/,
  ],
  [
    'a wrong key of the status call',
    { LIPAYKRIPTO_STATUS_API_KEY: 'not-the-key-of-it' },
    'provider-refuses LIPAYKRIPTO_*',
    /401/,
  ],
  [
    'a wrong secret that signs',
    { PAYCRYPTO_API_SECRET: 'not-the-secret-of-it' },
    'provider-refuses PAYCRYPTO_*',
    /refused/,
  ],
  [
    'a wrong secret that signs, at another one',
    { LINCOLN_API_SECRET: 'not-the-secret-of-it' },
    'provider-refuses LINCOLN_*',
    /refused/,
  ],
  [
    'keys that cannot be tried',
    reachedOnly,
    'keys-untried LIPAYKRIPTO_*',
    /its keys could not be tried/,
  ],
  [
    'a clock that is behind',
    { ...reachedOnly, LIPAYKRIPTO_BASE_URL: ahead.url },
    'clock clock',
    /(600|599|601) s ahead of this machine/,
  ],
  [
    'a clock that is ahead',
    { ...reachedOnly, LIPAYKRIPTO_BASE_URL: behind.url },
    'clock clock',
    /(600|599|601) s behind this machine/,
  ],
  [
    'a public address where nothing listens',
    { PUBLIC_URL: nothing },
    'public-url-unreachable PUBLIC_URL',
    /nothing listens there/,
  ],
  [
    'a public address that is a web site',
    { PUBLIC_URL: site.url },
    'public-url-other PUBLIC_URL',
    /something else answers there \(200\)/,
  ],
  [
    'a public address that leads elsewhere',
    { PUBLIC_URL: moved.url },
    'public-url-other PUBLIC_URL',
    /redirect to https/,
  ],
  [
    'a proxy without the script',
    { PUBLIC_URL: asProxy.url },
    'no-script PUBLIC_URL',
    /does not serve crypto-checkout\.js/,
  ],
  [
    'a receiver where nothing listens',
    receiver(`${nothing}/hook`),
    'receiver-unreachable MERCHANT_WEBHOOK_URL',
    /nothing listens there/,
  ],
  [
    'a receiver that leads elsewhere',
    receiver(moved.url),
    'receiver-redirects MERCHANT_WEBHOOK_URL',
    /redirect/,
  ],
  [
    'a receiver that is not there',
    receiver(`${statuses.url}/404`),
    'receiver-missing MERCHANT_WEBHOOK_URL',
    /404/,
  ],
  [
    'a receiver that breaks',
    receiver(`${statuses.url}/500`),
    'receiver-fails MERCHANT_WEBHOOK_URL',
    /500/,
  ],
  [
    'a receiver that believes everybody',
    receiver(`${statuses.url}/204`),
    'receiver-believes-all MERCHANT_WEBHOOK_URL',
    /204 to what nobody signed/,
  ],
]

const nameOf = ({ code, about }: Finding): string => `${code} ${about}`

describe('doctor asks other machines', { concurrency: 2 }, () => {
  for (const [what, change, wanted, words] of PLANTED) {
    it(`${what}: ${wanted}`, async () => {
      const { code, errors, findings } = await examine({ ...base, ...change }, [])
      const found = findings.find((each) => nameOf(each) === wanted)
      assert.match(found?.what ?? JSON.stringify(findings), words)
      assert.equal(code, errors > 0 ? 1 : 0)
      if (found?.severity === 'error') assert.equal(code, 1)
    })
  }

  it('a clock that is a minute wrong is a warning; one that is right, nothing', async () => {
    const { findings } = await examine(
      { ...base, ...reachedOnly, LIPAYKRIPTO_BASE_URL: off.url },
      [],
    )
    const clocks = findings.filter(({ code }) => code === 'clock')
    assert.deepEqual(
      clocks.map(({ severity }) => severity),
      ['warning'],
    )
  })

  it('a provider that is down has no effect on what is said of the others', async () => {
    const { findings } = await examine({ ...base, CRYPTOM_BASE_URL: nothing }, [])
    assert.deepEqual(
      findings.map(nameOf).filter((name) => name.startsWith('provider')),
      ['provider-unreachable CRYPTOM_BASE_URL'],
    )
  })
})

describe('doctor, where a proxy runs with another configuration', () => {
  const variables = { ...base, RECEIPT_KEY: undefined }
  const running = start(['proxy'], { env: { ...base, DATABASE_URL: ':memory:' } })
  after(() => running.stop())

  const others: readonly (readonly [string, () => Promise<Variables>, string])[] = [
    [
      'another address',
      async () => ({ PUBLIC_URL: publicUrl.replace('localhost', '127.0.0.1') }),
      'public-url-differs PUBLIC_URL',
    ],
    [
      'other origins',
      async () => ({ ALLOWED_ORIGINS: 'https://shop.example,https://new.shop.example' }),
      'running-differs ALLOWED_ORIGINS',
    ],
    [
      'another receipt key',
      async () => {
        const { exportJWK, generateKeyPair } = await import('jose')
        const { privateKey } = await generateKeyPair('ES256', { extractable: true })
        return { RECEIPT_KEY: JSON.stringify(await exportJWK(privateKey)) }
      },
      'running-differs RECEIPT_KEY',
    ],
  ]
  for (const [what, change, wanted] of others) {
    it(`${what}: ${wanted}`, async () => {
      await running.until(/proxy\.listening/)
      const { code, findings } = await examine({ ...variables, ...(await change()) }, [])
      assert.ok(findings.map(nameOf).includes(wanted), JSON.stringify(findings, null, 2))
      assert.equal(code, 1)
    })
  }
})
