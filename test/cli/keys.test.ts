import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { parseEnv } from 'node:util'
import { readConfig } from '../../proxy/config.ts'
import { isGuessable } from '../../cli/doctor/keys.ts'
import { run, UNHEARD } from './support.ts'

const NAMES = [
  'PROXY_SECRET',
  'ORDER_SECRET',
  'MERCHANT_API_KEY',
  'METRICS_KEY',
  'MERCHANT_WEBHOOK_SECRET',
  'RECEIPT_KEY',
]

/** Not a folder that is kept and searched for secrets: it holds some, as it must. */
const folder = await mkdtemp(join(tmpdir(), 'cc-cli-keys-'))
after(() => rm(folder, { recursive: true }))

const keys = (...args: readonly string[]) => run(['keys', ...args], { env: UNHEARD })

describe('crypto-checkout keys', () => {
  it('makes keys that the proxy takes, other ones each time', async () => {
    const [one, other] = await Promise.all([keys('--json'), keys('--json')])
    const [first, second] = [one, other].map(
      ({ output }) => JSON.parse(output) as Record<string, string>,
    )
    assert.deepEqual(Object.keys(first ?? {}), NAMES)
    for (const name of NAMES) assert.notEqual(first?.[name], second?.[name])
    const config = readConfig({
      ...first,
      PUBLIC_URL: 'https://pay.shop.example',
      ALLOWED_ORIGINS: 'https://shop.example',
      MERCHANT_WEBHOOK_URL: 'https://shop.example/hooks',
      LIPAYKRIPTO_CLIENT_ID: 'client',
      LIPAYKRIPTO_CLIENT_SECRET: 'nobody-s-own',
    })
    assert.equal(config.receiptKeys.length, 1)
    for (const name of NAMES.slice(0, 5)) assert.ok(!isGuessable(first?.[name] ?? ''), name)
  })

  it('prints lines of a .env, with which the proxy would start', async () => {
    const { code, output, errors } = await keys()
    assert.deepEqual([code, errors], [0, ''])
    const read = parseEnv(output) as Record<string, string>
    // Alone, without its URL, it would be a mistake.
    assert.deepEqual(
      Object.keys(read).toSorted(),
      NAMES.filter((name) => name !== 'MERCHANT_WEBHOOK_SECRET').toSorted(),
    )
    assert.match(output, /^# MERCHANT_WEBHOOK_SECRET=whsec_/m)
    assert.equal((JSON.parse(read['RECEIPT_KEY'] ?? '') as { kty: string }).kty, 'EC')
  })

  it('makes one that is named, and nothing that it does not know', async () => {
    assert.match((await keys('METRICS_KEY')).output, /^# .*\nMETRICS_KEY=[\w-]{43}\n$/)
    const { code, output, errors } = await keys('METRICS_KEYS')
    assert.deepEqual([code, output], [2, ''])
    assert.match(errors, /makes PROXY_SECRET, ORDER_SECRET, .*; nothing else/)
  })

  it('--out: fills in what is empty, adds what is missing, and overwrites nothing', async () => {
    const file = join(folder, '.env')
    await writeFile(file, '# mine\nORDER_SECRET=kept\nPROXY_SECRET=\nPORT=1', { mode: 0o600 })
    const first = await keys('--out', file)
    assert.equal(first.output, '')
    assert.match(first.errors, /Written to .*: PROXY_SECRET, MERCHANT_API_KEY, METRICS_KEY/)
    assert.match(first.errors, /Left as they were: ORDER_SECRET\n/)
    const text = await readFile(file, 'utf8')
    const read = parseEnv(text) as Record<string, string>
    assert.deepEqual([read['ORDER_SECRET'], read['PORT']], ['kept', '1'])
    assert.match(read['PROXY_SECRET'] ?? '', /^[\w-]{43}$/)
    assert.match(text, /^# mine\n/)

    const again = await keys('--out', file)
    assert.match(again.errors, new RegExp(`Left as they were: ${NAMES.join(', ')}\n`))
    assert.equal(await readFile(file, 'utf8'), text)
  })

  it('--out: leaves a file that nobody else can read, whatever it was', async () => {
    const [made, open] = [join(folder, 'new.env'), join(folder, 'open.env')]
    await writeFile(open, 'PORT=1\n', { mode: 0o644 })
    for (const file of [made, open]) {
      await keys('--out', file)
      assert.equal((await stat(file)).mode & 0o777, 0o600)
    }
  })
})
