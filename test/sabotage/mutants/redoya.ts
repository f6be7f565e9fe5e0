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
      find: 'if (!ORDER_ID.test(path) || payment.ref !== null) return undefined',
      replace: 'if (payment.ref !== null) return undefined',
    },
    {
      id: 'proven',
      control: 'a payment that is proven is not asked about again',
      find: 'if (!ORDER_ID.test(path) || payment.ref !== null) return undefined',
      replace: 'if (!ORDER_ID.test(path)) return undefined',
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
      find: '&&\n    order.timestamp <= now / 1000 + CLOCK_SLACK_S',
      replace: '',
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
      find: "if (update) await observer.observe(key, 'returned', update)",
      replace:
        "if (update) await observer.observe(key, 'returned', visit.query.get('paid') === '1' ? { ...update, status: 'paid' } : update)",
      only: 'says nothing of itself',
    },
  ]),
  ...group(
    {
      threat: 'T11',
      file: 'proxy/providers/redoya-identifier.ts',
      tests: ['proxy/providers/redoya'],
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
        only: 'identifier',
      },
    ],
  ),
  ...group({ threat: 'T12', file: 'proxy/observe.ts', tests: ['proxy/payments'] }, [
    {
      id: 'first-claim',
      control: 'the first claim of an order’s id stands, and the second is for a person',
      find: 'const isRefTaken = Boolean(owner) && owner !== paymentId',
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
        find: '<title>Payment</title>',
        replace: '<title>Payment</title><script src="https://counter.example/x.js"></script>',
      },
    ],
  ),
]
