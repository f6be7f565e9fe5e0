/**
 * Lincoln: T10 (a notification that is forged, or trusted in part).
 * @module
 */
import { group } from '../mutant.ts'

const PROOF = ['proxy/proof-lincoln']
const SIGNING = { threat: 'T10', file: 'proxy/providers/lincoln-signing.ts' } as const

export const LINCOLN = [
  ...group({ threat: 'T10', file: 'proxy/providers/lincoln-ipn.ts', tests: PROOF }, [
    {
      id: 'own-address',
      control: 'a notification belongs to the payment whose address it came to',
      find: '(known !== undefined && known !== ipn.orderId)',
      replace: '(known !== undefined && known === undefined)',
    },
    {
      id: 'hint-only',
      control: '`done` in a notification is a reason to ask and no more',
      find: 'if (known !== undefined) return {}',
      replace:
        "if (known !== undefined) return { update: { status: 'paid', providerStatus: ipn.newStatus } }",
    },
    {
      id: 'hash',
      control: 'the hash of a notification is verified',
      find: "if (!isGenuine(request, form, ipn, hashField, payment.secret)) throw new ProxyError('not_found')",
      replace: '',
    },
    {
      id: 'hash-compared',
      control: 'the hash is the one of these fields',
      find: '&& isSameSecret(value, expected)',
      replace: '',
    },
    {
      id: 'hash-field',
      control: 'the hash is looked for only where it is configured',
      find: 'hashField === undefined ? HASH_FIELDS : [hashField]',
      replace: "[...HASH_FIELDS, hashField ?? 'hash']",
    },
    {
      id: 'doubled',
      control: 'a field that comes twice is refused',
      find: 'if (hasDoubled(form, hashField)) throw',
      replace: 'if (hasDoubled(new URLSearchParams(), hashField)) throw',
    },
    {
      id: 'form',
      control: 'every hashed field has its form: no colon moves text from one to the next',
      find: '&& pattern.test(value) ?',
      replace: '&& pattern.source !== "" ?',
    },
  ]),
  ...group({ ...SIGNING, tests: ['proxy/providers/vectors'], only: 'lincoln' }, [
    {
      id: 'hashed-status',
      control: 'the status of a notification is hashed',
      find: '[orderId, newStatus, inAmount, outAmount',
      replace: "[orderId, '', inAmount, outAmount",
    },
    {
      id: 'hashed-amount',
      control: 'the amount of a notification is hashed',
      find: '[orderId, newStatus, inAmount, outAmount',
      replace: "[orderId, newStatus, '', outAmount",
    },
    {
      id: 'hashed-secret',
      control: 'the hash holds the order’s own secret',
      find: 'timestamp, ipnSecret].join',
      replace: 'timestamp].join',
    },
    {
      id: 'signed-request',
      control: 'a request is signed with our secret',
      find: 'sha256(sha256(json) + secret)',
      replace: 'sha256(sha256(json))',
    },
  ]),
  ...group({ threat: 'T10', file: 'proxy/providers/lincoln-order.ts', tests: PROOF }, [
    {
      id: 'in-progress',
      control: '`inProgress` is not paid',
      find: "inProgress: 'processing',",
      replace: "inProgress: 'paid',",
    },
    {
      id: 'payout',
      control: '`inProgressPayout` is paid only where the merchant said so',
      find: "const isPaid = providerStatus === 'done' || providerStatus === paidAt",
      replace:
        "const isPaid = providerStatus === 'done' || providerStatus.startsWith('inProgress')",
    },
    {
      id: 'amount',
      control: 'Lincoln’s order is of the amount that was asked',
      find: "if (compareDecimal(order.inAmount, payment.price.amount) !== 0) return 'amount'",
      replace: '',
    },
    {
      id: 'coin',
      control: 'Lincoln’s order is of the coin that was picked',
      find: "xml !== undefined && isOtherCoin(xml, payment) ? 'currency' : undefined",
      replace: 'undefined',
    },
    {
      id: 'unknown-status',
      control: 'a status that nobody documented is not paid',
      find: "status: STATUSES[providerStatus] ?? 'processing', providerStatus }",
      replace: "status: STATUSES[providerStatus] ?? 'paid', providerStatus }",
    },
  ]),
  ...group({ threat: 'T10', file: 'proxy/attempts.ts', tests: ['sabotage/gaps'] }, [
    {
      id: 'own-secret',
      control: 'the secret of an order is its own',
      find: 'secret: mintToken() }',
      replace: "secret: 'x'.repeat(43) }",
      only: 'a secret of its own',
    },
  ]),
]
