/**
 * The server itself: T26 and T27 (what it fetches), T28 (abuse), T34 (verbs and paths).
 * @module
 */
import { group } from '../mutant.ts'

export const SERVER = [
  ...group({ threat: 'T26', file: 'proxy/deliver.ts', tests: ['sabotage/parts'] }, [
    {
      id: 'redirect',
      control: 'a merchant’s redirect is not followed',
      find: "redirect: 'manual',",
      replace: '',
      only: 'the merchant is told',
    },
  ]),
  ...group(
    {
      threat: 'T26',
      file: 'proxy/providers/cryptom-transaction.ts',
      tests: ['proxy/proof-cryptom'],
    },
    [
      {
        id: 'provider-id',
        control: 'a provider’s id that goes into a path is of its form',
        find: '_id: z.string().regex(/^[a-f\\d]{24}$/),',
        replace: '_id: z.string(),',
      },
    ],
  ),
  ...group(
    {
      threat: 'T26',
      file: 'proxy/providers/paycrypto-query.ts',
      tests: ['proxy/providers/paycrypto'],
    },
    [
      {
        id: 'filters',
        control: 'only documented filters, of harmless text, go into a query',
        find: '!FILTERS.some((known) => known === name) || !/^[\\w.-]{1,64}$/.test(value)',
        replace: '!FILTERS.some((known) => known === name)',
        only: 'refuses to list by',
      },
    ],
  ),
  ...group({ threat: 'T27', file: 'proxy/provider-fetch.ts', tests: ['proxy/provider-fetch'] }, [
    {
      id: 'redirect',
      control: 'a provider’s redirect is not followed: it would carry the secrets along',
      find: "redirect: 'manual',",
      replace: '',
    },
    {
      id: 'deadline',
      control: 'every call has a deadline',
      find: 'signal: AbortSignal.timeout(DEADLINE_MS[request.purpose]),',
      replace: '',
    },
    {
      id: 'size',
      control: 'an answer has a cap',
      find: 'if (size > MAX_BYTES) break',
      replace: '',
      also: [
        {
          file: 'proxy/provider-fetch.ts',
          find: 'if (size <= MAX_BYTES) return concat(chunks, size)',
          replace: 'if (size >= 0) return concat(chunks, size)',
        },
      ],
      tests: ['sabotage/parts'],
      only: 'provider’s answer',
    },
    {
      id: 'redirect-answer',
      control: 'a redirect is no answer',
      find: 'if (response.status >= 300 && response.status < 400) {',
      replace: 'if (response.status > 1000) {',
      tests: ['sabotage/parts'],
      only: 'provider’s answer',
    },
    {
      id: 'shape',
      control: 'an answer is what the adapter expects, or none',
      find: 'if (result.success) return result.data\n  const where',
      replace: 'if (result.success || body) return (result.data ?? body) as T\n  const where',
    },
    {
      id: 'long-number',
      control: 'a number that is too long keeps its digits',
      find: 'return isHeld(context.source, value) ? value : context.source',
      replace: 'return value',
    },
    {
      id: 'nul',
      control: 'the character NUL of an answer is left out',
      find: "if (typeof value === 'string') return value.replaceAll('\\0', '')",
      replace: '',
    },
    {
      id: 'no-retry',
      control: 'an answer that was lost may have happened',
      find: "mayHaveHappened: request.purpose === 'create' && !isUnsent,",
      replace: 'mayHaveHappened: false,',
      tests: ['proxy/payments'],
      only: 'lost is written down',
    },
  ]),
  ...group({ threat: 'T28', file: 'proxy/body.ts', tests: ['proxy/orders'] }, [
    {
      id: 'body',
      control: 'a body has a cap where its length is declared',
      find: 'if (!(Number(declared) <= limit)) throw tooLarge',
      replace: '',
      only: 'no content type',
    },
    {
      id: 'stream',
      control: 'a body has a cap where its length is not declared',
      find: 'if (size > limit) throw tooLarge',
      replace: '',
      only: 'does not say how long',
      tests: ['sabotage/parts'],
    },
  ]),
  ...group({ threat: 'T28', file: 'proxy/app.ts', tests: ['proxy/webhooks'] }, [
    {
      id: 'webhook',
      control: 'a notification has a cap',
      find: 'const MAX_WEBHOOK_BYTES = 64 * 1024',
      replace: 'const MAX_WEBHOOK_BYTES = 64 * 1024 * 1024',
      only: 'too large',
    },
  ]),
  ...group({ threat: 'T28', file: 'proxy/checkouts.ts', tests: ['proxy/payments'] }, [
    {
      id: 'coalesced',
      control: 'a hundred watchers cost the provider one call',
      find: 'const isDue = snapshot.isWatched && Math.abs(time - (lookedAt.get(id) ?? 0)) >= WATCH_GAP_MS',
      replace: 'const isDue = snapshot.isWatched && time > 0',
      also: [
        {
          file: 'proxy/look.ts',
          find: 'if (!(await store.checks.claimQuestion(payment.id, now(), gapMs))) return NO_ANSWER',
          replace: '',
        },
        {
          file: 'proxy/look.ts',
          find: 'if (running && gapMs >= WATCH_GAP_MS) return running',
          replace: '',
        },
      ],
      only: 'hundred watchers',
    },
  ]),
  ...group({ threat: 'T28', file: 'proxy/breaker.ts', tests: ['proxy/rest'] }, [
    {
      id: 'rest',
      control: 'a provider that asked for quiet is not called',
      find: "if (isResting()) refuse('asked for quiet', restUntil)",
      replace: '',
    },
  ]),
  ...group(
    { threat: 'T34', file: 'proxy/app.ts', tests: ['proxy/payments'], only: 'other verbs' },
    [
      {
        id: 'strict',
        control: 'a path is taken to the letter',
        find: 'new Hono<ProxyEnv>({ strict: true })',
        replace: 'new Hono<ProxyEnv>({ strict: false })',
      },
      {
        id: 'verbs',
        control: 'a route has one verb',
        find: "app.post('/v1/checkouts/:id/cancel', ...acting, async (c) => {",
        replace: "app.all('/v1/checkouts/:id/cancel', ...acting, async (c) => {",
      },
      {
        id: 'webhook-verbs',
        control: 'a notification is a POST',
        find: "app.post('/v1/webhooks/:provider', (c) => takeIn(c, undefined))",
        replace: "app.all('/v1/webhooks/:provider', (c) => takeIn(c, undefined))",
        tests: ['sabotage/gaps'],
        only: 'a notification is a POST',
      },
    ],
  ),
]
