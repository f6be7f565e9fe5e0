/**
 * LiPayKripto: T7 (a forged webhook) and T8 (its address leaks).
 * @module
 */
import { group } from '../mutant.ts'

const PROOF = ['proxy/proof-lipaykripto']

export const LIPAYKRIPTO = [
  ...group({ threat: 'T7', file: 'proxy/providers/lipaykripto.ts', tests: PROOF }, [
    {
      id: 'own-address',
      control: 'an unsigned notification counts at the payment’s own address only',
      find: 'payment !== null &&\n      notice?.clientId',
      replace: 'notice?.clientId',
      also: [
        {
          file: 'proxy/providers/lipaykripto.ts',
          find: 'notice.paymentId === payment.paymentId &&',
          replace: '(payment === null || notice.paymentId === payment.paymentId) &&',
        },
        {
          file: 'proxy/providers/lipaykripto.ts',
          find: 'compareDecimal(notice.tryAmount, payment.price.amount) === 0',
          replace:
            '(payment === null || compareDecimal(notice.tryAmount, payment.price.amount) === 0)',
        },
      ],
    },
    {
      id: 'client',
      control: 'a notification names our client',
      find: 'notice?.clientId === clientId &&',
      replace: 'notice !== undefined &&',
    },
    {
      id: 'payment',
      control: 'a notification names this payment',
      find: 'notice.paymentId === payment.paymentId &&',
      replace: '',
    },
    {
      id: 'status',
      control: 'a notification says one of two documented words',
      find: "(notice.status === 'confirmed' || notice.status === 'failed') &&",
      replace: '',
    },
    {
      id: 'amount',
      control: 'a notification is of this payment’s amount',
      find: 'compareDecimal(notice.tryAmount, payment.price.amount) === 0',
      replace: "notice.tryAmount !== ''",
    },
    {
      id: 'pull',
      control: 'with a status call, a notification is a reason to ask and no more',
      find: 'statusApiKey ? {} : { update: judgeNotice(notice, request.payment) }',
      replace: '{ update: judgeNotice(notice, request.payment) }',
    },
    {
      id: 'exposed',
      control: 'an unsigned notification at an address that the shopper could read proves nothing',
      find: 'if (!payment?.isWebhookExposed && !isTooMuch) return update',
      replace: 'if (!isTooMuch) return update',
    },
    {
      id: 'too-much',
      control: 'an unsigned notification of much money is for a person',
      find: 'unsignedMax !== undefined && compareDecimal(tryAmount, unsignedMax) > 0',
      replace: 'unsignedMax !== undefined && compareDecimal(tryAmount, unsignedMax) > 1',
    },
    {
      id: 'assurance',
      control: 'an unsigned notification is marked as what it is',
      find: "toUpdate(status, tryAmount, 'unsigned-webhook')",
      replace: "toUpdate(status, tryAmount, 'signed-webhook')",
    },
    {
      id: 'unknown-status',
      control: 'a status that nobody documented is not paid',
      find: "const status = STATUSES[providerStatus] ?? 'processing'",
      replace: "const status = STATUSES[providerStatus] ?? 'paid'",
    },
  ]),
  ...group({ threat: 'T7', file: 'proxy/providers/lipaykripto-status.ts', tests: PROOF }, [
    {
      id: 'asked-about',
      control: 'the status call’s answer is about this payment',
      find: 'if (data.paymentId === id) return data',
      replace: 'if (data) return data',
    },
  ]),
  ...group({ threat: 'T7', file: 'proxy/providers/lipaykripto-notice.ts', tests: PROOF }, [
    {
      id: 'downgrade',
      control: 'with a webhook secret, an unsigned notification is refused',
      find: 'if (webhookSecret !== undefined && !isSigned(body, json, webhookSecret)) return undefined',
      replace:
        "if (webhookSecret !== undefined && 'signature' in json && !isSigned(body, json, webhookSecret)) return undefined",
    },
    {
      id: 'signature',
      control: 'a signed notification’s signature is verified',
      find: 'if (webhookSecret !== undefined && !isSigned(body, json, webhookSecret)) return undefined',
      replace:
        "if (webhookSecret !== undefined && typeof json['signature'] !== 'string') return undefined",
    },
  ]),
  ...group({ threat: 'T7', file: 'proxy/webhooks.ts', tests: ['proxy/webhooks'] }, [
    {
      id: 'capability',
      control: 'a notification’s address is one that we gave',
      find: "if (key && own?.provider !== provider.id) throw new ProxyError('not_found')",
      replace: '',
      only: 'of its own provider alone',
      tests: ['sabotage/gaps'],
    },
    {
      id: 'burned',
      control: 'an unsigned notification is not heard after the payment’s end',
      find: "if (receiver.authenticity === 'unsigned' && own && !isAwaiting(own, now())) {",
      replace: "if (receiver.authenticity === 'unsigned' && own && now() < 0) {",
      only: 'lipaykripto, unsigned',
    },
    {
      id: 'grace',
      control: 'an unsigned notification is not heard long after its time',
      find: 'return isWaiting && now < (expiresAt ?? createdAt) + GRACE_MS',
      replace: 'return isWaiting',
      tests: ['sabotage/gaps'],
      only: 'long after its time',
    },
  ]),
  ...group({ threat: 'T8', file: 'proxy/providers/lipaykripto.ts', tests: PROOF }, [
    {
      id: 'looked-for',
      control: 'a payment page that tells the webhook’s address is noticed',
      find: 'reveals(made.paymentUrl, webhookToken)',
      replace: 'made.paymentUrl === webhookToken',
    },
  ]),
  ...group({ threat: 'T8', file: 'proxy/leak.ts', tests: ['proxy/leak'] }, [
    {
      id: 'encoded',
      control: 'an address inside base64 is found',
      find: '[plain, ...base64, ...hex]',
      replace: '[plain, ...hex]',
    },
    {
      id: 'hex',
      control: 'an address in hex is found',
      find: '[plain, ...base64, ...hex]',
      replace: '[plain, ...base64]',
    },
    {
      id: 'shifted',
      control: 'an address anywhere in a run of base64 is found',
      find: 'Array.from({ length: places }, (_, place) =>',
      replace: 'Array.from({ length: Math.min(places, 1) }, (_, place) =>',
    },
    {
      id: 'nested',
      control: 'an address in several layers of base64 is found',
      find: 'const MAX_DEPTH = 4',
      replace: 'const MAX_DEPTH = 1',
    },
    {
      id: 'escaped',
      control: 'an address behind percent signs is found',
      find: '.replace(/%([A-Fa-f0-9]{2})/g, toCharacter)',
      replace: '',
      tests: ['proxy/leak', 'proxy/proof-lipaykripto'],
    },
  ]),
  ...group({ threat: 'T8', file: 'proxy/guard.ts', tests: ['sabotage/gaps'] }, [
    {
      id: 'logged-path',
      control: 'the log holds a route, never the path of a webhook or a return',
      find: 'route: c.req.routePath,',
      replace: 'route: c.req.path,',
      only: 'no token in the log',
      also: [
        {
          file: 'proxy/redact.ts',
          find: '[/(\\/v1\\/(?:webhooks\\/[\\w-]{1,40}|returns)\\/)[\\w-]{20,}/g, `$1${BLOT}`],',
          replace: '',
        },
      ],
    },
  ]),
  ...group({ threat: 'T8', file: 'proxy/attempts.ts', tests: ['sabotage/gaps'] }, [
    {
      id: 'stored-hash',
      control: 'the store holds the hash of a webhook’s token, never the token',
      find: 'webhookHash: hashToken(tokens.webhookToken),',
      replace: 'webhookHash: tokens.webhookToken,',
      only: 'no token in the store',
      also: [
        {
          file: 'proxy/webhooks.ts',
          find: "isToken(token) ? hashToken(token) : ''",
          replace: "isToken(token) ? token : ''",
        },
      ],
    },
    {
      id: 'sealed-secret',
      control: 'the secret of an order is stored sealed',
      find: 'private: await vault.seal({ secret: tokens.secret }),',
      replace: 'private: JSON.stringify({ secret: tokens.secret }),',
      only: 'no token in the store',
      also: [
        {
          file: 'proxy/vault.ts',
          find: 'async open(sealed) {',
          replace:
            "async open(sealed) {\n      if (sealed.startsWith('{')) return JSON.parse(sealed) as PrivateData",
        },
      ],
    },
  ]),
]
