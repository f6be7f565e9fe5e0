/**
 * Counters made of the log's events. A label is a word of ours, or `other`.
 * @module
 */
import type { Heard } from './log.ts'

interface Counted {
  inc(labels: Record<string, string>, by?: number): void
}

type MakeCounter = (name: string, help: string, labelNames: string[]) => Counted

/** What an event says about a notification. */
const WEBHOOK_OUTCOMES: Readonly<Record<string, string>> = {
  'webhook.taken': 'taken',
  'webhook.repeated': 'repeated',
  'webhook.unknown_payment': 'unknown_payment',
  'webhook.event_changed': 'event_changed',
  'webhook.not_stored': 'not_stored',
  'webhook.unreadable': 'unreadable',
}

const DELIVERY_OUTCOMES = ['delivered', 'retried', 'given_up'] as const

/** Makes the counters, and what feeds them. */
export function countEvents(
  makeCounter: MakeCounter,
  providers: readonly string[],
  alarms: readonly string[],
): Heard {
  const lines = makeCounter('crypto_checkout_log_lines_total', 'Lines logged.', ['level'])
  const alarmed = makeCounter(
    'crypto_checkout_alarms_total',
    'What a person has to be told of, by its name in docs/alarms.md.',
    ['alarm'],
  )
  const payments = makeCounter(
    'crypto_checkout_payments_changed_total',
    'Payments that changed, by what they became; assurance is what stands behind "paid".',
    ['provider', 'status', 'reason', 'assurance'],
  )
  const webhooks = makeCounter(
    'crypto_checkout_webhooks_total',
    'Notifications of providers, by what became of them.',
    ['provider', 'outcome'],
  )
  const deliveries = makeCounter(
    'crypto_checkout_deliveries_total',
    'Attempts to tell the merchant, by how they ended.',
    ['outcome'],
  )
  // A rise from nothing is not seen where there was no number before.
  for (const level of ['info', 'warn', 'error']) lines.inc({ level }, 0)
  for (const alarm of alarms) alarmed.inc({ alarm }, 0)
  for (const outcome of DELIVERY_OUTCOMES) deliveries.inc({ outcome }, 0)
  const known = new Set(providers)
  const word = (value: unknown): string => (typeof value === 'string' ? value : '')
  const named = (value: unknown): string => (known.has(word(value)) ? word(value) : 'other')

  return (level, event, fields) => {
    lines.inc({ level })
    if (fields['alarm']) alarmed.inc({ alarm: word(fields['alarm']) })
    const provider = named(fields['provider'])
    if (event === 'payment.changed') {
      payments.inc({
        provider,
        status: word(fields['status']),
        reason: word(fields['reason']),
        assurance: word(fields['assurance']),
      })
    } else if (event === 'webhook.refused') {
      webhooks.inc({ provider, outcome: fields['status'] === 503 ? 'failed' : 'refused' })
    } else if (event === 'delivery.delivered') {
      deliveries.inc({ outcome: 'delivered' })
    } else if (event === 'delivery.failed') {
      deliveries.inc({ outcome: fields['status'] === 'failed' ? 'given_up' : 'retried' })
    } else if (WEBHOOK_OUTCOMES[event] !== undefined) {
      webhooks.inc({ provider, outcome: WEBHOOK_OUTCOMES[event] })
    }
  }
}
