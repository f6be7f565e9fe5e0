/**
 * The merchant's money: T30 (payouts and the merchant's routes), T31 (fields that are signed side by side).
 * @module
 */
import { group } from '../mutant.ts'

export const PAYOUTS = [
  ...group({ threat: 'T30', file: 'proxy/create-proxy.ts', tests: ['proxy/merchant'] }, [
    {
      id: 'own-port',
      control: 'the merchant’s routes are not on the public port where they have their own',
      find: '...(!isSeparate && forMerchant),',
      replace: '...forMerchant,',
      only: 'port of their own',
    },
    {
      id: 'off',
      control: 'without a key there are no merchant’s routes',
      find: 'options.merchantKeys.length > 0\n      ? createMerchantApi({',
      replace: 'options.merchantKeys.length >= 0\n      ? createMerchantApi({',
      tests: ['sabotage/gaps'],
      only: 'without a key',
    },
  ]),
  ...group({ threat: 'T30', file: 'proxy/payouts.ts', tests: ['proxy/payouts'] }, [
    {
      id: 'rules',
      control: 'without rules nothing is paid out',
      find: "if (!rules) throw new ProxyError('payouts_not_allowed', 'PAYOUTS is not configured')",
      replace: 'if (!rules) return',
      only: 'without rules',
    },
    {
      id: 'max',
      control: 'a payout has a cap',
      find: 'compareDecimal(order.amount, rules.max) > 0',
      replace: 'compareDecimal(order.amount, rules.max) > 1',
      only: 'nobody is called',
    },
    {
      id: 'daily',
      control: 'a day’s payouts have a cap',
      find: 'compareDecimal(sum, rules.daily) > 0',
      replace: 'compareDecimal(sum, rules.daily) > 1',
      only: 'payout rules',
    },
    {
      id: 'wallets',
      control: 'only wallets of the file are paid to',
      find: "rules.addresses !== 'any' && !rules.addresses.includes(order.address)",
      replace: "rules.addresses !== 'any' && rules.addresses.length === 0",
      only: 'payout rules',
    },
    {
      id: 'once',
      control: 'a request’s id makes one call, ever',
      find: 'if (!isNew) {',
      replace: 'if (!isNew && order.amount === payout.requestId) {',
      only: 'twenty requests',
    },
    {
      id: 'conflict',
      control: 'the same id for something else is refused',
      find: 'if (!isSameOrder(order, payout)) {',
      replace: 'if (order.requestId !== payout.requestId) {',
      only: 'something else',
    },
    {
      id: 'unknown',
      control: 'an outcome that is not known is unknown, not failed',
      find: "const status = error.mayHaveHappened ? 'unknown' : 'failed'",
      replace: "const status = 'failed'",
      only: 'never tried again',
    },
    {
      id: 'lost',
      control: 'a payout whose process died is unknown, and not sent again',
      find: "const isLost = payout.status === 'created' && now() - payout.createdAt > ANSWERED_MS",
      replace: "const isLost = payout.status === 'created' && now() < 0",
      tests: ['sabotage/gaps'],
      only: 'process died',
    },
    {
      id: 'end',
      control: 'an end stays',
      find: 'if (!NEXT[payout.status].includes(update.status)) return undefined',
      replace: '',
      only: 'confirmed stays so',
      tests: ['sabotage/gaps'],
    },
    {
      id: 'assets',
      control: 'a payout is of a coin that the provider pays out',
      find: 'if (!choices.includes(order[field])) {',
      replace: 'if (choices.length === 0) {',
      only: 'nobody is called',
    },
  ]),
  ...group(
    {
      threat: 'T30',
      file: 'proxy/providers/lipaykripto-payouts.ts',
      tests: ['proxy/providers/lipaykripto'],
      only: 'withdrawals',
    },
    [
      {
        id: 'notice-request',
        control: 'a notification of another withdrawal is refused',
        find: 'notice.paymentId === requestId &&',
        replace: '',
      },
      {
        id: 'notice-amount',
        control: 'a notification of another amount is refused',
        find: 'compareDecimal(notice.tryAmount, amount) === 0\n',
        replace: "notice.tryAmount !== ''\n",
      },
      {
        id: 'notice-client',
        control: 'a notification of another client is refused',
        find: 'notice?.clientId === clientId &&',
        replace: 'notice !== undefined &&',
      },
    ],
  ),
  ...group(
    {
      threat: 'T31',
      file: 'proxy/providers/lipaykripto-payouts.ts',
      tests: ['proxy/providers/lipaykripto'],
    },
    [
      {
        id: 'safe',
        control: 'nothing that is signed can be moved from one field to the next',
        find: 'if (!SAFE.test(requestId) || !SAFE.test(address) || isMovable) {',
        replace: 'if (requestId === address) {',
        only: 'could be moved',
      },
    ],
  ),
  ...group({ threat: 'T31', file: 'proxy/providers/lipaykripto.ts', tests: ['proxy/config'] }, [
    {
      id: 'client-id',
      control: 'a client’s id holds nothing that could stand for a separator',
      find: '/^[\\w.-]{1,100}$/',
      replace: '/^.{1,100}$/',
      only: 'is a mistake',
    },
  ]),
  ...group(
    {
      threat: 'T31',
      file: 'proxy/schemas.ts',
      tests: ['sabotage/parts'],
      only: 'signed side by side',
    },
    [
      {
        id: 'request-id',
        control: 'a payout’s id is letters, digits, _ and -',
        find: "requestId: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, _ or -'),",
        replace: 'requestId: z.string(),',
      },
      {
        id: 'address',
        control: 'a payout’s wallet is letters and digits',
        find: "address: z.string().regex(/^[A-Za-z0-9]{20,100}$/, 'must be a wallet address'),",
        replace: 'address: z.string(),',
      },
      {
        id: 'order-id',
        control: 'an order’s number holds no & and no =',
        find: ".regex(/^[\\w.:-]{1,128}$/, 'must be 1 to 128 letters, digits, or . _ : -')",
        replace: '',
      },
    ],
  ),
  ...group(
    {
      threat: 'T31',
      file: 'proxy/providers/paycrypto-signing.ts',
      tests: ['proxy/providers/vectors'],
    },
    [
      {
        id: 'sorted',
        control: 'what is signed is sorted: one text for one request',
        find: 'Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1))',
        replace: 'Object.entries(object)',
        only: 'paycrypto',
      },
    ],
  ),
]
