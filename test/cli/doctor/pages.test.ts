import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { startSandbox } from '../../../sandbox/index.ts'
import { examine, healthy, makeKey, serve } from './patient.ts'
import type { Finding } from './patient.ts'

const sandbox = await startSandbox()
/** Not a folder that is kept and searched for secrets: they are planted. */
const folder = await mkdtemp(join(tmpdir(), 'cc-doctor-pages-'))
after(async () => {
  await sandbox.close()
  await rm(folder, { recursive: true })
})

const password = `pa/ss"${makeKey()}`
const orderSecret = makeKey()
const webhookSecret = `whsec_${Buffer.from(makeKey()).toString('base64')}`
const variables: Record<string, string> = {
  ...healthy(sandbox.urls, 'http://localhost:8787'),
  CRYPTOM_PASSWORD: password,
  MERCHANT_WEBHOOK_URL: 'http://localhost:1/',
  MERCHANT_WEBHOOK_SECRET: webhookSecret,
  ORDER_SECRET: orderSecret,
}
const bytes = Buffer.from(orderSecret)

let shops = 0
async function shop(files: Readonly<Record<string, string>>): Promise<string> {
  const place = join(folder, `shop-${(shops += 1)}`)
  for (const [name, text] of Object.entries(files)) {
    const path = join(place, name)
    await mkdir(join(path, '..'), { recursive: true })
    await writeFile(path, text)
  }
  return place
}

const look = async (...places: readonly string[]): Promise<readonly Finding[]> =>
  (await examine(variables, ['--offline', ...places.flatMap((place) => ['--pages', place])]))
    .findings

const PLANTED: readonly (readonly [how: string, text: string, variable: string])[] = [
  ['as it is', `const key = '${orderSecret}'`, 'ORDER_SECRET'],
  ['in base64', `atob("${bytes.toString('base64')}")`, 'ORDER_SECRET'],
  [
    'in base64 of a longer text',
    Buffer.from(`{"key":"${orderSecret}"}`).toString('base64url'),
    'ORDER_SECRET',
  ],
  ['in hex', bytes.toString('hex'), 'ORDER_SECRET'],
  ['in HEX', bytes.toString('hex').toUpperCase(), 'ORDER_SECRET'],
  ['in JSON', JSON.stringify({ a: password }), 'CRYPTOM_PASSWORD'],
  ['in an address', `?p=${encodeURIComponent(password)}`, 'CRYPTOM_PASSWORD'],
  ['without its prefix', webhookSecret.slice('whsec_'.length), 'MERCHANT_WEBHOOK_SECRET'],
  ['of a provider', variables['PAYCRYPTO_API_SECRET'] ?? '', 'PAYCRYPTO_API_SECRET'],
]

describe('doctor --pages', { concurrency: 2 }, () => {
  for (const [how, text, variable] of PLANTED) {
    it(`finds a secret ${how}`, async () => {
      const place = await shop({ 'index.html': '<p>', 'assets/app-1.js': `x;${text};y` })
      const findings = await look(place)
      assert.deepEqual(
        findings.map(({ code, about, severity }) => [code, about, severity]),
        [['secret-in-page', variable, 'error']],
      )
      assert.match(findings[0]?.what ?? '', /assets.app-1\.js$/)
    })
  }

  it('finds the name of one, in a file that was built to use it', async () => {
    const place = await shop({ 'app.js': 'fetch(a,{headers:{b:import.meta.env.ORDER_SECRET}})' })
    assert.deepEqual(
      (await look(place)).map(({ code, about, severity }) => [code, about, severity]),
      [['secret-name-in-page', 'ORDER_SECRET', 'warning']],
    )
  })

  it('finds nothing where nothing is, and says where there is nothing to look at', async () => {
    const clean = await shop({ 'app.js': 'ORDER_SECRETS; redoya; whsec_', 'a.html': '<p>' })
    assert.deepEqual(await look(clean), [])
    const findings = await look(clean, join(folder, 'none'))
    assert.deepEqual(
      findings.map(({ code }) => code),
      ['no-pages'],
    )
  })

  it('follows a page to its scripts, and those to what they import', async () => {
    const files: Readonly<Record<string, string>> = {
      '/shop/': '<script type="module" src="/assets/a.js"></script><a href="/x">',
      '/assets/a.js': 'import{b}from"./b.js";import("./c.js")',
      '/assets/b.js': '1',
      '/assets/c.js': `const k="${orderSecret}"`,
    }
    const server = await serve(({ url = '' }, response) => {
      response.writeHead(files[url] === undefined ? 404 : 200).end(files[url])
    })
    try {
      const findings = await look(`${server.url}/shop/`)
      assert.deepEqual(
        findings.map(({ code, about, what }) => [code, about, what.replace(server.url, '')]),
        [['secret-in-page', 'ORDER_SECRET', 'its value stands in /assets/c.js']],
      )
      assert.deepEqual((await look(`${server.url}/none`))[0]?.code, 'no-pages')
    } finally {
      server.close()
    }
  })
})
