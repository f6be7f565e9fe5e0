import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { redoya } from '../../../proxy/providers/index.ts'
import { expiryOf, isLeaky } from '../../../proxy/providers/redoya-identifier.ts'
import { testContext } from '../support.ts'

const SECRET = 'demo-secret-not-real-0001'
const NOW_S = 1_760_000_000
const DAY_S = 86_400

const encode = (text: string): string => Buffer.from(text).toString('base64url')
/** A JWT with these claims, or with this text in their place. */
const identifierOf = (claims: object | string): string =>
  `${encode('{"alg":"HS256"}')}.${encode(typeof claims === 'string' ? claims : JSON.stringify(claims))}.c2lnbmF0dXJl`

const leaks = (identifier: string, secret = SECRET): boolean => isLeaky({ identifier, secret })

describe('redoya: an identifier that tells the secret', () => {
  for (const [what, identifier] of [
    ['as a claim called secret', identifierOf({ secret: 'another' })],
    ['as a claim like it, deeper', identifierOf({ vendor: { apiSecretKey: 'another' } })],
    ['as a claim in other letters', identifierOf({ SECRET_KEY: 'another' })],
    ['under any name', identifierOf({ note: SECRET })],
    ['inside a longer text', identifierOf({ note: `key=${SECRET};` })],
    ['in base64', identifierOf({ note: encode(`x${SECRET}`) })],
    ['in its header', `${encode(JSON.stringify({ alg: 'HS256', kid: SECRET }))}.e30.c2ln`],
    ['as it is', `vendor.${SECRET}.x`],
    ['in hex, and is no JWT', `vendor.${Buffer.from(SECRET).toString('hex')}`],
  ] as const) {
    it(`${what} is found`, () => assert.equal(leaks(identifier), true))
  }

  it('is found for a short one, where it stands by itself', () => {
    assert.equal(leaks('abc.def.gh', 'def'), true)
    assert.equal(leaks(identifierOf({ note: 'my "abc' }), '"abc'), true)
    // Seven letters could stand in any noise of base64: they are not looked for in there.
    assert.equal(leaks(encode('my 1234567'), '1234567'), false)
    assert.equal(leaks(encode('my 12345678'), '12345678'), true)
  })
})

describe('redoya: an identifier that tells none', () => {
  for (const [what, identifier] of [
    ['a JWT of other claims', identifierOf({ vendor: 7, exp: NOW_S })],
    ['the word in a value', identifierOf({ note: 'no secret here' })],
    ['a half of it', identifierOf({ note: SECRET.slice(0, 12) })],
    ['no JWT at all', 'vendor.identifier.of-nobody'],
  ] as const) {
    it(`${what} is taken`, () => assert.equal(leaks(identifier), false))
  }
})

describe('redoya: the options', () => {
  const leaky = identifierOf({ secret: 'another' })

  it('refuse one that tells, unless it was said to go on', () => {
    assert.throws(
      () => redoya({ secret: SECRET, identifier: leaky }),
      ({ issues }: { issues: { path: string[]; message: string }[] }) => {
        const [{ path, message } = assert.fail()] = issues
        assert.deepEqual(path, ['identifier'])
        assert.match(message, /^carries a secret inside, which every shopper could read/)
        return true
      },
    )
    redoya({ secret: SECRET, identifier: leaky, allowLeakyIdentifier: true })
    redoya({ secret: SECRET, identifier: identifierOf({ vendor: 7 }) })
  })

  for (const identifier of [
    'x'.repeat(15),
    'x'.repeat(1201),
    `${'x'.repeat(20)} `,
    ` ${leaky}`,
    `${leaky}#x`,
  ]) {
    it(`refuse ${identifier.length} characters ${JSON.stringify(identifier.slice(-5))}`, () => {
      const make = () => redoya({ secret: SECRET, identifier, allowLeakyIdentifier: true })
      assert.throws(make, /must be 16 to 1200 characters of a token/)
    })
  }

  it('take 16 characters, and 1200', () => {
    for (const length of [16, 1200]) redoya({ secret: SECRET, identifier: 'y'.repeat(length) })
  })
})

describe('redoya: the end of an identifier', () => {
  it('is what its claims say, in milliseconds', () => {
    assert.equal(expiryOf(identifierOf({ exp: NOW_S })), NOW_S * 1000)
    assert.equal(expiryOf(identifierOf({ vendor: 7 })), undefined)
    assert.equal(expiryOf('vendor.identifier.of-nobody'), undefined)
    assert.equal(expiryOf(identifierOf('no JSON')), undefined)
  })

  const told = (claims: object): unknown[][] => {
    const lines: unknown[][] = []
    const log = (...line: unknown[]) => void lines.push(line)
    redoya({ secret: SECRET, identifier: identifierOf(claims) })(
      testContext(() => NOW_S * 1000, { log }),
    )
    return lines
  }

  it('raises an alarm two weeks before it, and after it', () => {
    for (const exp of [NOW_S - 1, NOW_S, NOW_S + DAY_S, NOW_S + 14 * DAY_S - 1]) {
      assert.deepEqual(told({ exp }), [
        [
          'error',
          'redoya.identifier_expires',
          { at: new Date(exp * 1000).toISOString(), alarm: 'identifier_expires' },
        ],
      ])
    }
  })

  it('raises none earlier, and none where it has no end', () => {
    assert.deepEqual(told({ exp: NOW_S + 14 * DAY_S }), [])
    assert.deepEqual(told({ exp: NOW_S + 90 * DAY_S }), [])
    assert.deepEqual(told({ vendor: 7 }), [])
  })
})
