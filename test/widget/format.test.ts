/**
 * Money and durations as text.
 * @module
 */
import { expect } from 'chai'
import { formatDuration, formatMoney } from '../../widget/format.ts'

describe('money', () => {
  const cases: readonly [string, string, string, string][] = [
    ['100.00', 'TRY', 'en', '₺100.00'],
    ['1250.5', 'USD', 'en', '$1,250.5'],
    ['1250.50', 'EUR', 'de', '1.250,50\u00a0€'],
    ['0.00000001', 'BTC', 'en', '0.00000001 BTC'],
    ['148.874', 'USDT', 'de', '148.874 USDT'],
    ['9007199254740993.01', 'USD', 'en', '$9,007,199,254,740,993.01'],
    ['5', 'NOT A CODE', 'en', '5 NOT A CODE'],
    ['5', 'EUR', 'not a language!', '5 EUR'],
  ]
  for (const [amount, currency, language, text] of cases)
    it(`${amount} ${currency} in ${language}`, () =>
      expect(formatMoney({ amount, currency }, language)).to.equal(text))
})

describe('durations', () => {
  const cases: readonly [number, string][] = [
    [0, '0:00'],
    [-5000, '0:00'],
    [999, '0:01'],
    [61_000, '1:01'],
    [3_661_000, '1:01:01'],
  ]
  for (const [ms, text] of cases)
    it(`${ms} ms is ${text}`, () => expect(formatDuration(ms)).to.equal(text))
})
