import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync, readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { verifyWebhook } from '../../merchant/index.ts'
import { startReceiver } from './receiver.ts'
import { CHECKOUT, SECRET } from './webhook-samples.ts'

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url))
const RECIPES = join(DOCS, 'recipes')
const PAGE = readFileSync(join(DOCS, 'merchant.md'), 'utf8')
const LANGUAGES: Readonly<Record<string, string>> = {
  '.py': 'python',
  '.php': 'php',
  '.ts': 'ts',
  '.sh': 'sh',
  '.json': 'json',
}

const sources = (name: string): string =>
  readFileSync(new URL(`../../merchant/${name}`, import.meta.url), 'utf8')

describe('the page for merchants', () => {
  for (const file of readdirSync(RECIPES)) {
    it(`shows ${file} as it is`, () => {
      const recipe = readFileSync(join(RECIPES, file), 'utf8')
      const language = LANGUAGES[extname(file)]
      assert.ok(language !== undefined, 'a recipe in a language that the page knows')
      assert.ok(PAGE.includes(`\`\`\`${language}\n${recipe}\`\`\`\n`))
    })
  }

  it('names every code of every error', () => {
    const codes = [
      ...sources('verify-webhook.ts').matchAll(/'([a-z]+_[a-z]+)'/g),
      ...sources('verify-receipt.ts').matchAll(/^ {2}([a-z_]+): '/gm),
    ].map(([, code = '']) => code)
    assert.ok(codes.includes('too_old') && codes.includes('keys_unavailable'))
    for (const code of new Set(codes)) assert.ok(PAGE.includes(`\`${code}\``), code)
  })

  it('shows a body with every field that the types have', () => {
    const { data } = JSON.parse(readFileSync(join(RECIPES, 'paid.json'), 'utf8'))
    const namesOf = (value: object = {}): string[] => Object.keys(value).toSorted()
    assert.deepEqual(namesOf(data), namesOf(CHECKOUT))
    assert.deepEqual(namesOf(data.payments[0]), namesOf(CHECKOUT.payments[0]))
  })

  it('ships once, whatever comes twice, late or out of order', () => {
    const [, sql = ''] = /```sql\n([\s\S]+?)```/.exec(PAGE) ?? []
    const database = new DatabaseSync(':memory:')
    database.exec(`
      create table checkouts (id text primary key, order_id text, version integer, status text);
      create table orders (id text primary key, ship integer default false);
      insert into orders (id) values ('A-1');
    `)
    const statements = sql.split(/(?<=;)/).filter((text) => text.includes(';'))
    const [keep, ship] = statements.map((text) => database.prepare(text))
    assert.ok(keep && ship && statements.length === 2)
    const apply = (version: number, status: string, id = 'c1'): string => {
      const { changes } = keep.run({ id, orderId: 'A-1', version, status })
      if (changes === 0) return 'old'
      return status === 'paid' && ship.run({ orderId: 'A-1' }).changes === 1 ? 'shipped' : 'kept'
    }
    const heard = [
      apply(2, 'pending'),
      apply(2, 'pending'),
      apply(7, 'paid'),
      apply(5, 'processing'),
      apply(7, 'paid'),
      apply(8, 'paid'),
      apply(3, 'paid', 'c2'),
      apply(9, 'refunded'),
    ]
    assert.deepEqual(heard, ['kept', 'old', 'shipped', 'old', 'old', 'kept', 'kept', 'kept'])
    const { status } = database.prepare(`select status from checkouts where id = 'c1'`).get() ?? {}
    assert.equal(status, 'refunded')
  })

  const missing = ['sh', 'openssl', 'curl', 'od', 'base64'].find(
    (command) => spawnSync('sh', ['-c', `command -v ${command}`]).status !== 0,
  )
  const skip = missing === undefined ? false : `${missing} is not installed`

  it('sends a body that passes, by a script', { skip }, async (t) => {
    const heard: { headers: Headers; body: string }[] = []
    const { url, close } = await startReceiver(async (request) => {
      heard.push({ headers: request.headers, body: await request.text() })
      return new Response(null, { status: 204 })
    })
    t.after(close)
    const files = [join(RECIPES, 'send_webhook.sh'), url, join(RECIPES, 'paid.json')]
    const env = { ...process.env, MERCHANT_WEBHOOK_SECRET: SECRET }
    const { stdout } = await promisify(execFile)('sh', files, { env, timeout: 20_000 })
    assert.match(stdout, /^HTTP\/1.1 204/)
    const [sent] = heard
    assert.ok(sent)
    const event = await verifyWebhook(sent, { secret: SECRET })
    assert.equal(event.type, 'checkout.paid')
    const other = { secret: SECRET.replace('AAEC', 'AAED') }
    await assert.rejects(verifyWebhook(sent, other), { code: 'wrong_signature' })
  })
})
