/**
 * The worker that looks at the whole: whether the store answers, and whether anything waits too long. It
 * says so when such a state begins and when it ends, not in between.
 * @module
 */
import type { Metrics } from './metrics.ts'
import type { Worker } from './pump.ts'
import { startRounds } from './rounds.ts'
import type { Services } from './services.ts'
import type { Waiting } from './store.ts'

export interface WatchOptions extends Pick<Services, 'store' | 'providers' | 'now' | 'log'> {
  /** Whether the provider would be called now: what waits for one that is down is not late. */
  readonly canCall: (providerId: string) => boolean
  readonly watched: Metrics['watched']
  readonly everyMs?: number | undefined
}

const EVERY_MS = 15_000
const MINUTE = 60_000
/** The merchant has not been told for this long. */
const OUTBOX_LATE_MS = 5 * MINUTE
/** A payment should have been looked at this long ago. */
const CHECKS_LATE_MS = 5 * MINUTE
/** A person has not decided for this long. */
const REVIEWS_LATE_MS = 24 * 60 * MINUTE

export function startWatch(options: WatchOptions): Worker {
  const { store, providers, now, log, canCall, watched } = options
  const outbox = createState(now, {
    begin: (waiting) => log('error', 'outbox.late', { ...waiting, alarm: 'outbox_late' }),
    end: (seconds) => log('info', 'outbox.caught_up', { seconds }),
  })
  const checks = createState(now, {
    begin: (waiting) => log('error', 'checks.late', { ...waiting, alarm: 'checks_late' }),
    end: (seconds) => log('info', 'checks.caught_up', { seconds }),
  })
  const reviews = createState(now, {
    begin: (waiting) => log('warn', 'reviews.waiting', { ...waiting, alarm: 'reviews_waiting' }),
    end: (seconds) => log('info', 'reviews.done', { seconds }),
  })
  const lateReviews = createState(now, {
    begin: (waiting) => log('warn', 'reviews.late', { ...waiting, alarm: 'reviews_late' }),
    end: (seconds) => log('info', 'reviews.caught_up', { seconds }),
  })
  let detail = ''
  const outage = createState(now, {
    begin: () => log('error', 'store.down', { detail, alarm: 'store_down' }),
    end: (seconds) => log('info', 'store.up', { seconds }),
  })

  return startRounds({
    everyMs: options.everyMs ?? EVERY_MS,
    async run() {
      const from = performance.now()
      await store.ping(now())
      const pingSeconds = (performance.now() - from) / 1000
      const time = now()
      const asleep = [...providers.keys()].filter((id) => !canCall(id))
      const figures = await store.readFigures(time, asleep)
      watched({ figures, pingSeconds, now: time })
      outage.set(false)
      outbox.set(isOlder(figures.deliveries, OUTBOX_LATE_MS), figures.deliveries)
      checks.set(isOlder(figures.checks, CHECKS_LATE_MS), figures.checks)
      reviews.set(figures.persons.count > 0, figures.persons)
      lateReviews.set(isOlder(figures.persons, REVIEWS_LATE_MS), figures.persons)
    },
    onError(error) {
      watched(undefined)
      detail = String(error)
      outage.set(true)
    },
  })

  function isOlder({ since }: Waiting, ms: number): boolean {
    return since !== null && now() - since > ms
  }
}

interface Told {
  begin(fields: { readonly waiting: number; readonly seconds: number }): void
  end(seconds: number): void
}

/** Told once when it begins, and once when it is over. */
function createState(now: () => number, { begin, end }: Told) {
  let beganAt: number | undefined
  const secondsSince = (time: number): number => Math.max(0, Math.round((now() - time) / 1000))
  return {
    set(isOn: boolean, { count, since }: Waiting = { count: 0, since: null }): void {
      if (isOn === (beganAt !== undefined)) return
      if (beganAt === undefined) {
        beganAt = now()
        begin({ waiting: count, seconds: since === null ? 0 : secondsSince(since) })
      } else {
        end(secondsSince(beganAt))
        beganAt = undefined
      }
    },
  }
}
