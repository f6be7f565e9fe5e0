/**
 * The known answers of `providers/vectors.json`, key boxexchanger, against the stand-in's own code.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { signParameters } from '../../sandbox/providers/lincoln/authorization.ts'
import { hashIpn } from '../../sandbox/providers/lincoln/ipn.ts'
import type { IpnFields } from '../../sandbox/providers/lincoln/ipn.ts'
import { mergeParameters, readParameters } from '../../sandbox/providers/lincoln/parameters.ts'
import { VECTORS } from './lincoln-helpers.ts'

describe('lincoln: the vectors', () => {
  it('B-pub, the published example', () => {
    const { json, secret, hash } = VECTORS.published
    assert.equal(signParameters(JSON.parse(json), secret), hash)
    const parameters = readParameters(
      { query: 'time=123456789&param1=val1', contentType: undefined, body: '' },
      { timeAs: 'number' },
    )
    assert.equal(signParameters(mergeParameters(parameters), secret), hash)
  })

  for (const { id, query, body, json, secret, hash } of VECTORS.own) {
    it(`${id}, read from the wire`, () => {
      const contentType = body === '' ? undefined : 'application/json'
      const parameters = readParameters({ query, contentType, body }, { timeAs: 'string' })
      assert.equal(JSON.stringify(mergeParameters(parameters)), json)
      assert.equal(signParameters(mergeParameters(parameters), secret), hash)
    })
  }
})

describe('lincoln: the vectors of the IPN', () => {
  for (const { id, string, hash } of VECTORS.ipn) {
    it(id, () => {
      const { fields, secret } = split(string)
      assert.equal(hashIpn(fields, secret), hash)
    })
  }

  it('every hashed field counts, and the secret', () => {
    const { fields, secret } = split(VECTORS.ipn[1].string)
    const { hash } = VECTORS.ipn[1]
    for (const [name, value] of Object.entries(fields)) {
      assert.notEqual(hashIpn({ ...fields, [name]: `${value}0` }, secret), hash, name)
    }
    assert.notEqual(hashIpn(fields, `${secret}0`), hash)
  })
})

function split(text: string): { fields: IpnFields; secret: string } {
  const [orderId = '', newStatus = '', inAmount = '', outAmount = '', from = '', ...rest] =
    text.split(':')
  const [to = '', timestamp = '', secret = ''] = rest
  const names = { xml_from: from, xml_to: to, timestamp }
  return { fields: { orderId, newStatus, inAmount, outAmount, ...names }, secret }
}
