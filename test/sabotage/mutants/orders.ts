/**
 * Orders and their prices: T1 (the browser chooses no price), T2 (tokens of others), T3 (replay).
 * @module
 */
import { group } from '../mutant.ts'

const READ_UNSIGNED = `JSON.parse(
        Buffer.from(token.split('.')[1] ?? '', 'base64url').toString(),
      ) as JWTPayload`

export const ORDERS = [
  ...group({ threat: 'T1', file: 'proxy/order-token.ts', tests: ['proxy/orders'] }, [
    {
      id: 'signature',
      control: 'an order token’s signature is verified',
      find: '(await jwtVerify(token, secret, rules)).payload',
      replace: READ_UNSIGNED,
      only: 'with a bad token',
    },
  ]),
  ...group({ threat: 'T1', file: 'proxy/schemas.ts', tests: ['proxy/orders'] }, [
    {
      id: 'unknown-member',
      control: 'an amount beside a token is refused',
      find: 'tokenOrderSchema = z.strictObject({',
      replace: 'tokenOrderSchema = z.object({',
      only: 'with a bad body',
    },
    {
      id: 'catalogue-member',
      control: 'an amount beside a product is refused',
      find: 'catalogueOrderSchema = z.strictObject({',
      replace: 'catalogueOrderSchema = z.object({',
      only: 'without a backend',
    },
    {
      id: 'unknown-claim',
      control: 'a claim that is not known is refused',
      find: `orderClaimsSchema = z
  .strictObject({`,
      replace: `orderClaimsSchema = z
  .object({`,
      only: 'with a bad token',
    },
    {
      id: 'payment-member',
      control: 'starting a payment takes no amount from the page',
      find: 'startPaymentSchema = z.strictObject({',
      replace: 'startPaymentSchema = z.object({',
      tests: ['proxy/payments'],
      only: 'asked about wrongly',
    },
    {
      id: 'zero',
      control: 'an order of nothing is refused',
      find: "compareDecimal(text, '0') > 0",
      replace: "compareDecimal(text, '0') >= 0",
      only: 'with a bad body',
    },
  ]),
  ...group({ threat: 'T1', file: 'proxy/orders.ts', tests: ['proxy/orders'] }, [
    {
      id: 'unsigned-off',
      control: 'a bare amount is taken only where that was switched on',
      find: `  if (!unsigned) {
    throw new ProxyError('unsigned_orders_not_allowed', 'this shop takes signed orders only')
  }
  if (compareDecimal(amount, unsigned.maxAmount) > 0) {`,
      replace: '  if (unsigned && compareDecimal(amount, unsigned.maxAmount) > 0) {',
      only: 'with a bad body',
    },
    {
      id: 'unsigned-cap',
      control: 'an unsigned amount has a cap',
      find: 'compareDecimal(amount, unsigned.maxAmount) > 0',
      replace: 'compareDecimal(amount, unsigned.maxAmount) > 1',
      only: 'without a backend',
    },
    {
      id: 'own-product',
      control: 'a product is one of the catalogue’s own',
      find: 'catalogue && Object.hasOwn(catalogue, product) ? catalogue[product] : undefined',
      replace: 'catalogue?.[product]',
      only: 'without a backend',
    },
    {
      id: 'quantity',
      control: 'no more of a product than may be bought at once',
      find: 'quantity > (item.maxQuantity ?? Infinity)',
      replace: 'quantity > Infinity',
      only: 'without a backend',
    },
  ]),
  ...group({ threat: 'T1', file: 'proxy/merchant-key.ts', tests: ['proxy/orders'] }, [
    {
      id: 'merchant-key',
      control: 'the merchant’s routes want the merchant’s key',
      find: "if (scheme.toLowerCase() !== 'bearer' || known < 0 || more.length > 0) {",
      replace: "if (scheme.toLowerCase() === 'never' && known < 0) {",
      only: 'merchant’s backend',
    },
    {
      id: 'merchant-browser',
      control: 'the merchant’s routes are not for browsers',
      find: 'origin !== undefined && !(hasConsole',
      replace: "origin === 'never' && !(hasConsole",
      only: 'merchant’s backend',
    },
    {
      id: 'console-page',
      control: 'only the console’s own page asks them from a browser',
      find: 'new URL(origin).host === host',
      replace: 'true',
      tests: ['proxy/console'],
      only: 'a foreign page',
    },
  ]),
  ...group(
    {
      threat: 'T2',
      file: 'proxy/order-token.ts',
      tests: ['proxy/orders'],
      only: 'with a bad token',
    },
    [
      {
        id: 'algorithm',
        control: 'an order token’s algorithm is ours to choose',
        find: "algorithms: keySet ? ['ES256', 'EdDSA'] : ['HS256'],",
        replace: '',
      },
      {
        id: 'type',
        control: 'an order token has its own type',
        find: 'typ: TYPE,',
        replace: '',
      },
      {
        id: 'audience',
        control: 'an order token is for us',
        find: 'audience: AUDIENCE,',
        replace: '',
        also: [
          {
            file: 'proxy/schemas.ts',
            find: "z.literal('crypto-checkout').or(z.tuple([z.literal('crypto-checkout')]))",
            replace: 'z.unknown()',
          },
        ],
      },
      {
        id: 'age',
        control: 'an order token is not from the future',
        find: 'maxTokenAge: options.maxLifetime,',
        replace: '',
      },
      {
        id: 'life',
        control: 'an order token was not given too long a life',
        find: 'result.data.exp - result.data.iat > options.maxLifetime',
        replace: 'result.data.exp - result.data.iat > Infinity',
      },
      {
        id: 'expiry',
        control: 'an order token expires by our clock',
        find: 'currentDate: new Date(options.now()),',
        replace: 'currentDate: new Date(0), clockTolerance: 1e12,',
        also: [
          { file: 'proxy/order-token.ts', find: 'clockTolerance: CLOCK_TOLERANCE_S,', replace: '' },
        ],
      },
    ],
  ),
  ...group({ threat: 'T3', file: 'proxy/checkouts.ts', tests: ['proxy/orders'] }, [
    {
      id: 'price',
      control: 'the same order at another price is a conflict',
      find: 'if (!agreed || !isSameMoney(agreed, asked)) {',
      replace: 'if (!agreed) {',
      only: 'by order token',
    },
  ]),
  ...group({ threat: 'T3', file: 'proxy/stores/order-store.ts', tests: ['proxy/orders'] }, [
    {
      id: 'source',
      control: 'an unsigned order is another than a signed one of the same number',
      find: ".where('source', 'in', sources)",
      replace: '',
      only: 'without a backend',
    },
  ]),
  ...group({ threat: 'T3', file: 'proxy/attempts.ts', tests: ['proxy/payments'] }, [
    {
      id: 'paid',
      control: 'a paid order starts no payment',
      find: 'payments.find(({ state }) => isPaidFor(state.status)) ??',
      replace: '',
      only: 'started more than once',
    },
    {
      id: 'same-method',
      control: 'the same method again is the same payment',
      find: 'isLive(payment) && payment.method.id === intent.method.id',
      replace: 'isLive(payment) && payment.id === intent.id',
      only: 'started more than once',
    },
    {
      id: 'replaced',
      control: 'of two payments of one order the shopper is shown one',
      find: '...older.map((payment) => ({ ...payment, isSuperseded: true })),',
      replace: '...older,',
      only: 'picked last',
      tests: ['sabotage/gaps'],
    },
    {
      id: 'money-under-way',
      control: 'nothing new while money is under way',
      find: "if (aggregate.payments.some(hasMoneyUnderWay)) throw new ProxyError('payment_in_progress')",
      replace: '',
      only: 'started more than once',
    },
    {
      id: 'expired',
      control: 'an expired checkout starts no payment',
      find: "if (now() >= expiresAt) throw new ProxyError('checkout_expired')",
      replace: '',
      only: 'read by a browser',
    },
    {
      id: 'canceled-late',
      control: 'a payment that was made meanwhile of an order that was taken back is not shown',
      find: 'attempt.isSuperseded || checkout.isCanceled || isPaid',
      replace: 'attempt.isSuperseded || isPaid',
      tests: ['proxy/overtaken'],
      only: 'took back meanwhile',
    },
    {
      id: 'canceled',
      control: 'an order that was taken back starts no payment',
      find: "if (isCanceled) throw new ProxyError('checkout_settled', 'the order was canceled')",
      replace: '',
      tests: ['proxy/merchant'],
      only: 'taken back',
    },
  ]),
  ...group({ threat: 'T1', file: 'proxy/order-token.ts', tests: ['proxy/order-claims'] }, [
    {
      id: 'claim-twice',
      control: 'a claim that is there twice is refused',
      find: 'if (inspectJson(payloadOf(token)).hasRepeatedMember) {',
      replace: "if (inspectJson('{}').hasRepeatedMember) {",
    },
    {
      id: 'one-text',
      control: 'an order token has one text',
      find: 'if (!isCompact(token))',
      replace: 'if (token === "")',
      tests: ['proxy/one-meaning'],
    },
    {
      id: 'short-key',
      control: 'an order token is verified by no secret that could be guessed',
      find: 'if (secrets.some(({ length }) => length < MIN_SECRET_BYTES)) {',
      replace: 'if (secrets.some(({ length }) => length < 0)) {',
    },
  ]),
]
