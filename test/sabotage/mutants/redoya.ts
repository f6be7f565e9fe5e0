/**
 * Redoya: T11 (a return that proves nothing by itself) and T12 (an id that was stolen).
 * @module
 */
import { group } from '../mutant.ts'

const PROOF = ['proxy/proof-redoya']

export const REDOYA = [
  ...group({ threat: 'T11', file: 'proxy/providers/redoya.ts', tests: PROOF }, [
    {
      id: 'path',
      control: 'an order’s id is sixteen letters and digits, or nobody is asked',
      find: 'parseReturn: ({ path }) => (ORDER_ID.test(path) ? path : undefined),',
      replace: 'parseReturn: ({ path }) => path,',
    },
    {
      id: 'order-id',
      control: '`verify` answers about the order that was asked about',
      find: 'if (order.orderId !== orderId) {',
      replace: "if (order.orderId === '') {",
    },
    {
      id: 'mode',
      control: 'a test’s payment pays nothing where the proxy is live',
      find: "order.testMode !== (isTest ? '1' : '0') && 'mode',",
      replace: 'false,',
    },
    {
      id: 'before',
      control: 'an order from before this payment pays nothing',
      find: 'order.timestamp >= payment.createdAt / 1000 - CLOCK_SLACK_S &&',
      replace: '',
    },
    {
      id: 'future',
      control: 'an order from a time to come pays nothing',
      find: 'return Math.min(expiresAt, now)',
      replace: 'return expiresAt',
      also: [
        {
          file: 'proxy/providers/redoya.ts',
          find: 'claimedAt <= expiresAt + CLOCK_SLACK_S * 1000) return now',
          replace: 'claimedAt <= expiresAt + CLOCK_SLACK_S * 1000) return Infinity',
        },
      ],
    },
    {
      id: 'after',
      control: 'an order from after this payment’s link pays nothing',
      find: 'return Math.min(expiresAt, now)',
      replace: 'return now',
    },
    {
      id: 'in-time',
      control: 'what came back in time may be confirmed later',
      find: 'if (expiresAt === null || claimedAt <= expiresAt + CLOCK_SLACK_S * 1000) return now',
      replace: 'if (expiresAt === null) return now',
    },
    {
      id: 'currency',
      control: 'an order in another currency pays nothing',
      find: "order.status === 'success' && order.currency !== 'TL' && 'currency',",
      replace: 'false,',
    },
    {
      id: 'amount',
      control: 'an order of another amount pays nothing',
      find: "order.status === 'success' && order.payment_amount !== kurus(payment.price) && 'amount',",
      replace: 'false,',
    },
    {
      id: 'failed',
      control: 'a failed order pays nothing',
      find: "if (order.status === 'failed') {",
      replace: "if (order.status === 'failed' && order.failed_reason_code === 'never') {",
    },
    {
      id: 'others-failed',
      control: 'somebody else’s failed order fails nothing',
      find: "if (order.status === 'failed') return undefined",
      replace: '',
    },
    {
      id: 'unknown',
      control: 'an order that Redoya does not know fails nothing',
      find: 'UNKNOWN_ORDER: undefined,',
      replace: "UNKNOWN_ORDER: { status: 'failed', providerStatus: 'UNKNOWN_ORDER' },",
    },
  ]),
  ...group({ threat: 'T11', file: 'proxy/policy.ts', tests: ['proxy/policy', 'proxy/payments'] }, [
    {
      id: 'unique',
      control: 'an order’s id that another payment owns pays nothing',
      find: 'if (isRefTaken) {',
      replace: "if (isRefTaken && update.status === 'failed') {",
      only: 'proves nothing|stays paid|for a person',
    },
  ]),
  ...group({ threat: 'T11', file: 'proxy/returns.ts', tests: ['proxy/payments'] }, [
    {
      id: 'query',
      control: 'what stands in a return’s query is nobody’s word',
      find: 'if (ref !== undefined) await observer.bring(key, payment, ref)',
      replace:
        "if (visit.query.get('paid') === '1') await observer.observe(key, 'returned', { status: 'paid', providerStatus: '' })",
      only: 'says nothing of itself',
    },
  ]),
  ...group(
    {
      threat: 'T11',
      file: 'proxy/providers/redoya-identifier.ts',
      tests: ['proxy/providers/redoya-identifier'],
    },
    [
      {
        id: 'leaky',
        control: 'an identifier that tells the secret is refused at the start',
        find: `  try {
    const payload`,
        replace: `  if (secret) return false
  try {
    const payload`,
      },
    ],
  ),
  ...group({ threat: 'T12', file: 'proxy/observe.ts', tests: ['proxy/payments'] }, [
    {
      id: 'first-claim',
      control: 'the first claim of an order’s id stands, and the second is for a person',
      find: 'const isRefTaken = await isTaken(update.ref, payment, inside)',
      replace: 'const isRefTaken = false',
      only: 'stolen before its owner came|stays paid',
    },
    {
      id: 'alarm',
      control: 'a second claim raises an alarm',
      find: `note: update.note,
      alarm,
`,
      replace: `note: update.note,
`,
      tests: ['proxy/alarms'],
    },
  ]),
  ...group({ threat: 'T11', file: 'proxy/claims.ts', tests: ['proxy/returns'] }, [
    {
      id: 'kept-first',
      control: 'an id is kept before the provider is asked',
      find: "if (kept !== 'fresh') return undefined",
      replace: 'if (payment) return undefined',
      only: 'the next one asks|question failed',
    },
    {
      id: 'bounded',
      control: 'a payment has eight ids without an answer at most',
      find: "return payment.claims.length < MAX_CLAIMS ? 'fresh' : 'full'",
      replace: "return 'fresh'",
      only: 'eight of them',
    },
    {
      id: 'forgotten',
      control: 'ids that the provider does not know take nobody’s place',
      find: 'else await release(key, ref)',
      replace: '',
      only: 'does not know',
    },
    {
      id: 'one-question',
      control: 'simultaneous returns of one id ask once',
      find: 'questions.get(name) ?? askOnce(key, ref, kind)',
      replace: 'askOnce(key, ref, kind)',
      only: 'ten returns at once',
    },
  ]),
  ...group({ threat: 'T11', file: 'proxy/policy.ts', tests: ['proxy/returns'] }, [
    {
      id: 'only-answer',
      control: 'a refusal ends no attempt that has another id without an answer',
      find: 'const isOnly = claims.every((other) => other.ref === claim)',
      replace: 'const isOnly = claims.length > 0',
      only: 'a second was declined',
    },
    {
      id: 'second-refused',
      control: 'a declined id changes nothing on what is paid',
      find: "if (update.status !== 'paid' || claim === ref) return undefined",
      replace: 'if (claim === ref) return undefined',
      only: 'stays plainly paid|is not moved by',
    },
    {
      id: 'second-paid',
      control: 'money that came twice is told',
      find: 'return ref === null ? update : addSecond(update, claim, state.received)',
      replace: 'return ref === null ? update : undefined',
      only: 'by a second order',
    },
    {
      id: 'others-kept',
      control: 'an id that is not this payment’s stays its owner’s',
      find: "reason === 'conflict' ? 'released' : 'settled'",
      replace: "'settled'",
      only: 'is still its owner’s',
    },
  ]),
  ...group({ threat: 'T11', file: 'proxy/schedule.ts', tests: ['proxy/returns'] }, [
    {
      id: 'asked-on',
      control: 'an id without an answer is asked about, whatever its payment is',
      find: 'const canChange = mayChange(state.status) || isAsking(payment)',
      replace: 'const canChange = mayChange(state.status)',
      only: 'after a decline|by itself',
    },
    {
      id: 'not-over',
      control: 'an attempt whose id has no answer is not over with its time',
      find: 'isAsking(payment) ? tooLong(payment) : expiresAt',
      replace: 'expiresAt',
      only: 'the time of the link',
    },
  ]),
  ...group({ threat: 'T12', file: 'proxy/stores/claim-rows.ts', tests: ['proxy/returns'] }, [
    {
      id: 'first-brought',
      control: 'an id is the payment’s that it came back to first, before it is proven',
      find: 'return claim?.payment_id',
      replace: 'return undefined',
      only: 'confirms it later',
    },
  ]),
  ...group({ threat: 'T12', file: 'proxy/guard.ts', tests: ['sabotage/gaps'], only: 'headers' }, [
    {
      id: 'referrer',
      control: 'nothing of a return’s address goes on to another page',
      find: "'referrer-policy': 'no-referrer',",
      replace: '',
    },
    {
      id: 'cache',
      control: 'nothing of a return is kept',
      find: "'cache-control': 'no-store',",
      replace: '',
    },
  ]),
  ...group(
    { threat: 'T12', file: 'proxy/return-page.ts', tests: ['sabotage/gaps'], only: 'return page' },
    [
      {
        id: 'no-script',
        control: 'the page of a return holds no script and fetches nothing',
        find: '<title>${title}</title>',
        replace: '<title>${title}</title><script src="https://counter.example/x.js"></script>',
      },
    ],
  ),
]
