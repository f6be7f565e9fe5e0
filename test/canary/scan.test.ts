/**
 * The scan finds a secret wherever it is planted, in every spelling, and lets pass what belongs there.
 * @module
 */
import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, describe, it } from 'node:test'
import type { Line, Secret, Text } from './recorder.ts'
import { scan } from './scan.ts'
import { createSearch } from './search.ts'
import { spellingsOf } from './spellings.ts'

const OWN: Secret = {
  value: 'own/secret+0123456789-"Vq3nT8mWk2Xc',
  name: 'ORDER_SECRET',
  owner: 'proxy',
  audience: 'nobody',
}
const SENT: Secret = {
  value: 'sent-to-cryptom-R5yB7pLd',
  name: 'CRYPTOM_PASSWORD',
  owner: 'cryptom',
  audience: 'owner',
}
const RETURN: Secret = {
  value: 'return-token-Zx81LmQp04TtYvWw55',
  name: 'return address',
  owner: 'redoya',
  audience: 'shopper',
}
/** A run as it should be: everything was heard, and the key went to its provider. */
const CLEAN: readonly Text[] = [
  { kind: 'log', text: '{"event":"payment.created"}', from: 'a.test.ts' },
  { kind: 'answer', text: '200\netag: "1"\n\n{}', from: 'a.test.ts' },
  { kind: 'database', text: 'payments\n1\t2', from: 'a.test.ts' },
  { kind: 'outbound', to: 'cryptom', text: `POST /login\n${SENT.value}`, from: 'a.test.ts' },
  { kind: 'outbound', to: 'merchant', text: 'POST /webhook', from: 'a.test.ts' },
]
const PLACES = ['log', 'answer', 'database', 'to providers', 'to merchant']

const folders: string[] = []
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('every spelling', () => {
  const texts: Readonly<Record<string, (secret: string) => string>> = {
    'as it is': (secret) => `{"a":${secret}}`,
    'percent-encoded': (secret) => `?key=${encodeURIComponent(secret)}&x=1`,
    'in JSON': (secret) => JSON.stringify({ secret }),
    'in JSON with escaped slashes': (secret) => JSON.stringify({ secret }).replaceAll('/', '\\/'),
    ...Object.fromEntries(
      ['', 'x', 'xy', '{"secret":"'].flatMap((before) =>
        (['base64', 'base64url', 'hex'] as const).map((encoding) => [
          `in ${encoding} after ${before.length} letters`,
          (secret: string) => Buffer.from(`${before}${secret}"}`).toString(encoding),
        ]),
      ),
    ),
    'in upper hex': (secret) => Buffer.from(secret).toString('hex').toUpperCase(),
    'in percent-encoded base64': (secret) =>
      encodeURIComponent(Buffer.from(`ab${secret}`).toString('base64')),
    backwards: (secret) => secret.split('').toReversed().join(''),
    'the first half': (secret) => `${secret.slice(0, Math.floor(secret.length / 2))}…`,
    'the second half': (secret) => `…${secret.slice(Math.floor(secret.length / 2))}`,
  }
  for (const [name, write] of Object.entries(texts)) {
    it(`is found: ${name}`, () => {
      const search = createSearch(spellingsOf(OWN.value))
      // Wherever in a text it begins.
      for (let before = 0; before < 12; before += 1) {
        assert.notEqual(search(`${'.'.repeat(before)}${write(OWN.value)}..`).length, 0)
      }
      assert.deepEqual(search(write('another-secret-0123456789-abcdefghi')), [])
    })
  }
})

