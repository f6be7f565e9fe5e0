import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { offer } from '../../../proxy/policy.ts'
import { readRoutes, toMethod } from '../../../proxy/providers/lincoln-routes.ts'

const SIDE = { name: 'Tether', symbol: 'USDT', xml: 'USDTTRC20', decimal: 6, min: '10', max: '0' }
const ROUTE = {
  routeId: 'ab'.repeat(12),
  isShowWeb: true,
  from: SIDE,
  to: { ...SIDE, name: 'Card', symbol: 'UAH', xml: 'CARDUAH', decimal: 2 },
  rate: { in: 1, out: 41.2, amount: 1_500_000, outFeeAmount: 10 },
}
const RULES = { only: undefined, values: {}, rulesUrl: 'https://www.lincoln.money/' }

/** How a route like this is offered. */
function methodOf(more: object) {
  const [route] = readRoutes([{ ...ROUTE, ...more }])
  return (
    toMethod(route ?? assert.fail('the route cannot be read'), RULES) ?? assert.fail('not for us')
  )
}

const isOffered = (more: object, amount: string): boolean =>
  offer(methodOf(more), [{ amount, currency: 'USDT' }]) !== undefined

describe('lincoln: what a route takes', () => {
  it('from its minimum on, and "0" is no maximum', () => {
    assert.deepEqual(methodOf({ rate: { ...ROUTE.rate, amount: undefined } }).limits, [
      { currency: 'USDT', decimals: 6, min: '10' },
    ])
    assert.equal(isOffered({}, '9.99'), false)
    assert.equal(isOffered({}, '10'), true)
  })

  it('no more than its maximum, nor than the reserve pays out', () => {
    assert.deepEqual(
      [methodOf({ from: { ...SIDE, max: '500' } }), methodOf({})].map(
        ({ limits }) => limits[0]?.max,
      ),
      ['500', '36408.009708737864077669'],
    )
    assert.equal(isOffered({ rate: { ...ROUTE.rate, amount: 412, outFeeAmount: 0 } }, '10'), true)
    assert.equal(
      isOffered({ rate: { ...ROUTE.rate, amount: 412, outFeeAmount: 0 } }, '10.01'),
      false,
    )
  })

  it('nothing where the reserve is used up', () => {
    for (const amount of [0, '0', '0.00']) {
      assert.equal(isOffered({ rate: { ...ROUTE.rate, amount } }, '10'), false, String(amount))
    }
  })

  it('no more decimals than the coin has, whatever the route says', () => {
    const eight = { from: { ...SIDE, decimal: 8 } }
    assert.equal(isOffered(eight, '12.123456'), true)
    assert.equal(isOffered(eight, '12.1234567'), false)
    assert.equal(methodOf({ from: { ...SIDE, decimal: 2 } }).limits[0]?.decimals, 2)
    const lira = { from: { ...SIDE, symbol: 'TRY', xml: 'CARDTRY', decimal: 8 } }
    assert.equal(methodOf(lira).limits[0]?.decimals, 8)
  })
})
