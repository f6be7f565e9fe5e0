/**
 * Every event that the proxy logs: the levels it comes at, and the fields that it may have. The log
 * writes no others. What each means stands in `docs/observability.md`.
 * @module
 */
export type LogLevel = 'info' | 'warn' | 'error'

interface EventSpec {
  readonly levels: readonly LogLevel[]
  /** Beside those that every event may have. */
  readonly fields: readonly string[]
}

/** What every event may have: where it belongs, and which alarm it is. */
export const COMMON_FIELDS = ['requestId', 'checkout', 'payment', 'alarm'] as const

const PROVIDER_FAILED = [
  'provider',
  'operation',
  'code',
  'providerCode',
  'detail',
  'mayHaveHappened',
] as const
const DELIVERY = ['id', 'type', 'attempts', 'answer', 'status'] as const

export const EVENTS = {
  'checkout.created': { levels: ['info'], fields: ['source'] },
  'checkout.canceled': { levels: ['info'], fields: [] },
  'checks.caught_up': { levels: ['info'], fields: ['seconds'] },
  'checks.late': { levels: ['error'], fields: ['waiting', 'seconds'] },
  'claim.refused': { levels: ['warn'], fields: ['provider', 'note'] },
  'clock.set_back': { levels: ['warn'], fields: ['seconds'] },
  'deliver.failed': { levels: ['error'], fields: ['detail'] },
  'delivery.delivered': { levels: ['info'], fields: DELIVERY },
  'delivery.failed': { levels: ['warn', 'error'], fields: DELIVERY },
  'limit.reached': { levels: ['warn'], fields: ['limit'] },
  'look.failed': { levels: ['error'], fields: ['detail'] },
  'outbox.caught_up': { levels: ['info'], fields: ['seconds'] },
  'outbox.late': { levels: ['error'], fields: ['waiting', 'seconds'] },
  'payment.changed': {
    levels: ['info', 'warn', 'error'],
    fields: ['provider', 'from', 'status', 'reason', 'assurance', 'providerStatus', 'note'],
  },
  'payment.created': { levels: ['info'], fields: ['provider'] },
  'payment.fell_over': { levels: ['warn'], fields: ['from'] },
  'payout.changed': { levels: ['info', 'warn'], fields: ['payout', 'from', 'to'] },
  'payout.failed': { levels: ['warn'], fields: ['payout', 'code', 'detail'] },
  'provider.down': { levels: ['warn'], fields: ['provider'] },
  'provider.failed': { levels: ['warn'], fields: PROVIDER_FAILED },
  'provider.up': { levels: ['info'], fields: ['provider', 'seconds'] },
  'proxy.listening': { levels: ['info'], fields: ['port'] },
  'proxy.stopped': { levels: ['info'], fields: ['seconds'] },
  'proxy.stopping': { levels: ['info'], fields: [] },
  'receipt_key.made': { levels: ['info'], fields: ['kid'] },
  'reconcile.failed': { levels: ['error'], fields: ['detail'] },
  'redoya.identifier_expires': { levels: ['error'], fields: ['at'] },
  'request.failed': {
    levels: ['info', 'error'],
    fields: ['method', 'route', 'status', 'code', 'field', 'detail', 'stack'],
  },
  'review.resolved': { levels: ['info'], fields: ['status', 'note'] },
  'reviews.caught_up': { levels: ['info'], fields: ['seconds'] },
  'reviews.done': { levels: ['info'], fields: ['seconds'] },
  'reviews.late': { levels: ['warn'], fields: ['waiting', 'seconds'] },
  'reviews.waiting': { levels: ['warn'], fields: ['waiting', 'seconds'] },
  'store.down': { levels: ['error'], fields: ['detail'] },
  'store.up': { levels: ['info'], fields: ['seconds'] },
  'sweep.found': { levels: ['info'], fields: ['provider', 'providerStatus'] },
  'webhook.event_changed': { levels: ['error'], fields: ['provider', 'eventId'] },
  'webhook.exposed': { levels: ['warn'], fields: ['provider'] },
  'webhook.not_stored': { levels: ['error'], fields: ['provider', 'body'] },
  'webhook.refused': { levels: ['info', 'error'], fields: ['provider', 'status', 'detail'] },
  'webhook.repeated': { levels: ['info'], fields: ['provider', 'eventId'] },
  'webhook.stale': { levels: ['warn'], fields: ['provider', 'seconds'] },
  'webhook.taken': { levels: ['info'], fields: ['provider', 'eventId'] },
  'webhook.unreadable': { levels: ['warn'], fields: ['provider'] },
  'webhook.unknown_payment': { levels: ['warn'], fields: ['provider', 'eventId'] },
} as const satisfies Readonly<Record<string, EventSpec>>

export type EventName = keyof typeof EVENTS
export type LevelOf<E extends EventName> = (typeof EVENTS)[E]['levels'][number]
export type FieldOf<E extends EventName> =
  (typeof EVENTS)[E]['fields'][number] | (typeof COMMON_FIELDS)[number]

/** The longest value of a field; what is longer is cut. */
export const FIELD_LIMITS: Readonly<Record<string, number>> = {
  detail: 1000,
  note: 1000,
  stack: 4000,
  // A notification that nobody will send again: the evidence.
  body: 8000,
}
export const USUAL_LIMIT = 200
