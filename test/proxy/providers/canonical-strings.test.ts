import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decodeJwt } from 'jose'
import type { PayoutRequest } from '../../../proxy/payout.ts'
import { signParams } from '../../../proxy/providers/lincoln-signing.ts'
import { withDecimals } from '../../../proxy/json-decimal.ts'
import { OTHER_TRON_ADDRESS, TRON_ADDRESS, newPayment, scripted } from './order-samples.ts'

const RUNS = { numRuns: 2000 }
const few = (alphabet: string, min: number, max: number) =>
  fc
    .array(fc.constantFrom(...alphabet.split('')), { minLength: min, maxLength: max })
    .map((letters) => letters.join(''))

const amount = fc
  .tuple(fc.constantFrom('1', '11', '111', '12', '10'), fc.constantFrom('', '.1', '.11', '.10'))
  .map(([whole, fraction]) => whole + fraction)

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Asks the adapter itself: what it refuses to sign has no text. */
async function isInjective<T>(a: T, b: T, text: (value: T) => Promise<string | undefined>) {
  const [one, other] = [await text(a), await text(b)]
  return one === undefined || other === undefined || (one === other) === same(a, b)
}

describe('two different things never sign the same', () => {
  it('lipaykripto: withdrawals, with a client id of digits too', async () => {
    const withdrawal = fc.record({
      amount,
      requestId: few('1T0x-_', 1, 4),
      address: fc.constantFrom(
        TRON_ADDRESS,
        OTHER_TRON_ADDRESS,
        '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
        `T${TRON_ADDRESS}`,
        `1${TRON_ADDRESS}`,
      ),
      asset: fc.constantFrom('TRX', 'USDT', 'ETH'),
    })
    for (const clientId of ['client-42', '11', '1.1', '1']) {
      const { provider, asked } = scripted('lipaykripto', undefined, { clientId })
      const signature = async (
        order: Pick<PayoutRequest, 'amount' | 'requestId' | 'address' | 'asset'>,
      ) => {
        if (!provider.payouts?.isWallet(order.asset, order.address)) return undefined
        try {
          await provider.payouts.create({
            ...order,
            currency: 'TRY',
            webhookUrl: `https://pay.shop.example/v1/webhooks/lipaykripto/${'p'.repeat(43)}`,
          })
        } catch {
          return undefined
        }
        return (JSON.parse(asked.at(-1)?.body ?? '{}') as { signature?: string }).signature
      }
      await fc.assert(
        fc.asyncProperty(fc.tuple(withdrawal, withdrawal), ([a, b]) =>
          isInjective(a, b, signature),
        ),
        { numRuns: 1000 },
      )
    }
  })

  it('lipaykripto: digits that could be the amount’s are refused, where the client id is digits', async () => {
    const { provider } = scripted('lipaykripto', undefined, { clientId: '11' })
    const order = {
      amount: '1',
      currency: 'TRY',
      asset: 'TRX',
      address: TRON_ADDRESS,
      webhookUrl: 'https://x.example/',
    }
    await assert.rejects(async () => provider.payouts?.create({ ...order, requestId: '1X' }), {
      code: 'provider_rejected',
      mayHaveHappened: false,
    })
    assert.equal((await provider.payouts?.create({ ...order, requestId: 'X1' }))?.status, 'pending')
  })

  it('paycrypto: orders, whatever the merchant and the shopper are called', async () => {
    const order = fc.record({
      amount,
      email: few('ab+.&="', 1, 5).map((name) => `${name}@shop.example`),
      paymentId: few('ab', 2, 3),
      company: few('ab&=', 1, 6),
    })
    await fc.assert(
      fc.asyncProperty(fc.tuple(order, order), ([a, b]) =>
        isInjective(a, b, async ({ amount: text, email, paymentId, company }) => {
          let made
          try {
            made = scripted('paycrypto', undefined, { companyName: company })
          } catch {
            return undefined
          }
          const payment = newPayment('paycrypto', {
            paymentId,
            price: { amount: text, currency: 'USDT' },
            customer: { email },
          })
          await made.provider.createPayment(payment)
          return made.asked.at(-1)?.authorization
        }),
      ),
      RUNS,
    )
  })

  for (const companyName of ['a&currency=USD', 'a=b', 'a\nb']) {
    it(`paycrypto: a company called ${JSON.stringify(companyName)} is a mistake`, () => {
      assert.throws(() => scripted('paycrypto', undefined, { companyName }), /must not contain/)
    })
  }

  it('lincoln: requests, whatever is in a field', () => {
    const request = fc.record({
      amount,
      fromValues: fc.array(fc.record({ key: few('a"', 1, 2), value: few('a",:{}\\', 0, 4) }), {
        maxLength: 2,
      }),
      lang: fc.constantFrom('en', 'ru'),
    })
    const hash = (body: object): string =>
      signParams(withDecimals({ time: 1, ...body }, ['amount']), 's')
    fc.assert(
      fc.property(fc.tuple(request, request), ([a, b]) => (hash(a) === hash(b)) === same(a, b)),
      RUNS,
    )
  })

  it('redoya: links, whatever the price', async () => {
    const link = fc.record({ price: fc.integer({ min: 3, max: 1000 }), page: few('ab/#{}', 1, 4) })
    await fc.assert(
      fc.asyncProperty(fc.tuple(link, link), ([a, b]) =>
        isInjective(a, b, async ({ price, page }) => {
          const { nextAction } = await scripted('redoya').provider.createPayment(
            newPayment('redoya', {
              price: { amount: String(price), currency: 'TRY' },
              returnUrl: `https://pay.shop.example/${page}`,
            }),
          )
          const [, token = ''] = nextAction.type === 'redirect' ? nextAction.url.split('#') : []
          return JSON.stringify(decodeJwt(token))
        }),
      ),
      { numRuns: 300 },
    )
  })
})
