/**
 * PayCrypto: T9 (events that are forged, replayed, re-timed or mixed), and T6 of its orders.
 * @module
 */
import { group } from '../mutant.ts'

const PROOF = ['proxy/proof-paycrypto']

export const PAYCRYPTO = [
  ...group({ threat: 'T9', file: 'proxy/providers/paycrypto-webhook.ts', tests: PROOF }, [
    {
      id: 'signature',
      control: 'a push is signed with the dashboard’s secret',
      find: 'isSameSecret(signature, signWebhook(timestamp, body, secret))',
      replace: "signature !== ''",
    },
    {
      id: 'no-downgrade',
      control: 'with a secret, a push without a signature is refused',
      find: 'if (secret !== undefined) {\n        checkSignature',
      replace: "if (secret !== undefined && headers.has('signature')) {\n        checkSignature",
    },
    {
      id: 'timestamp',
      control: 'a push’s time is thirteen digits',
      find: '/^\\d{13}$/.test(timestamp) &&',
      replace: '',
    },
    {
      id: 'action',
      control: 'another action says nothing of an order',
      find: 'action === ORDER_RESULT ? events.flatMap(readEvent) : []',
      replace: 'events.flatMap(readEvent)',
    },
    {
      id: 'unsigned-id',
      control: 'without a signature nobody uses an event’s id up before its time',
      find: '...(secret !== undefined && { eventId: id, content: event })',
      replace: '...{ eventId: id, content: event }',
    },
    {
      id: 'hint-only',
      control: 'the flat notification is a reason to ask and no more',
      find: 'return [whose(result.data)]',
      replace:
        "return [{ ...whose(result.data), update: { status: 'paid', providerStatus: result.data.status } }]",
    },
    {
      id: 'event-hint-only',
      control: 'an event is a reason to ask and no more',
      find: 'content: event }), ...whose(params) }]',
      replace:
        "content: event }), ...whose(params), update: { status: 'paid', providerStatus: '1' } }]",
    },
    {
      id: 'isolation',
      control: 'an event that cannot be read does not hold up the others',
      find: "log('warn', 'webhook.unreadable', { provider: 'paycrypto' })\n      return []",
      replace: "throw new ProxyError('not_found')",
    },
    {
      id: 'batch',
      control: 'a push holds no more events than a push can',
      find: '.max(MAX_EVENTS)',
      replace: '',
    },
  ]),
  ...group(
    {
      threat: 'T9',
      file: 'proxy/providers/paycrypto-signing.ts',
      tests: ['proxy/providers/vectors'],
    },
    [
      {
        id: 'signed-time',
        control: 'the time of a push is signed',
        find: '`${timestamp}${body.action.toUpperCase()}${bodyString(body)}`',
        replace: '`${body.action.toUpperCase()}${bodyString(body)}`',
      },
      {
        id: 'signed-events',
        control: 'the events of a push are signed',
        find: '`${timestamp}${body.action.toUpperCase()}${bodyString(body)}`',
        replace: '`${timestamp}${body.action.toUpperCase()}action=${body.action}`',
      },
    ],
  ),
  ...group({ threat: 'T9', file: 'proxy/providers/paycrypto-order.ts', tests: PROOF }, [
    {
      id: 'order-id',
      control: 'PayCrypto’s order is the one that it made for this payment',
      find: "payment.ref !== null && record.order_id !== payment.ref && 'order_id',",
      replace: 'false,',
    },
    {
      id: 'currency',
      control: 'PayCrypto’s order is in the currency that was asked',
      find: "readCurrency(record.currency.toUpperCase())?.id !== payment.method.id && 'currency',",
      replace: 'false,',
    },
    {
      id: 'amount',
      control: 'PayCrypto’s order is of the price that was asked',
      find: "compareDecimal(record.amount, payment.price.amount) !== 0 && 'amount',",
      replace: 'false,',
    },
    {
      id: 'unknown-status',
      control: 'a number that nobody documented is not paid',
      find: "STATUSES[record.status] ?? ['processing']",
      replace: "STATUSES[record.status] ?? ['paid']",
    },
  ]),
  ...group({ threat: 'T9', file: 'proxy/stores/check-store.ts', tests: ['sabotage/gaps'] }, [
    {
      id: 'replay',
      control: 'an event that was seen has no second effect',
      find: "if (known === 'seen') return 'seen'",
      replace: '',
      only: 'seen before',
    },
    {
      id: 'changed',
      control: 'an event of a known id and other content raises an alarm',
      find: "return row?.digest === digest ? 'seen' : 'changed'",
      replace: "return row === undefined ? 'changed' : 'seen'",
      only: 'seen before',
    },
  ]),
  ...group({ threat: 'T9', file: 'proxy/app.ts', tests: ['proxy/webhooks'] }, [
    {
      id: 'no-false-ack',
      control: 'what could not be stored is answered by nothing that looks like a receipt',
      find: "return reply(c, status === 503 ? 'try again later' : 'refused', status, PLAIN_TYPE)",
      replace: 'return replyJson(c, { code: status }, 200)',
      only: 'when the store fails',
    },
  ]),
  ...group({ threat: 'T9', file: 'proxy/webhooks.ts', tests: ['proxy/webhooks'] }, [
    {
      id: 'stored-first',
      control: 'a notification is acknowledged only after it was stored',
      find: 'const found = await store.checks.hint(key.paymentId, now(), noted)',
      replace:
        "const found = await store.checks.hint(key.paymentId, now(), noted).catch(() => 'new')",
      only: 'when the store fails',
    },
  ]),
  ...group({ threat: 'T9', file: 'proxy/webhooks.ts', tests: ['sabotage/gaps'] }, [
    {
      id: 'repeated',
      control: 'an event that was seen makes us ask no second time',
      find: `      log('info', 'webhook.repeated', { provider, eventId: id })
      return
`,
      replace: `      log('info', 'webhook.repeated', { provider, eventId: id })
`,
      only: 'seen before',
    },
  ]),
]
