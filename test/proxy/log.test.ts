import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { COMMON_FIELDS, EVENTS } from '../../proxy/events.ts'
import { createLog } from '../../proxy/log.ts'
import type { Log } from '../../proxy/log.ts'
import { runAs, runFor } from '../../proxy/trace.ts'

const SECRET = 'p4ss/w0rd+ü"\\'
const RUNS = Number(process.env['FC_RUNS'] ?? 3000)

function open() {
  const lines: string[] = []
  const log = createLog({ secrets: [SECRET], now: () => 0, write: (line) => lines.push(line) })
  return { log, lines }
}

function write(fields: Record<string, unknown>): string {
  const { log, lines } = open()
  log('warn', 'provider.failed', fields)
  assert.equal(lines.length, 1)
  return lines.join('\n')
}

describe('logs', () => {
  it('are one JSON object a line', () => {
    assert.deepEqual(JSON.parse(write({ detail: 'two\nlines' })), {
      time: '1970-01-01T00:00:00.000Z',
      level: 'warn',
      event: 'provider.failed',
      detail: 'two\nlines',
    })
    assert.equal(write({ detail: 'two\nlines\r\u0000' }).split('\n').length, 1)
  })

  it('have the fields of their event, and no others', () => {
    const fields = {
      detail: 'known',
      body: 'another’s',
      authorization: 'no',
      time: 'x',
      event: 'x',
    }
    assert.deepEqual(Object.keys(JSON.parse(write(fields)) as object), [
      'time',
      'level',
      'event',
      'detail',
    ])
    const own = JSON.parse(write(JSON.parse('{"__proto__":{"level":"x"},"detail":"known"}')))
    assert.equal(own.level, 'warn')
    assert.deepEqual(Object.keys(own), ['time', 'level', 'event', 'detail'])
  })

  it('hold texts, numbers, yes and no, and nothing deeper', () => {
    const deep = { toString: () => assert.fail('asked'), toJSON: () => 'x' }
    const line = write({ detail: deep, code: ['a'], provider: 1n, operation: null, payment: 7 })
    const { detail, code, provider, operation, payment } = JSON.parse(line)
    assert.deepEqual([detail, code, provider], [undefined, undefined, undefined])
    assert.deepEqual([operation, payment], [null, 7])
  })

  it('cut what is too long, after the secrets are out', () => {
    const text = 'a'.repeat(995) + SECRET + 'b'.repeat(100_000)
    const { detail } = JSON.parse(write({ detail: text })) as { detail: string }
    assert.ok(detail.length < 1050, String(detail.length))
    assert.match(detail, /^a{995}\[reda… \(\d+ more\)$/)
  })

  it('show no control character, separator or change of direction as it is', () => {
    const nasty = '\u001b[31m \u009b \u007f \u2028\u2029 \u202e\u2066 \ufeff\u200b \u{e0041} \ud800'
    const line = write({ detail: nasty })
    assert.ok(/^[\x20-\x7e…]*$/.test(line), line)
    assert.equal((JSON.parse(line) as { detail: string }).detail, nasty)
  })

  it('say which request and which payment they belong to', () => {
    const { log, lines } = open()
    runAs({ requestId: 'r1' }, () =>
      runFor({ checkoutId: 'c1', paymentId: 'p1' }, () => log('info', 'payment.created')),
    )
    log('info', 'payment.created')
    const [inside, outside] = lines.map((line) => JSON.parse(line))
    assert.deepEqual(
      [inside.requestId, inside.checkout, inside.payment, outside.requestId],
      ['r1', 'c1', 'p1', undefined],
    )
  })
})

describe('secrets in logs', () => {
  const bytes = Buffer.from(SECRET)
  const inside = (before: string): string =>
    Buffer.concat([Buffer.from(before), bytes, Buffer.from('tail')]).toString('base64')

  for (const [form, text] of [
    ['as it is', SECRET],
    ['in a URL', encodeURIComponent(SECRET)],
    [
      'in a URL, in small letters',
      encodeURIComponent(SECRET).replace(/%../g, (x) => x.toLowerCase()),
    ],
    ['in a form', new URLSearchParams({ a: SECRET }).toString().slice(2)],
    ['in JSON', JSON.stringify(SECRET).slice(1, -1)],
    ['in JSON inside JSON', JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
    ['in JSON of ASCII alone', JSON.stringify(SECRET).slice(1, -1).replace('ü', '\\u00fc')],
    ['in base64', bytes.toString('base64')],
    ['in base64url', bytes.toString('base64url')],
    ['in hex', bytes.toString('hex')],
    ['in HEX', bytes.toString('hex').toUpperCase()],
  ] as const) {
    it(`never hold a secret ${form}`, () => {
      const line = write({ detail: `before ${text} after` })
      assert.ok(!line.includes(text) && line.includes('[redacted]'), line)
      assert.ok(!line.includes(JSON.stringify(text).slice(1, -1)), line)
    })
  }

  for (const before of ['', 'a', 'ab', 'abc', 'user:']) {
    it(`are blotted out in the base64 of “${before}…”`, () => {
      const { detail } = JSON.parse(write({ detail: `x ${inside(before)} y` })) as {
        detail: string
      }
      assert.ok(detail.includes('[redacted]'), detail)
      // What is left of it, wherever the groups of four begin, gives nothing of it back.
      const rest = detail.split('[redacted]').map((part) => part.replace(/^x | y$/g, ''))
      for (const part of rest) {
        assert.ok(!Buffer.from(part, 'base64').toString().includes(SECRET.slice(0, 4)), part)
      }
    })
  }

  for (const [what, text, kept] of [
    [
      'anything shaped like a token',
      'a eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl z',
      'a [redacted] z',
    ],
    ['Authorization', 'Authorization: Bearer abc.def-1 z', 'Authorization: [redacted] z'],
    ['Authorization in JSON', '{"authorization":"Basic dTpw"}', '{"authorization":"[redacted]"}'],
    ['Access-Passphrase', 'access-passphrase=hunter2&a=b', 'access-passphrase=[redacted]&a=b'],
    ['Access-Sign', '{"Access-Sign": "c2ln"}', '{"Access-Sign": "[redacted]"}'],
    ['a bearer', 'sent bearer 0123456789abc', 'sent bearer [redacted]'],
    [
      'the token in an address of ours',
      `at /v1/webhooks/lipaykripto/${'Ab_-9'.repeat(9).slice(0, 43)}?x`,
      'at /v1/webhooks/lipaykripto/[redacted]?x',
    ],
    ['the token of a return', `/v1/returns/${'Z'.repeat(43)}/i`, '/v1/returns/[redacted]/i'],
  ] as const) {
    it(`${what}: blotted out by its shape`, () => {
      assert.equal((JSON.parse(write({ detail: text })) as { detail: string }).detail, kept)
    })
  }

  it('several tokens in a row are blotted out, each', () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl'
    const line = write({ detail: `${jwt} and ${jwt}, id.${jwt}.${jwt}` })
    assert.doesNotMatch(line, /eyJ|c2lnb/)
  })

  it('are looked for in no more time than the text is long', () => {
    for (const piece of [
      'eyJaaaaaa',
      'eyJaaaaaa.',
      'authorization ',
      'bearer ',
      'authorization:\\',
    ]) {
      const from = process.cpuUsage()
      write({ detail: piece.repeat(Math.ceil(500_000 / piece.length)) })
      const { user } = process.cpuUsage(from)
      assert.ok(user < 2_000_000, `${piece}: ${user / 1000} ms`)
    }
  })

  it('leave words alone that only look a little like it', () => {
    const words = 'the bearer of the key answered 401: password or key wrong'
    assert.equal((JSON.parse(write({ detail: words })) as { detail: string }).detail, words)
  })
})

describe('whatever is logged', () => {
  const nasty = fc.constantFrom(
    '\n',
    '\r\n',
    '\u2028',
    '\u2029',
    '\u0085',
    '\u001b[2K',
    '\u202e',
    '\ud800',
    '\udfff',
    '"',
    '\\',
    '","event":"payment.changed","x":"',
    '}\n{"level":"info"}',
  )
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    nasty,
    fc.constant(SECRET),
    fc.constant(encodeURIComponent(SECRET)),
    fc.constant(Buffer.from(SECRET).toString('base64')),
    fc.integer({ min: 0, max: 5000 }).map((length) => 'x'.repeat(length)),
  )
  const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''))
  const name = fc.oneof(
    fc.constantFrom(
      'detail',
      'code',
      'payment',
      'provider',
      'alarm',
      '__proto__',
      'level',
      'event',
    ),
    fc.string({ maxLength: 8 }),
  )
  const value = fc.oneof(
    { weight: 4, arbitrary: text },
    { weight: 1, arbitrary: fc.anything({ withBigInt: true, withNullPrototype: true }) },
  )
  const fields = fc.array(fc.tuple(name, value), { maxLength: 6 })

  it('is one line, of printable characters, JSON, of known fields, without a secret', () => {
    fc.assert(
      fc.property(fields, (entries) => {
        const given = Object.fromEntries(entries)
        const line = write(given)
        assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Cs}]/u)
        assert.ok(line.length < 20_000)
        assert.ok(!line.includes(SECRET) && !line.includes(JSON.stringify(SECRET).slice(1, -1)))
        assert.ok(!line.includes(encodeURIComponent(SECRET)))
        const read = JSON.parse(line) as Record<string, unknown>
        assert.deepEqual([read['level'], read['event']], ['warn', 'provider.failed'])
        for (const key of Object.keys(read)) assert.ok(KNOWN.has(key), key)
      }),
      { numRuns: RUNS },
    )
  })

  const KNOWN = new Set<string>([
    'time',
    'level',
    'event',
    ...COMMON_FIELDS,
    ...EVENTS['provider.failed'].fields,
  ])
})

/** The compiler refuses an event, a level or a field that is not in the table. */
export function refused(log: Log): void {
  // @ts-expect-error: no such event
  log('info', 'payment.invented')
  // @ts-expect-error: it never comes at this level
  log('error', 'payment.created')
  // @ts-expect-error: it has no such field
  log('info', 'payment.created', { body: 'x' })
  // @ts-expect-error: no such alarm
  log('info', 'payment.created', { alarm: 'invented' })
}
