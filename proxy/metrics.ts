/**
 * What Prometheus is told. Most of it is counted from the log's events, so that the two cannot say
 * different things. No label holds an id or anything that a stranger can make up.
 * @module
 */
import type * as Prometheus from 'prom-client'
import type { Registry } from 'prom-client'
import { ALARMS } from './alarms.ts'
import { countEvents } from './event-counts.ts'
import type { Heard } from './log.ts'
import { addProcess } from './process-metrics.ts'
import type { AddNumber } from './process-metrics.ts'
import { createCallTimer } from './provider-calls.ts'
import type { MeasureProvider } from './provider-calls.ts'
import type { AnsweredRequest } from './requests.ts'
import type { Figures } from './store.ts'

export interface Metrics {
  /** A request was answered. */
  answered(request: AnsweredRequest): void
  /** Something was logged. */
  readonly heard: Heard
  /** The provider, each of its calls timed. */
  readonly measure: MeasureProvider
  /** How it looks in the store; undefined where it does not answer. */
  watched(seen: Seen | undefined): void
  /** All of it in Prometheus' text format. */
  render(): Promise<{ type: string; text: string }>
}

/** What the watch saw of the store. */
export interface Seen {
  readonly figures: Figures
  readonly pingSeconds: number
  readonly now: number
}

export interface MetricsOptions {
  readonly providers: readonly string[]
  readonly isDown: (provider: string) => boolean
}

/** Where nobody asks for them: nothing is counted. */
export const NO_METRICS: Omit<Metrics, 'render' | 'answered'> = {
  heard: () => undefined,
  measure: (provider) => provider,
  watched: () => undefined,
}

type Library = Pick<typeof Prometheus, 'Counter' | 'Gauge'>

const BUCKETS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25]
const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** Metrics of one proxy. The library is loaded here, and only here. */
export async function createMetrics({ providers, isDown }: MetricsOptions): Promise<Metrics> {
  // As a default export: built into one file, it has no other.
  const { default: library } = await import('prom-client')
  const { Counter, Gauge, Histogram } = library
  const registry = new library.Registry()
  const registers = [registry]
  const requests = new Histogram({
    name: 'crypto_checkout_http_request_duration_seconds',
    help: 'Requests by the pattern of their route, and how long the answer took.',
    labelNames: ['method', 'route', 'status'],
    buckets: BUCKETS,
    registers,
  })
  const calls = new Histogram({
    name: 'crypto_checkout_provider_call_duration_seconds',
    help: 'Calls of the adapters, how they ended and how long they took.',
    labelNames: ['provider', 'operation', 'outcome'],
    buckets: BUCKETS,
    registers,
  })
  const down = new Gauge({
    name: 'crypto_checkout_provider_down',
    help: '1 while a provider has failed too often and is only called to find out.',
    labelNames: ['provider'],
    registers: [],
    collect() {
      for (const provider of providers) this.set({ provider }, isDown(provider) ? 1 : 0)
    },
  })
  registry.registerMetric(down)
  addProcess(adderTo(registry, library))

  return {
    answered({ method, route, status, seconds }) {
      requests.observe({ method: METHODS.has(method) ? method : 'other', route, status }, seconds)
    },
    heard: countEvents(
      (name, help, labelNames) => new Counter({ name, help, labelNames, registers }),
      providers,
      Object.keys(ALARMS),
    ),
    measure: createCallTimer(calls),
    watched: createWatched(registry, library),
    render: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  }
}

const adderTo =
  (registry: Registry, { Counter, Gauge }: Library): AddNumber =>
  (type, name, help, read) => {
    const registers: Registry[] = []
    const metric =
      type === 'gauge'
        ? new Gauge({
            name,
            help,
            registers,
            collect() {
              this.set(read())
            },
          })
        : new Counter({
            name,
            help,
            registers,
            collect() {
              this.reset()
              this.inc(read())
            },
          })
    registry.registerMetric(metric)
  }

/** What waits, by the store's names for it: how many, and the oldest for how long. */
const WAITING = {
  deliveries: [
    ['crypto_checkout_deliveries_waiting', 'Notifications that the merchant has not taken.'],
    ['crypto_checkout_delivery_oldest_seconds', 'Age of the oldest of them.'],
  ],
  checks: [
    ['crypto_checkout_checks_overdue', 'Payments whose time to be looked at has passed.'],
    ['crypto_checkout_check_overdue_seconds', 'By how much, for the one that waits longest.'],
  ],
  persons: [
    ['crypto_checkout_reviews_waiting', 'Checkouts that a person has to decide.'],
    ['crypto_checkout_review_oldest_seconds', 'How long the oldest of them has not changed.'],
  ],
} as const

function createWatched(registry: Registry, { Gauge }: Library): Metrics['watched'] {
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers: [registry] })
  const waiting = (['deliveries', 'checks', 'persons'] as const).map((key) => {
    const [[count, howMany], [age, howLong]] = WAITING[key]
    return { key, count: gauge(count, howMany), age: gauge(age, howLong) }
  })
  const up = gauge('crypto_checkout_store_up', '1 where the store could be written and read.')
  const ping = gauge('crypto_checkout_store_ping_seconds', 'How long the last write to it took.')
  const at = gauge('crypto_checkout_watched_timestamp_seconds', 'When it last answered.')
  return (seen) => {
    up.set(seen ? 1 : 0)
    if (!seen) return
    ping.set(seen.pingSeconds)
    at.set(seen.now / 1000)
    for (const { key, count, age } of waiting) {
      const { since, ...waits } = seen.figures[key]
      count.set(waits.count)
      age.set(since === null ? 0 : Math.max(0, seen.now - since) / 1000)
    }
  }
}
