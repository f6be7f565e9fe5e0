/**
 * Payments: T13 (an older word never undoes a paid order), T14 (timing), T15 (secrets that are none).
 * @module
 */
import { group } from '../mutant.ts'

export const PAYMENTS = [
  ...group({ threat: 'T13', file: 'protocol/projection.ts', tests: ['protocol/projection'] }, [
    {
      id: 'transitions',
      control: 'a status follows only what it may follow: paid stays',
      find: 'if (!TRANSITIONS[state.status].includes(fact.status)) {',
      replace: 'if (state.status === fact.status) {',
    },
    {
      id: 'order',
      control: 'facts count in the order in which they were observed',
      find: '.toSorted(byObservation)',
      replace: '',
    },
    {
      id: 'once',
      control: 'a fact counts once',
      find: 'return [...distinct.values()]',
      replace: 'return [...facts]',
      tests: ['protocol/facts'],
    },
    {
      id: 'monotone',
      control: 'what has arrived only grows',
      find: 'return compareDecimal(seen.amount, known.amount) > 0 ? seen : known',
      replace: 'return seen',
    },
    {
      id: 'other-currency',
      control: 'what has arrived is never counted in another currency',
      find: 'if (known.currency !== seen.currency) return known',
      replace: '',
      tests: ['protocol/facts'],
    },
    {
      id: 'contradiction',
      control: 'a provider that takes back “paid” raises a conflict',
      find: "return contradicts(state, fact) ? { ...next, reason: 'conflict' } : next",
      replace: 'return next',
    },
    {
      id: 'sticky',
      control: 'a conflict stays until a person has looked',
      find: "return state.reason === 'conflict' ? 'conflict' : (fact.reason ?? state.reason)",
      replace: 'return fact.reason ?? null',
      tests: ['protocol/facts'],
    },
  ]),
  ...group(
    { threat: 'T13', file: 'protocol/status.ts', tests: ['protocol/projection', 'protocol/facts'] },
    [
      {
        id: 'paid-stays',
        control: 'nothing but a refund follows “paid”',
        find: "paid: ['refunding', 'refunded'],",
        replace: "paid: ['refunding', 'refunded', 'failed', 'expired'],",
      },
      {
        id: 'late-money',
        control: 'late money counts',
        find: "expired: ['processing', 'review', 'paid', 'refunding', 'refunded'],",
        replace: 'expired: [],',
      },
    ],
  ),
  ...group(
    { threat: 'T13', file: 'protocol/checkout-status.ts', tests: ['protocol/checkout-status'] },
    [
      {
        id: 'any-paid',
        control: 'an order is paid if any attempt is, whatever the others say',
        find: "shown.find((a) => a.status === 'paid' && a.reason !== 'duplicate') ??",
        replace: '',
        also: [
          {
            file: 'protocol/checkout-status.ts',
            find: "shown.find((a) => isPaidFor(a.status) && a.reason !== 'duplicate') ??\n    shown.find((a) => isPaidFor(a.status)) ??",
            replace: '',
          },
        ],
      },
      {
        id: 'unseen',
        control: 'an attempt that nobody saw does not count, unless it has money',
        find: 'isShown || isPaidFor(status)',
        replace: 'isShown || status !== null',
      },
    ],
  ),
  ...group({ threat: 'T13', file: 'proxy/aggregate.ts', tests: ['proxy/payments'] }, [
    {
      id: 'own-facts',
      control: 'a payment is judged by its own facts alone',
      find: 'state: project(facts.filter((fact) => fact.paymentId === payment.id)),',
      replace: 'state: project(facts),',
      only: 'started more than once',
    },
  ]),
  ...group({ threat: 'T14', file: 'proxy/ids.ts', tests: ['proxy/ids'] }, [
    {
      id: 'lengths',
      control: 'secrets of any length are compared without an error',
      find: 'return timingSafeEqual(digest(a), digest(b))',
      replace: 'return timingSafeEqual(Buffer.from(a), Buffer.from(b))',
    },
    {
      id: 'whole',
      control: 'secrets are compared whole',
      find: 'return timingSafeEqual(digest(a), digest(b))',
      replace: 'return timingSafeEqual(digest(a.slice(0, 8)), digest(b.slice(0, 8)))',
    },
  ]),
  ...group({ threat: 'T15', file: 'proxy/option-schemas.ts', tests: ['proxy/config'] }, [
    {
      id: 'short',
      control: 'a secret of ours has 32 bytes or more',
      find: '(text) => Buffer.byteLength(text) >= 32,',
      replace: '(text) => Buffer.byteLength(text) >= 4,',
      only: 'is a mistake',
    },
    {
      id: 'placeholder',
      control: 'a secret is not what stood in an example',
      find: ".refine(isFilledIn, 'is a placeholder, not a secret')",
      replace: '',
      only: 'is a mistake',
    },
    {
      id: 'plain-http',
      control: 'plain http leads to this machine only',
      find: "      LOOPBACK.has(new URL(url).hostname),\n    'must be https",
      replace: "      url !== '',\n    'must be https",
      only: 'is a mistake',
    },
    {
      id: 'webhook-secret',
      control: 'a webhook’s secret has 24 bytes or more',
      find: 'return length >= 24 && length <= 64',
      replace: 'return length > 0',
      only: 'together, or neither',
    },
    {
      id: 'receipt-key',
      control: 'receipts are signed with a private key',
      find: `    kty: z.literal('EC'),
    crv: z.literal('P-256'),
    d: z.string(),`,
      replace: `    kty: z.literal('EC'),
    crv: z.literal('P-256'),`,
      only: 'is a mistake',
    },
  ]),
  ...group({ threat: 'T15', file: 'proxy/config.ts', tests: ['proxy/config'] }, [
    {
      id: 'quiet',
      control: 'a mistake is told by its name, never with its value',
      find: "const problem = isMissing ? 'is missing' : issue.message",
      replace:
        "const problem = isMissing ? 'is missing' : `${issue.message}: ${String(issue.input)}`",
      only: 'is a mistake|which',
      also: [
        {
          file: 'proxy/config.ts',
          find: 'variables.safeParse(env)',
          replace: 'variables.safeParse(env, { reportInput: true })',
        },
      ],
    },
    {
      id: 'stops',
      control: 'a proxy with a mistake does not start',
      find: 'if (!result.success || mistakes.length > 0) throw new ConfigError(mistakes)',
      replace: 'if (!result.success) throw new ConfigError(mistakes)',
      only: 'is a mistake',
    },
  ]),
  ...group({ threat: 'T15', file: 'proxy/providers/paycrypto.ts', tests: ['proxy/bad-secrets'] }, [
    {
      id: 'play-money',
      control: 'a live account does not send shoppers to a sandbox’s page',
      find: 'isSandbox(url) || !pageHosts.some(isSandbox)',
      replace: "url !== ''",
      only: 'play money',
    },
  ]),
]
