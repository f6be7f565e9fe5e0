import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ProviderError } from '../../../proxy/errors.ts'
import { ENDPOINTS, nameOf } from './endpoints.ts'
import { scripted } from './order-samples.ts'

/** What a create is answered with, and whether something may have been made all the same. */
const ANSWERS: readonly (readonly [string, status: number, body: unknown, isUnclear: boolean])[] = [
  ['lipaykripto', 400, { success: false, error: 'Invalid amount' }, false],
  ['lipaykripto', 200, { success: false, error: 'Invalid amount' }, false],
  ['lipaykripto', 400, { success: false, error: 'Invalid paymentId' }, true],
  ['lipaykripto', 400, { success: false, error: 'Invalid amount or paymentId' }, false],
  ['lipaykripto', 401, { error: 'Invalid token' }, false],
  ['lipaykripto', 400, { success: false, error: 'a new word' }, false],
  ['lipaykripto', 200, { success: true, error: 'toString' }, true],
  ['lipaykripto', 400, { success: false, error: 'Server error' }, true],
  ['lipaykripto', 200, { success: false, error: 'Server error' }, true],
  ['lipaykripto', 200, { success: false, error: { code: 'X', message: 'a new word' } }, true],
  ['lipaykripto', 200, { success: false }, true],
  ['paycrypto', 200, { code: 111001, msg: 'x' }, false],
  ['paycrypto', 200, { code: 112003 }, false],
  ['paycrypto', 200, { code: 119001 }, true],
  ['paycrypto', 200, { code: 999999 }, true],
  ['paycrypto', 200, { code: 111015 }, true],
  ['paycrypto', 200, { code: 117008 }, true],
  ['paycrypto', 200, { code: 119003 }, true],
  ['paycrypto', 200, { code: 119004 }, true],
  ['paycrypto', 200, { code: 119007 }, false],
  ['paycrypto', 200, { code: '111001' }, false],
  ['paycrypto', 200, { code: 0, result: { code: 119002 } }, true],
  ['paycrypto', 400, {}, true],
  ['cryptom', 400, { status: false, message: 'x' }, false],
  ['cryptom', 200, { status: false, message: 'x' }, true],
  ['lincoln', 200, { success: false, error: { errorCode: 5001670807585394 } }, false],
  ['lincoln', 200, { success: false }, false],
  ['lincoln', 400, { success: true, data: {} }, true],
  ['lincoln', 200, {}, true],
]

describe('a create that was refused: whether something may have been made', () => {
  for (const endpoint of ENDPOINTS.filter(({ isCreate }) => isCreate)) {
    const own = ANSWERS.filter(([provider]) => provider === endpoint.provider)
    const all = [...own, [endpoint.provider, 408, {}, true], [endpoint.provider, 429, {}, false]]
    for (const [, status, body, isUnclear] of all as typeof ANSWERS) {
      it(`${nameOf(endpoint)}, ${status} ${JSON.stringify(body)}: ${isUnclear}`, async () => {
        const { provider } = scripted(endpoint.provider, ({ url }) =>
          endpoint.path.test(url.pathname) ? Response.json(body, { status }) : undefined,
        )
        await assert.rejects(
          async () => endpoint.run(provider),
          (error: unknown) => {
            assert.ok(error instanceof ProviderError, String(error))
            return error.mayHaveHappened === isUnclear
          },
        )
      })
    }
  }
})
