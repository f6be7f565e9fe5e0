import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { readLipayNotice } from '../../../proxy/providers/lipaykripto-notice.ts'

const SECRET = 'webhook-secret-of-nobody'
/** Written as no program would: only the bytes that came can be what was signed. */
const FIRST = '"clientId": "test-client",  "status":"confirmed"'
const LAST = '"tryAmount": 100.0, "requestId" : "WD-1"'
const NOTICE = {
  clientId: 'test-client',
  status: 'confirmed',
  tryAmount: '100',
  paymentId: 'WD-1',
}

const sum = (text: string): string => createHmac('sha256', SECRET).update(text).digest('hex')

describe('lipaykripto: where a signature stands', () => {
  for (const [where, signed, body] of [
    ['at the end', `{${FIRST}, ${LAST}}`, `{${FIRST}, ${LAST}, "signature": "#"}`],
    ['at the end, tight', `{${FIRST},${LAST}}`, `{${FIRST},${LAST},"signature":"#"}`],
    ['at the end, wide', `{${FIRST}, ${LAST}  }`, `{${FIRST}, ${LAST} ,\n "signature" \t: "#" }`],
    ['in the middle', `{${FIRST}, ${LAST}}`, `{${FIRST}, "signature" : "#", ${LAST}}`],
    ['at the beginning', `{${FIRST}, ${LAST}}`, `{"signature": "#", ${FIRST}, ${LAST}}`],
    ['at the beginning, tight', `{${FIRST},${LAST}}`, `{"signature":"#",${FIRST},${LAST}}`],
    [
      'at the beginning, wide',
      `{\n${FIRST}, ${LAST}}`,
      `{\n"signature"  :  "#"  ,  ${FIRST}, ${LAST}}`,
    ],
  ] as const) {
    it(`${where}: it is cut out with one comma and what belongs to it`, () => {
      assert.deepEqual(readLipayNotice(body.replace('#', sum(signed)), SECRET), NOTICE)
      const changed = signed.replace('100.0', '100.1')
      assert.equal(readLipayNotice(body.replace('#', sum(changed)), SECRET), undefined)
    })
  }
})

describe('lipaykripto: what is no notification', () => {
  const texts = ['', '{', 'null', '7', 'true', '"text"', '[]', '[{"clientId":"test-client"}]', '{}']
  for (const body of texts) {
    it(`${JSON.stringify(body)}, with a secret and without`, () => {
      assert.equal(readLipayNotice(body, undefined), undefined)
      assert.equal(readLipayNotice(body, SECRET), undefined)
    })
  }

  it('is one whose signature is not a text', () => {
    const signed = JSON.stringify(NOTICE)
    for (const signature of [[sum(signed)], { 0: 'x' }, 7, null, true]) {
      const body = JSON.stringify({ ...NOTICE, signature })
      assert.equal(readLipayNotice(body, SECRET), undefined)
    }
    assert.deepEqual(
      readLipayNotice(JSON.stringify({ ...NOTICE, signature: sum(signed) }), SECRET),
      NOTICE,
    )
  })

  it('has no payment’s id where none came', () => {
    const { paymentId: _gone, ...rest } = NOTICE
    assert.equal(readLipayNotice(JSON.stringify(rest), undefined)?.paymentId, '')
  })
})
