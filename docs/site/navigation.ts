/**
 * What the site holds, in the order in which it is read: the menu, the first page and `llms.txt` are made of it.
 * @module
 */

/** A page: a file of the repository, or made of one (`sources.ts`). A `#` after it leads to a section. */
export interface Entry {
  readonly file: string
  readonly label: string
  /** What one finds there, in one line. */
  readonly about: string
}

export interface Group {
  readonly title: string
  readonly entries: readonly Entry[]
  /** Left out of `llms-full.txt`: long, and for a question that is already known. */
  readonly isDetail?: true
}

const entry = (file: string, label: string, about: string): Entry => ({ file, label, about })

export const GROUPS: readonly Group[] = [
  {
    title: 'Start',
    entries: [
      entry('docs/quickstart.md', 'Quickstart', 'from a clone to a paid order, in a page of yours'),
      entry(
        'docs/embedding.md',
        'Embedding',
        'what is bought, how it is shown, what the page hears',
      ),
      entry(
        'docs/packaging.md',
        'Packages and frameworks',
        'npm, React, Vue, Svelte, Angular, editors',
      ),
      entry('examples/README.md', 'Examples', 'whole pages and shops, each paid by a test'),
      entry('docs/theming.md', 'Theming', 'one colour, tokens, parts, slots, ready themes'),
      entry(
        'docs/languages.md',
        'Languages',
        'five languages, texts of your own, a language of your own',
      ),
      entry(
        'docs/accessibility.md',
        'Accessibility',
        'WCAG 2.2 AA: what is claimed, and its tests',
      ),
      entry(
        'docs/strict-hosts.md',
        'Strict hosts',
        'content security policy, integrity, frames, neighbours',
      ),
      entry(
        'demo/gallery/scenes.ts',
        'Every state',
        'each screen with its picture, and what can be done on it',
      ),
    ],
  },
  {
    title: 'Money',
    entries: [
      entry(
        'docs/price-safety.md',
        'Price safety',
        'who says what an order costs, and why no page can change it',
      ),
      entry(
        'docs/merchant.md',
        'Your server',
        'sign orders, send payment links; Node, PHP, Python',
      ),
      entry(
        'docs/merchant.md#hear-what-becomes-of-it',
        'Webhooks',
        'signed notifications: verify, apply once, answer',
      ),
      entry(
        'docs/merchant.md#what-to-ship-on',
        'What to ship on',
        'which word to trust, status by status',
      ),
      entry(
        'docs/merchant.md#check-a-receipt',
        'Receipts',
        'signed, and verified without asking anybody',
      ),
      entry('docs/payouts.md', 'Payouts', 'withdrawals, with limits, each request once'),
      entry(
        'docs/providers.md',
        'Providers',
        'five of them, compared; the merchant’s routes, tried',
      ),
    ],
  },
  {
    title: 'Each provider',
    isDetail: true,
    entries: [
      entry(
        'docs/providers/cryptom.md',
        'Cryptom Pay',
        'every endpoint, field, status and variable',
      ),
      entry(
        'docs/providers/lincoln.md',
        'Lincoln.money',
        'every endpoint, field, status and variable',
      ),
      entry(
        'docs/providers/lipaykripto.md',
        'LiPayKripto',
        'every endpoint, field, status and variable',
      ),
      entry(
        'docs/providers/paycrypto.md',
        'PayCrypto-Checkout',
        'every endpoint, field, status and variable',
      ),
      entry('docs/providers/redoya.md', 'Redoya Pay', 'every endpoint, field, status and variable'),
    ],
  },
  {
    title: 'Run',
    entries: [
      entry('.env.example', 'Configuration', 'every variable, with its default'),
      entry(
        'docs/deployment.md',
        'Deployment and scaling',
        'one machine, PostgreSQL, several proxies, several regions',
      ),
      entry(
        'docs/runtimes.md',
        'Runtimes',
        'Node, Docker, Workers, Bun, Deno, and in your own server',
      ),
      entry(
        'docs/going-live.md',
        'Going live',
        'the list before the first real order, each line tried',
      ),
      entry('docs/operations.md', 'Operations', 'what to do when something goes wrong'),
      entry('docs/observability.md', 'Logs and metrics', 'every event and every number'),
      entry('docs/alarms.md', 'Alarms', 'what to be woken for, and what to do then'),
      entry(
        'docs/upgrading.md',
        'Upgrading',
        'in which order, what goes together, and the way back',
      ),
      entry('docs/performance.md', 'Performance', 'budgets, measurements, and their commands'),
      entry('docs/capacity.md', 'Capacity', 'what 10, 1,000 and 100,000 shoppers at once need'),
      entry('docs/faults.md', 'Faults', 'what holds when processes die and answers are lost'),
    ],
  },
  {
    title: 'Reference',
    entries: [
      entry('proxy/operations.ts', 'HTTP API', 'every route, its body and its errors'),
      entry(
        'widget/crypto-checkout.ts',
        'The element',
        'attributes, properties, methods, events, slots, parts, tokens, states',
      ),
      entry(
        'merchant/index.ts',
        'Merchant helpers',
        'signOrder, verifyWebhook, verifyReceipt, and their types',
      ),
      entry('docs/cli.md', 'Command line', 'keys, doctor, sandbox, sign, csp, webhook'),
    ],
  },
  {
    title: 'Project',
    isDetail: true,
    entries: [
      entry(
        'docs/features.md',
        'Features',
        'what it does beside what others do, each with its test',
      ),
      entry('SECURITY.md', 'Security', 'threats, controls, and the tests that attack them'),
      entry('docs/security-review.md', 'For a reviewer', 'data flows, cryptography, networks'),
      entry('docs/supply-chain.md', 'Supply chain', 'dependencies, lint rules, canaries'),
      entry('ARCHITECTURE.md', 'Architecture', 'how it is built, and where a new thing goes'),
      entry('CONTRIBUTING.md', 'Contributing', 'how we write and test'),
      entry('docs/releasing.md', 'Releasing', 'what is public, versions, and how to check one'),
      entry('docs/decisions', 'Decisions', 'why it is as it is'),
      entry('CHANGELOG.md', 'Changes', 'by version'),
    ],
  },
]

export const TITLE = 'crypto-checkout'
export const SUMMARY =
  'An embeddable crypto checkout: one web component, and one tiny proxy that keeps every secret.'
