/**
 * What nobody may read: T25 (secrets in logs, answers and stores, and who is told of trouble) and T33
 * (a log that cannot be forged).
 * @module
 */
import { group } from '../mutant.ts'

export const SECRETS = [
  ...group({ threat: 'T25', file: 'proxy/log.ts', tests: ['proxy/log'] }, [
    {
      id: 'blotted',
      control: 'a secret never stands in the log',
      find: 'cut(redact(value), ',
      replace: 'cut(value, ',
    },
    {
      id: 'fields',
      control: 'the log writes the fields of its events and no others',
      find: '.filter((name) => Object.hasOwn(known, name))',
      replace: '.concat(Object.keys(known))',
    },
    {
      id: 'cut',
      control: 'a value is cut after its secrets are out, not before',
      find: 'cut(redact(value), FIELD_LIMITS[name] ?? USUAL_LIMIT)',
      replace: 'redact(cut(value, FIELD_LIMITS[name] ?? USUAL_LIMIT))',
    },
  ]),
  ...group({ threat: 'T25', file: 'proxy/redact.ts', tests: ['proxy/log'] }, [
    {
      id: 'hex',
      control: 'a secret stands in the log in no other spelling either',
      find: "bytes.toString('hex'),",
      replace: '',
    },
    {
      id: 'inside-base64',
      control: 'a secret in the middle of a base64 text is found',
      find: 'const long = bytes.length < MIN_INSIDE ? [] : inside',
      replace: 'const long = bytes.length < 0 ? inside : []',
    },
    {
      id: 'tokens',
      control: 'nothing shaped like a token stands in the log',
      find: '.replace(DOTTED, blotJwts)',
      replace: '',
    },
    {
      id: 'callbacks',
      control: 'no address of a callback of ours stands in the log',
      find: '[/(\\/v1\\/(?:webhooks\\/[\\w-]{1,40}|returns)\\/)[\\w-]{20,}/g, `$1${BLOT}`],',
      replace: '',
    },
  ]),
  ...group({ threat: 'T25', file: 'proxy/create-proxy.ts', tests: ['sabotage/gaps'] }, [
    {
      id: 'all-secrets',
      control: 'the log knows every provider’s secret',
      find: '...options.providers.flatMap((provider) => provider.secrets),',
      replace: '',
      only: 'knows every secret',
    },
    {
      id: 'own-secrets',
      control: 'the log knows our own secrets',
      find: '...options.proxySecrets,',
      replace: '',
      only: 'knows every secret',
    },
  ]),
  ...group({ threat: 'T25', file: 'proxy/problem.ts', tests: ['sabotage/parts'] }, [
    {
      id: 'silent',
      control: 'an error that nobody foresaw says nothing about itself',
      find: 'const known = error instanceof ProxyError ? error : new ProxyError(unknown)',
      replace:
        'const known = error instanceof ProxyError ? error : new ProxyError(unknown, String(error))',
      only: 'nobody foresaw',
    },
  ]),
  ...group({ threat: 'T25', file: 'proxy/signing-keys.ts', tests: ['proxy/receipts'] }, [
    {
      id: 'public-half',
      control: 'of a receipt’s key only the public half is published',
      find: "const PUBLIC_FIELDS = ['kty', 'crv', 'x', 'y'] as const",
      replace: "const PUBLIC_FIELDS = ['kty', 'crv', 'x', 'y', 'd'] as const",
      only: 'without its secret half',
    },
  ]),
  ...group({ threat: 'T25', file: 'proxy/vault.ts', tests: ['proxy/vault'] }, [
    {
      id: 'sealed',
      control: 'what nobody may read is encrypted',
      find: `new CompactEncrypt(new TextEncoder().encode(JSON.stringify(data)))
        .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
        .encrypt(key)`,
      replace: "key.length > 0 ? JSON.stringify(data) : ''",
    },
  ]),
  ...group(
    { threat: 'T25', file: 'proxy/providers/cryptom-history.ts', tests: ['proxy/merchant'] },
    [
      {
        id: 'people',
        control: 'a history leaves people out',
        find: 'withPersonalData ? record : withoutPeople(record)',
        replace: 'record',
        only: 'leaves people out',
      },
    ],
  ),
  ...group({ threat: 'T33', file: 'proxy/log.ts', tests: ['proxy/log'] }, [
    {
      id: 'one-line',
      control: 'a line of the log is one line, whatever stands in it',
      find: 'write(JSON.stringify(line).replace(UNSEEN, escapeUnits))',
      replace: "write(Object.entries(line).map(([name, value]) => `${name}=${value}`).join(' '))",
    },
    {
      id: 'unseen',
      control: 'what is not seen is escaped: no separator of lines, no change of direction',
      find: '.replace(UNSEEN, escapeUnits)',
      replace: '',
    },
    {
      id: 'head',
      control: 'a field does not pass for the time, the level or the event',
      find: 'level, event, ...allowed }',
      replace: 'level, event, ...allowed, ...fields }',
      tests: ['sabotage/parts'],
      only: 'does not pass for',
    },
  ]),
  ...group({ threat: 'T25', file: 'proxy/metrics-route.ts', tests: ['proxy/metrics'] }, [
    {
      id: 'metrics-key',
      control: 'the numbers are for those who have a key',
      find: 'api.use(requireKey(keys, limits))',
      replace: '',
      only: 'nobody else',
    },
  ]),
  ...group({ threat: 'T25', file: 'proxy/create-proxy.ts', tests: ['proxy/metrics'] }, [
    {
      id: 'metrics-only',
      control: 'the key of the metrics opens nothing but the metrics',
      find: 'keys: options.merchantKeys,',
      replace: 'keys: metricsKeys,',
      only: 'opens nothing but',
    },
  ]),
  ...group({ threat: 'T25', file: 'proxy/alarms.ts', tests: ['proxy/alarms'] }, [
    {
      id: 'unasked',
      control: '“paid” on a notification’s word alone raises an alarm',
      find: "? 'paid_unasked'",
      replace: '? undefined',
    },
    {
      id: 'regression',
      control: 'a provider that takes “paid” back raises an alarm',
      find: "return isPaidFor(status) ? 'regression' : 'conflict'",
      replace: "return isPaidFor(status) ? undefined : 'conflict'",
    },
  ]),
]
