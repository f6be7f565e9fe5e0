/**
 * What cannot be planted on every machine: an old Node, a full disk, certificates.
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isGuessable } from '../../../cli/doctor/keys.ts'
import { checkRuntime } from '../../../cli/doctor/runtime.ts'
import { judgeRoom } from '../../../cli/doctor/store-file.ts'
import { findPlain } from '../../../cli/doctor/store-postgres.ts'
import { distance } from '../../../cli/distance.ts'
import { explainFailure } from '../../../cli/network.ts'
import { makeKey } from './patient.ts'

const MIB = 1024 * 1024

describe('parts of the doctor', () => {
  it('Node: what is older than 24 is too old', () => {
    for (const [nodeVersion, codes] of [
      ['22.11.0', ['node-too-old']],
      ['24.0.0', []],
      ['100.1.0', []],
    ] as const) {
      const findings = checkRuntime({ nodeVersion })
      assert.deepEqual(
        findings.map(({ code }) => code),
        codes,
      )
    }
  })

  it('room on the disk: below 100 MiB an error, below 1 GiB a warning', () => {
    const severities = [99, 100, 1023, 1024].map((mib) => judgeRoom(mib * MIB)[0]?.severity)
    assert.deepEqual(severities, ['error', 'warning', 'warning', undefined])
  })

  it('PostgreSQL without TLS: on this machine, or where TLS is asked for, nothing', () => {
    const codes = (url: string): readonly string[] => findPlain(url).map(({ code }) => code)
    assert.deepEqual(codes('postgres://a@db.example/x'), ['store-in-clear'])
    assert.deepEqual(codes('postgres://a@db.example/x?sslmode=disable'), ['store-in-clear'])
    assert.deepEqual(codes('postgres://a@db.example/x?sslmode=verify-full'), [])
    assert.deepEqual(codes('postgres://a@localhost/x'), [])
  })

  it('why an address does not answer: by the innermost reason, and never its words', () => {
    const failed = (code: string, name = 'Error'): Error =>
      new TypeError('fetch failed', {
        cause: Object.assign(new Error('at https://user:pass@host/'), { code, name }),
      })
    assert.match(explainFailure(failed('CERT_HAS_EXPIRED')), /has expired/)
    assert.match(explainFailure(failed('DEPTH_ZERO_SELF_SIGNED_CERT')), /not signed by anybody/)
    assert.match(explainFailure(failed('ERR_TLS_CERT_ALTNAME_INVALID')), /for another host/)
    assert.match(explainFailure(failed('CERT_NOT_YET_VALID')), /is this clock right/)
    assert.equal(explainFailure(failed('EWHATEVER')), 'it does not answer (EWHATEVER)')
    assert.equal(explainFailure(new Error('at https://user:pass@host/')), 'it does not answer')
    const both = new AggregateError([Object.assign(new Error('x'), { code: 'ECONNREFUSED' })])
    assert.equal(
      explainFailure(new TypeError('fetch failed', { cause: both })),
      'nothing listens there',
    )
  })

  it('keys that were made by chance are never called typed', () => {
    const guessable = Array.from({ length: 2000 }, makeKey).filter(isGuessable)
    assert.ok(guessable.length <= 1, String(guessable.length))
    const hex = Array.from({ length: 2000 }, () => Buffer.from(makeKey()).toString('hex'))
    assert.ok(hex.filter(isGuessable).length <= 20)
    for (const typed of ['a'.repeat(64), 'ab'.repeat(32), 'correct-secret-horse-battery-staple']) {
      assert.ok(isGuessable(typed), typed)
    }
  })

  it('the distance of two words', () => {
    const pairs = [
      ['', ''],
      ['abc', 'abc'],
      ['abc', 'abd'],
      ['abc', 'ab'],
      ['', 'abc'],
      ['kitten', 'sitting'],
    ] as const
    assert.deepEqual(
      pairs.map(([one, other]) => distance(one, other)),
      [0, 0, 1, 1, 3, 3],
    )
  })
})
