import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { createLog } from '../../proxy/log.ts'

const SECRET = 'p4ss/w0rd+ü"\\'

function write(fields: Record<string, string>): string {
  const lines: string[] = []
  const log = createLog({ secrets: [SECRET], now: () => 0, write: (line) => lines.push(line) })
  log('info', 'test.event', fields)
  return lines.join('\n')
}

describe('logs', () => {
  it('are one JSON object a line', () => {
    assert.deepEqual(JSON.parse(write({ detail: 'two\nlines' })), {
      time: '1970-01-01T00:00:00.000Z',
      level: 'info',
      event: 'test.event',
      detail: 'two\nlines',
    })
    assert.equal(write({ detail: 'two\nlines\r\u0000' }).split('\n').length, 1)
  })

  for (const [form, text] of [
    ['as it is', SECRET],
    ['in a URL', encodeURIComponent(SECRET)],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64url', Buffer.from(SECRET).toString('base64url')],
    ['in hex', Buffer.from(SECRET).toString('hex')],
  ] as const) {
    it(`never hold a secret ${form}`, () => {
      const line = write({ detail: `before ${text} after` })
      assert.ok(!line.includes(text) && line.includes('[redacted]'))
      assert.ok(!line.includes(JSON.stringify(text).slice(1, -1)))
    })
  }

  it('never hold anything shaped like a token', () => {
    const line = write({ detail: 'token eyJhbGciOiJIUzI1NiJ9.eyJhIjoxfQ.c2lnbmF0dXJl end' })
    assert.match(line, /token \[redacted\] end/)
  })
})
