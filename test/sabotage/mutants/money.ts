/**
 * Money: T5 (no rounding, no float) and T6 (a provider that makes something else than asked for).
 * @module
 */
import { group } from '../mutant.ts'

const ECHO = { threat: 'T6', file: 'proxy/providers/cryptom-transaction.ts' } as const
const ECHO_TESTS = ['proxy/proof-cryptom']

export const MONEY = [
  ...group({ threat: 'T5', file: 'protocol/money.ts', tests: ['protocol/money'] }, [
    {
      id: 'decimal',
      control: 'an amount is decimal text and nothing else',
      find: '/^(?:0|[1-9]\\d{0,12})(?:\\.\\d{1,18})?$/',
      replace: '/^[-+]?\\d+(?:\\.\\d+)?(?:e\\d+)?$/',
    },
    {
      id: 'rounding',
      control: 'an amount with too many decimals is never cut off',
      find: 'if (significant.length > decimals) throw new RangeError(`more than ${decimals} decimals`)',
      replace: '',
      also: [
        {
          file: 'protocol/money.ts',
          find: "significant.padEnd(decimals, '0')",
          replace: "significant.slice(0, decimals).padEnd(decimals, '0')",
        },
      ],
    },
    {
      id: 'exact',
      control: 'amounts are compared without a float',
      find: 'const difference = toMinor(a, SCALE) - toMinor(b, SCALE)\n  return difference < 0n ? -1',
      replace:
        'const difference = BigInt(Math.sign(Number(a) - Number(b)))\n  return difference < 0n ? -1',
      tests: ['protocol/sums'],
    },
    {
      id: 'currency',
      control: 'the same number in another currency is other money',
      find: 'a.currency === b.currency && ',
      replace: '',
      tests: ['protocol/sums'],
    },
  ]),
  ...group({ threat: 'T5', file: 'proxy/policy.ts', tests: ['proxy/policy'] }, [
    {
      id: 'expressible',
      control: 'a method that cannot express the price is not offered',
      find: ' && decimalPlaces(shortest(amount)) <= limit.decimals',
      replace: '',
    },
    {
      id: 'minimum',
      control: 'a method is not offered below its limit',
      find: 'return isAbove && isBelow',
      replace: 'return isBelow',
    },
    {
      id: 'maximum',
      control: 'a method is not offered above its limit',
      find: 'return isAbove && isBelow',
      replace: 'return isAbove',
    },
    {
      id: 'exclusive',
      control: 'limits that are refused themselves are not offered',
      find: 'limit.isExclusive ? 0 : -1',
      replace: '-1',
      tests: ['proxy/providers/paycrypto'],
      only: 'its limits themselves',
    },
    {
      id: 'conversion',
      control: 'a price is never converted into another currency',
      find: 'limits.find(({ currency }) => currency === price.currency)',
      replace: 'limits[0]',
    },
  ]),
  ...group({ threat: 'T5', file: 'proxy/schemas.ts', tests: ['proxy/orders'] }, [
    {
      id: 'currency-decimals',
      control: 'an order’s amount has no more decimals than its currency',
      find: "(price.amount.split('.')[1] ?? '').length <= currencyDecimals(price.currency)",
      replace: 'currencyDecimals(price.currency) >= 0',
      only: 'with a bad body',
    },
  ]),
  ...group({ threat: 'T5', file: 'proxy/json-decimal.ts', tests: ['proxy/json-decimal'] }, [
    {
      id: 'literal',
      control: 'an amount goes out as the literal that it was given as',
      find: 'if (isDecimal(value)) return value',
      replace: 'if (isDecimal(value)) return JSON.stringify(Number(value))',
    },
    {
      id: 'no-literal',
      control: 'what is no amount never stands in a JSON as one',
      find: "if (isDecimal(value)) return value\n  throw new ProviderError('payment_refused', `${key} is not a decimal amount`)",
      replace: 'return String(value)',
    },
  ]),
  ...group({ threat: 'T5', file: 'proxy/providers/price.ts', tests: ['proxy/proof-redoya'] }, [
    {
      id: 'chargeable',
      control: 'a price that a provider cannot express is not sent to it',
      find: 'return isInside && hasAtMost(amount, decimals)',
      replace: 'return isInside',
    },
    {
      id: 'chargeable-limits',
      control: 'a price beyond a provider’s limits is not sent to it',
      find: 'return isInside && hasAtMost(amount, decimals)',
      replace: 'return hasAtMost(amount, decimals)',
    },
    {
      id: 'chargeable-currency',
      control: 'a price in another currency is not sent as if it were in this one',
      find: 'currency !== rule.currency || ',
      replace: '',
      tests: ['proxy/proof-redoya', 'proxy/proof-cryptom'],
    },
  ]),
  ...group(
    { threat: 'T5', file: 'proxy/providers/lincoln-call.ts', tests: ['proxy/providers/lincoln'] },
    [
      {
        id: 'json-number',
        control: 'an amount that a JSON number cannot carry is refused',
        find: 'if (String(Number(text)) !== text) {',
        replace: 'if (text === String(Number.NaN)) {',
        only: 'in another way',
      },
    ],
  ),
  ...group({ ...ECHO, tests: ECHO_TESTS }, [
    {
      id: 'amount',
      control: 'Cryptom’s transaction is of the price that was asked',
      find: 'compareDecimal(currencyAmount, price.amount) !== 0\n',
      replace: 'compareDecimal(currencyAmount, price.amount) > 1\n',
    },
    {
      id: 'currency',
      control: 'Cryptom’s transaction is in the currency that was asked',
      find: "currency !== price.currency && 'currency'",
      replace: 'false',
    },
    {
      id: 'coin',
      control: 'Cryptom’s transaction is of the coin that was picked',
      find: "transaction.coin !== wanted.coin && 'coin',",
      replace: 'false,',
    },
    {
      id: 'network',
      control: 'Cryptom’s transaction is on the network that was picked',
      find: "transaction.network !== wanted.network && 'network',",
      replace: 'false,',
    },
    {
      id: 'wallet-coin',
      control: 'Cryptom’s wallet is of that coin',
      find: "wallet.coin !== wanted.coin && 'wallet.coin',",
      replace: 'false,',
    },
    {
      id: 'wallet-network',
      control: 'Cryptom’s wallet is on that network',
      find: "wallet.network !== wanted.network && 'wallet.network',",
      replace: 'false,',
    },
    {
      id: 'nothing',
      control: 'Cryptom’s transaction is not of nothing',
      find: "!(compareDecimal(transaction.coinAmount, '0') > 0) && 'coinAmount',",
      replace: 'false,',
    },
    {
      id: 'coin-decimals',
      control: 'Cryptom’s amount is one that the coin can express',
      find: "!canExpress(wanted.asset, transaction.coinAmount) && 'coinAmount',",
      replace: 'false,',
    },
    {
      id: 'complete',
      control: 'Cryptom’s payment is complete by `isTransferComplete` alone',
      find: 'if (transaction.isTransferComplete === true) {',
      replace: "if (transaction.isTransferComplete === true || providerStatus === 'DONE') {",
    },
    {
      id: 'partial-end',
      control: 'a part of the money at the end is for a person',
      find: "status: isEnd ? 'review' : 'processing',",
      replace: "status: isEnd ? status : 'processing',",
    },
  ]),
  ...group({ threat: 'T6', file: 'proxy/policy.ts', tests: ['proxy/policy'] }, [
    {
      id: 'underpaid',
      control: '“paid” with less than the price is not believed',
      find: "if (difference < 0) return { ...update, status: 'review', reason: 'underpaid' }",
      replace: '',
    },
    {
      id: 'duplicate',
      control: 'money for an order that is paid already is a duplicate',
      find: "if (isPaidElsewhere) return { ...update, reason: 'duplicate' }",
      replace: '',
    },
  ]),
  ...group({ threat: 'T6', file: 'proxy/providers/cryptom.ts', tests: ECHO_TESTS }, [
    {
      id: 'asked-about',
      control: 'Cryptom’s answer is about the transaction that was asked about',
      find: 'if (data._id === ref) return data',
      replace: 'if (data) return data',
    },
  ]),
  ...group({ ...ECHO, tests: ECHO_TESTS }, [
    {
      id: 'later-price',
      control: 'Cryptom’s transaction still has the price that was shown',
      find: '    findOtherPrice(transaction, price),\n    !isAsset(',
      replace: '    !isAsset(',
    },
    {
      id: 'later-coin',
      control: 'Cryptom’s transaction is still of the coin that was shown',
      find: "!isAsset(`${coin}@${network}`) && 'coin',",
      replace: 'false,',
    },
    {
      id: 'later-wallet',
      control: 'Cryptom’s wallet is still of the coin that was shown',
      find: "!isAsset(`${wallet.coin}@${wallet.network}`) && 'wallet',",
      replace: 'false,',
    },
  ]),
  ...group({ threat: 'T6', file: 'proxy/providers/lincoln.ts', tests: ['proxy/proof-lincoln'] }, [
    {
      id: 'lincoln-asked-about',
      control: 'Lincoln’s answer is about the order that was asked about',
      find: 'if ((order.uid ?? uid) === uid) return order',
      replace: 'if (order) return order',
    },
    {
      id: 'lincoln-amount',
      control: 'Lincoln’s new order is of the amount that was asked',
      find: 'findOther(made, payment) ?? (order && findOther(order, payment))',
      replace: 'order && findOther({ ...order, inAmount: payment.price.amount }, payment)',
    },
  ]),
  ...group(
    { threat: 'T6', file: 'proxy/providers/lipaykripto.ts', tests: ['proxy/proof-lipaykripto'] },
    [
      {
        id: 'lipay-payment',
        control: 'LiPayKripto made the payment that was asked for',
        find: 'made.paymentId !== payment.paymentId || ',
        replace: '',
      },
      {
        id: 'lipay-client',
        control: 'LiPayKripto made it for this client',
        find: ' || (made.clientId ?? clientId) !== clientId',
        replace: '',
      },
    ],
  ),
]