describe('the scan', () => {
  it('says nothing of a run as it should be', () => {
    const { isClean, output } = scanned(CLEAN)
    assert.ok(isClean, output)
    assert.match(output, /to providers\s+1\s+1\s+1\s+0/)
  })

  const leaks: Readonly<Record<string, Text>> = {
    'a log line': { kind: 'log', text: `{"detail":"${SENT.value}"}`, from: 'x' },
    'what a process prints': { kind: 'output', text: `Error: ${OWN.value}`, from: 'x' },
    'an answer’s body': { kind: 'answer', text: `500\n\n${SENT.value}`, from: 'x' },
    'a header': { kind: 'answer', text: `200\nx-debug: ${SENT.value}\n\n`, from: 'x' },
    'a redirect’s address': {
      kind: 'answer',
      text: `303\nlocation: https://shop.example/?k=${encodeURIComponent(OWN.value)}\n\n`,
      from: 'x',
    },
    'a column in clear': { kind: 'database', text: `payments\n1\t${SENT.value}`, from: 'x' },
    'a call to another provider': {
      kind: 'outbound',
      to: 'redoya',
      text: `GET /?x=${SENT.value}`,
      from: 'x',
    },
    'a call to nobody knows whom': {
      kind: 'outbound',
      to: 'unknown',
      text: SENT.value,
      from: 'x',
    },
    'a call to a provider, with what is sent to nobody': {
      kind: 'outbound',
      to: 'cryptom',
      text: OWN.value,
      from: 'x',
    },
    'what the merchant is told': { kind: 'outbound', to: 'merchant', text: SENT.value, from: 'x' },
    'a page': { kind: 'browser', text: `<p>${SENT.value}</p>`, from: 'x' },
    'a shopper’s address in a log line': { kind: 'log', text: RETURN.value, from: 'x' },
    'a shopper’s address with another provider': {
      kind: 'outbound',
      to: 'cryptom',
      text: RETURN.value,
      from: 'x',
    },
  }
  for (const [place, text] of Object.entries(leaks)) {
    it(`finds it in ${place}`, () => {
      const { isClean, output } = scanned([...CLEAN, text])
      assert.match(
        output,
        /LEAK .*(ORDER_SECRET|CRYPTOM_PASSWORD|return address), as it is|LEAK .*percent/,
      )
      assert.ok(!isClean)
    })
  }

  it('lets a shopper see the address that the shopper comes back to', () => {
    const text = `303\nlocation: /v1/returns/${RETURN.value}`
    const { isClean, output } = scanned([...CLEAN, { kind: 'answer', text, from: 'x' }])
    assert.ok(isClean, output)
  })

  for (const [form, text] of [
    ['a JWK', JSON.stringify({ kty: 'EC', d: 'A'.repeat(43) })],
    ['a JWK inside JSON', JSON.stringify({ key: JSON.stringify({ d: 'A'.repeat(43) }) })],
    ['PEM', `-----BEGIN PRIVATE KEY-----\n${'A'.repeat(64)}`],
  ] as const) {
    it(`finds a private key that nobody declared: ${form}`, () => {
      const { isClean, output } = scanned([...CLEAN, { kind: 'database', text, from: 'x' }])
      assert.match(output, /LEAK database: a private key, in x/)
      assert.ok(!isClean)
    })
  }

  it('finds it in the bundle', () => {
    const files = { 'dist/crypto-checkout.js': `const a=${JSON.stringify(OWN.value)}` }
    const { isClean, output } = scanned(CLEAN, { files, dist: true })
    assert.match(output, /LEAK bundle: proxy ORDER_SECRET, in JSON, in crypto-checkout\.js/)
    assert.ok(!isClean)
  })

  it('finds it in a log that a test threw away', () => {
    const files = { 'folders/some 1/proxy.log': `x\n${SENT.value}` }
    assert.match(scanned(CLEAN, { files }).output, /LEAK output: cryptom CRYPTOM_PASSWORD/)
  })

  it('finds it in a database that a test threw away, its last pages included', () => {
    const run = begin(CLEAN)
    const folder = join(run, 'folders', 'some')
    mkdirSync(folder, { recursive: true })
    const database = new DatabaseSync(join(folder, 'checkout.db'))
    database.exec('pragma journal_mode = wal; create table t (a text)')
    // Longer than a page, so that its rows, too, have to be read.
    const value = `${'x'.repeat(4090)}${SENT.value}`
    database.prepare('insert into t values (?)').run(value)
    const { isClean, output } = end(run)
    database.close()
    assert.match(output, /LEAK database: cryptom CRYPTOM_PASSWORD, as it is, in some\/checkout\.db/)
    assert.ok(!isClean)
  })

  it('leaves out what the demo keeps on purpose', () => {
    const files = { 'folders/some 1/demo-secrets.json': OWN.value }
    assert.ok(scanned(CLEAN, { files }).isClean)
  })

  describe('fails where it could not have found anything', () => {
    for (const place of PLACES) {
      it(`nothing was heard: ${place}`, () => {
        const rest = CLEAN.filter(({ kind, to }) => {
          const isProvider = to !== undefined && to !== 'merchant'
          return kind !== place && (isProvider ? 'to providers' : `to ${to}`) !== place
        })
        const { isClean, output } = scanned(rest)
        assert.match(output, new RegExp(`LEAK ${place}: nothing was heard`))
        assert.ok(!isClean)
      })
    }

    it('no secret was configured', () => {
      assert.match(scanned(CLEAN, { secrets: [] }).output, /no secret was configured/)
    })

    it('a key is not even found where it belongs', () => {
      const blind = CLEAN.map((text) => ({ ...text, text: 'nothing' }))
      assert.match(scanned(blind).output, /not even the keys that belong there/)
    })

    it('a secret is too short to be a marker', () => {
      const { output } = scanned(CLEAN, { secrets: [OWN, SENT, { ...OWN, value: 'short' }] })
      assert.match(output, /LEAK proxy ORDER_SECRET: 5 characters are no marker/)
    })
  })
})

interface Planted {
  readonly secrets?: readonly Secret[]
  readonly files?: Readonly<Record<string, string>>
  readonly dist?: boolean
}

function scanned(texts: readonly Text[], planted: Planted = {}) {
  return end(begin(texts, planted), planted)
}

/** A folder as a run leaves it. */
function begin(
  texts: readonly Text[],
  { secrets = [OWN, SENT, RETURN], files = {} }: Planted = {},
): string {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-scan-'))
  folders.push(folder)
  const lines: Line[] = [
    ...secrets.map((secret) => ({ secret })),
    ...texts.map((heard) => ({ heard })),
  ]
  // The last line is one of a process that was killed while it wrote.
  const text = `${lines.map((line) => JSON.stringify(line)).join('\n')}\n{"heard":{"kind":"lo`
  for (const [path, content] of Object.entries({ ...files, '1.jsonl': text })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

function end(folder: string, { dist = false }: Planted = {}) {
  const { isClean, lines } = scan({
    folder,
    places: PLACES,
    ...(dist && { dist: join(folder, 'dist') }),
  })
  return { isClean, output: lines.join('\n') }
}
