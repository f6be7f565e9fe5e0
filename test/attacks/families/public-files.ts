/**
 * What is public, and nothing beside it.
 * @module
 */
import type { Family } from '../attack.ts'
import { body, both, each, path, verb } from '../change.ts'

/** What is public, and nothing beside it. */
export const PUBLIC_FILES: Family = {
  name: 'what anybody may read',
  target: 'proxy',
  variant: 'plain',
  arrange: async () => ({
    request: { method: 'GET', path: '/.well-known/jwks.json', headers: {} },
    checkoutId: null,
    more: {},
  }),
  works: { status: 200, shows: ({ text }) => text.includes('"keys":[') && !/"d":/.test(text) },
  groups: [
    {
      threat: 'T34',
      rule: 'read and nothing else',
      answer: 'not supported',
      tries: [
        '/.well-known/jwks.json',
        '/openapi.json',
        '/crypto-checkout.js',
        '/healthz',
        '/readyz',
      ].flatMap((file) =>
        ['POST', 'PUT', 'DELETE', 'TRACE', 'PATCH'].map(
          (method) =>
            [
              `${method} ${file}`,
              both(
                verb(method),
                path(() => file),
                body('{"keys":[]}'),
              ),
            ] as const,
        ),
      ),
    },
    {
      threat: 'T25',
      rule: 'no other file',
      answer: 'not found in any way',
      tries: each(
        [
          '/crypto-checkout.js/../proxy/server.ts',
          '/crypto-checkout.js%2f..%2fserver.ts',
          '/..%2f..%2fetc%2fpasswd',
          '/%2e%2e/%2e%2e/etc/passwd',
          '/../package.json',
          '/package.json',
          '/.env',
          '/.git/config',
          '/data/checkout.db',
          '/.well-known/../.env',
          '/.well-known/jwks.json/',
          '/.well-known/jwks.json%00',
          '/.well-known/',
          '/.well-known/openid-configuration',
          '/openapi.json/',
          '/openapi.yaml',
          '/crypto-checkout.js.map',
          '/crypto-checkout.js%00.map',
          '/index.html',
          '/',
          '/favicon.ico',
          '/server-status',
          '/proxy/server.ts',
          '/node_modules/hono/package.json',
          '/file:///etc/passwd',
          '/http://evil.example/',
          '/\\evil.example',
          '/%5c..%5c',
          '/v1',
          '/v1/',
          '/v1/returns',
          '/v1/returns/',
          '/v1/webhooks',
          '/v1/webhooks/',
          '/v1/receipts/x',
          '/v1/payments/x',
          '/v1/orders/x',
          '/healthz/x',
          '/readyz/',
        ],
        (other) => path(() => other),
      ),
    },
  ],
}
