/**
 * The merchant's console: T30 (his money, and his orders), T18 (what a spreadsheet would calculate); and T3, the
 * order that is opened from both sides.
 * @module
 */
import { group } from '../mutant.ts'

const PAGES = ['console/pages']

export const CONSOLE = [
  ...group({ threat: 'T18', file: 'console/csv.ts', tests: ['console/csv'] }, [
    {
      id: 'formula',
      control: 'a cell that a spreadsheet would calculate is text',
      find: "? `'${text}` : text",
      replace: '? text : text',
    },
    {
      id: 'quotation',
      control: 'a cell does not end before its text does',
      find: ".replaceAll('\"', '\"\"')",
      replace: '',
    },
  ]),
  ...group(
    { threat: 'T30', file: 'console/pages/payouts.ts', tests: PAGES, only: 'a withdrawal' },
    [
      {
        id: 'console-asks',
        control: 'nothing is sent before the question is answered',
        find: '      confirm({\n        title: `Send ${',
        replace: "      void api.post('payouts', given)\n      confirm({\n        title: `Send ${",
      },
      {
        id: 'console-whereto',
        control: 'the question says where the money goes',
        find: "text: `To ${given['address']}. It cannot",
        replace: 'text: `It cannot',
      },
      {
        id: 'console-capable',
        control: 'only providers that can pay out are offered',
        find: "filter(({ capabilities }) => capabilities.includes('payouts'))",
        replace: 'filter(() => true)',
      },
    ],
  ),
  ...group({ threat: 'T30', file: 'console/pages/checkout.ts', tests: PAGES, only: 'an order' }, [
    {
      id: 'console-payment',
      control: 'a decision is of the payment that it stands beside',
      find: 'const body = { status, note, paymentId: payment.id }',
      replace: 'const body = { status, note }',
    },
    {
      id: 'console-reason',
      control: 'a decision wants a reason, which is kept',
      find: "note: 'Who decided it, and why',",
      replace: '',
    },
    {
      id: 'console-receipt',
      control:
        'the question says what a decision makes: a receipt for what is paid, and for nothing else',
      find: "status === 'paid'\n                  ?",
      replace: "status !== 'failed'\n                  ?",
    },
  ]),
  ...group(
    { threat: 'T30', file: 'console/pages/deliveries.ts', tests: PAGES, only: 'notification' },
    [
      {
        id: 'console-redeliver',
        control: 'the question names the order whose notification is sent again',
        find: 'title: `Send ${row.type} of ${row.orderId} again?`,',
        replace: "title: 'Send it again?',",
      },
      {
        id: 'console-on-its-way',
        control: 'what is on its way is not sent again',
        find: "row.status === 'pending'",
        replace: "row.status === 'failed'",
      },
    ],
  ),
  ...group({ threat: 'T30', file: 'console/pages/history.ts', tests: PAGES, only: 'a history' }, [
    {
      id: 'console-not-ours',
      control: 'what a provider has and we have not is seen',
      find: '[html`<span class="badge warn">not ours</span>`, null]',
      replace: '[null, null]',
    },
    {
      id: 'console-history-key',
      control: 'a key that is not taken any more ends the page',
      find: 'if (!(error instanceof ApiError) || error.status === 401) throw error',
      replace: 'if (!(error instanceof ApiError)) throw error',
    },
  ]),
  ...group({ threat: 'T30', file: 'console/advice.ts', tests: ['console/advice'] }, [
    {
      id: 'console-duplicate',
      control: 'a second payment is given back, not shipped twice',
      find: "ways: ['refunded'],",
      replace: "ways: ['paid'],",
    },
    {
      id: 'console-unknown',
      control: 'a withdrawal that nobody knows of is not sent with another number',
      find: "if (status === 'unknown')",
      replace: "if (status === 'failed')",
    },
  ]),
  ...group(
    {
      threat: 'T30',
      file: 'proxy/provider-desk.ts',
      tests: ['proxy/merchant'],
      only: 'which are ours',
    },
    [
      {
        id: 'history-ours',
        control: 'a provider’s record is of one payment here, or of none',
        find: 'return { checkout, orderId, payment: id, status, reason }',
        replace: 'return null',
      },
    ],
  ),
  ...group(
    {
      threat: 'T3',
      file: 'proxy/stores/order-store.ts',
      tests: ['proxy/orders'],
      only: 'opened with a token',
    },
    [
      {
        id: 'both-sides',
        control: 'an order that the page and the backend open is one checkout',
        find: "const MERCHANTS_WORD: readonly PriceSource[] = ['token', 'merchant']",
        replace: 'const MERCHANTS_WORD: readonly PriceSource[] = []',
      },
    ],
  ),
]
