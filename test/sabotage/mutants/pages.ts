/**
 * Pages and browsers: T4 and T29 (foreign pages), T18 (markup), T19 (where a shopper is sent), T21, T22, T24.
 * @module
 */
import { group } from '../mutant.ts'

export const PAGES = [
  ...group({ threat: 'T4', file: 'proxy/guard.ts', tests: ['proxy/orders'], only: 'of pages' }, [
    {
      id: 'origin',
      control: 'a foreign page is refused before the handler',
      find: "if (!headers) throw new ProxyError('forbidden_origin', 'this page is not allowed')",
      replace: '',
    },
    {
      id: 'exact',
      control: 'an origin is compared whole',
      find: 'forOrigin.get(origin)',
      replace: "forOrigin.get(origins.find((each) => origin.toLowerCase().startsWith(each)) ?? '')",
    },
    {
      id: 'credentials',
      control: 'no page may send cookies along',
      find: "'access-control-expose-headers': 'etag, retry-after, date',",
      replace:
        "'access-control-expose-headers': 'etag, retry-after, date', 'access-control-allow-credentials': 'true',",
    },
  ]),
  ...group({ threat: 'T29', file: 'proxy/body.ts', tests: ['proxy/orders'] }, [
    {
      id: 'json',
      control: 'a form or a text is not taken for JSON',
      find: "if (type !== 'application/json') {",
      replace: "if (type === 'never') {",
      only: 'no content type',
    },
  ]),
  ...group({ threat: 'T29', file: 'proxy/app.ts', tests: ['proxy/webhooks'] }, [
    {
      id: 'webhook-cors',
      control: 'webhooks are for no page',
      find: "app.use('/v1/checkouts/*', forPages)",
      replace: "app.use('/v1/*', forPages)",
      only: 'carry no CORS headers',
    },
    {
      id: 'forms',
      control: 'cancelling takes JSON, not a form',
      find: 'parse(emptyBodySchema, await readJson(c))\n    await payments.cancel',
      replace: 'await payments.cancel',
      tests: ['sabotage/gaps'],
      only: 'no form',
    },
  ]),
  ...group({ threat: 'T29', file: 'proxy/hosted/routes.ts', tests: ['proxy/hosted'] }, [
    {
      id: 'hosted-form',
      control: 'the form of a payment link is the one of our own page',
      find: "if (c.req.header('origin') !== origin) throw new ProxyError('forbidden_origin')",
      replace: '',
      only: 'no form of another page',
    },
  ]),
  ...group(
    { threat: 'T18', file: 'widget/core/url.ts', tests: ['widget/core/answer'], only: 'URLs' },
    [
      {
        id: 'protocol',
        control: 'a link leads to https and to nothing a browser would run',
        find: 'return isAllowed ? url : null',
        replace: 'return url',
      },
      {
        id: 'credentials',
        control: 'a link hides no name and password',
        find: 'if (!url || url.username || url.password) return null',
        replace: 'if (!url) return null',
      },
    ],
  ),
  ...group(
    {
      threat: 'T18',
      file: 'widget/core/answer.ts',
      tests: ['widget/core/answer'],
    },
    [
      {
        id: 'page',
        control: 'a payment page that is not https is never opened',
        find: "return safeUrl(action.url) ? null : 'address_invalid'",
        replace: 'return null',
        tests: ['sabotage/parts'],
      },
      {
        id: 'known-status',
        control: 'a status that is not known passes as nothing',
        find: 'hasOwn(TRANSITIONS, it.status) &&',
        replace: '',
        tests: ['widget/core/answer'],
      },
    ],
  ),
  ...group(
    { threat: 'T35', file: 'widget/view.ts', tests: ['widget/redirect'], only: 'coming back' },
    [
      {
        id: 'visit',
        control: 'an order that only a link names is not paid',
        find: 'if (local.isVisit && isPayable)',
        replace: 'if (local.isVisit && alarm)',
      },
    ],
  ),
  ...group({ threat: 'T18', file: 'proxy/attempts.ts', tests: ['sabotage/gaps'] }, [
    {
      id: 'own-words',
      control: 'a provider’s words about an error reach no page',
      find: "throw new ProxyError(error.code, 'the payment could not be made this way', {",
      replace: 'throw new ProxyError(error.code, error.message, {',
      only: 'own words',
    },
  ]),
  ...group(
    {
      threat: 'T19',
      file: 'proxy/shopper-input.ts',
      tests: ['proxy/payments'],
      only: 'a return page like',
    },
    [
      {
        id: 'origin',
        control: 'a shopper goes on to a page of the merchant’s only',
        find: '!origins.includes(parsed.origin) || ',
        replace: '',
      },
      {
        id: 'prefix',
        control: 'an origin is compared whole',
        find: '!origins.includes(parsed.origin)',
        replace: '!origins.some((origin) => parsed.origin.startsWith(origin))',
      },
      {
        id: 'credentials',
        control: 'a page hides no name and password',
        find: ' || parsed.username || parsed.password',
        replace: '',
      },
      {
        id: 'backslash',
        control: 'a page is written as every reader reads it',
        find: 'URL_TEXT.test(url) && URL.canParse(url)',
        replace: 'URL.canParse(url)',
      },
    ],
  ),
  ...group({ threat: 'T19', file: 'proxy/app.ts', tests: ['proxy/payments'] }, [
    {
      id: 'id-alone',
      control: 'our redirect carries the checkout’s id and nothing else',
      find: "target.searchParams.set('checkout', checkoutId)",
      replace:
        "target.searchParams.set('checkout', checkoutId)\n    for (const [name, value] of query) target.searchParams.set(name, value)",
      only: 'id alone',
      tests: ['sabotage/gaps'],
    },
  ]),
  ...group({ threat: 'T21', file: 'proxy/guard.ts', tests: ['sabotage/gaps'], only: 'headers' }, [
    {
      id: 'frames',
      control: 'no answer of ours is shown in a frame, and none of them runs anything',
      find: `'content-security-policy': "default-src 'none'; frame-ancestors 'none'",`,
      replace: '',
    },
    {
      id: 'sniff',
      control: 'no answer is taken for what it is not',
      find: "'x-content-type-options': 'nosniff',",
      replace: '',
    },
    {
      id: 'https',
      control: 'a browser comes back by https',
      find: "'strict-transport-security': 'max-age=31536000',",
      replace: '',
    },
  ]),
  ...group(
    { threat: 'T22', file: 'proxy/app.ts', tests: ['sabotage/gaps'], only: 'the widget’s script' },
    [
      {
        id: 'integrity',
        control: 'a page may load the script with `integrity`',
        find: "...PUBLIC_HEADERS,\n    'content-type': `${type}; charset=utf-8`,\n    'cross-origin-resource-policy': 'cross-origin',",
        replace: '',
      },
    ],
  ),
  ...group({ threat: 'T24', file: 'proxy/ids.ts', tests: ['proxy/ids'] }, [
    {
      id: 'random',
      control: 'a checkout’s id is 128 random bits',
      find: "mintCheckoutId = (): string => randomBytes(16).toString('base64url')",
      replace: "mintCheckoutId = (): string => `${Date.now()}${(sequence += 1)}`.padStart(22, '0')",
    },
    {
      id: 'tokens',
      control: 'a token is 256 random bits',
      find: "mintToken = (): string => randomBytes(32).toString('base64url')",
      replace: "mintToken = (): string => randomBytes(8).toString('base64url').padEnd(43, 'A')",
    },
  ]),
  ...group(
    { threat: 'T24', file: 'proxy/view.ts', tests: ['proxy/payments'], only: 'allow-list' },
    [
      {
        id: 'allow-list',
        control: 'a browser is shown an allow-list of fields',
        find: 'id: checkout.id,\n    orderId',
        replace: '...checkout,\n    id: checkout.id,\n    orderId',
      },
    ],
  ),
  ...group(
    { threat: 'T24', file: 'proxy/payments.ts', tests: ['proxy/payments'], only: 'of one shape' },
    [
      {
        id: 'one-shape',
        control: 'an id that is not known is answered alike everywhere',
        find: "if (!aggregate) throw new ProxyError('not_found')",
        replace: "if (!aggregate) throw new ProxyError('not_found', `no checkout ${checkoutId}`)",
      },
    ],
  ),
]
