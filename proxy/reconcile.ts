/**
 * The worker that looks at every unsettled payment whether or not a browser is watching, ends checkouts
 * whose time is over, and sweeps the providers' lists. Any number of proxies run it on one store: each
 * claims what it looks at.
 * @module
 */
import { endIfOver } from './aggregate.ts'
import type { Observer } from './look.ts'
import { startPump } from './pump.ts'
import type { Worker } from './pump.ts'
import { startRounds } from './rounds.ts'
import type { Services } from './services.ts'
import type { Sweep } from './sweep.ts'

export interface ReconcileOptions extends Services {
  readonly observer: Observer
  readonly sweep: Sweep
  /** Whether the provider would be called now. */
  readonly canCall: (providerId: string) => boolean
}

const ROUND_MS = 1000
const SIZE = 20
/** How often the time is noted in the store, for those who start later. */
const NOTE_MS = 60_000
/** By how much the clocks of proxies may differ. */
const SKEW_MS = 30_000
/** A proxy that dies with a payment in hand gives it back after this. */
const HOLD_MS = 60_000

export function startReconcile(options: ReconcileOptions): Worker {
  const { store, providers, now, log, observer, sweep, canCall } = options
  const onError = (error: unknown): void =>
    log('error', 'reconcile.failed', { detail: String(error) })

  const pump = startPump({
    claim: (limit) =>
      store.checks.claimDue({
        now: now(),
        limit,
        holdMs: HOLD_MS,
        except: [...providers.keys()].filter((id) => !canCall(id)),
      }),
    handle: (key) => observer.look(key, ROUND_MS),
    size: SIZE,
    idleMs: ROUND_MS,
    onError,
  })
  let lastRound: number | undefined
  let notedAt = -Infinity
  const rounds = startRounds({
    everyMs: ROUND_MS,
    run: async () => {
      await noticeSetBack()
      await endCheckouts()
      await sweep()
    },
    onError,
  })

  /** What was planned by a clock that was ahead, here or by those before us, would wait for it. */
  async function noticeSetBack(): Promise<void> {
    const time = now()
    const before = lastRound ?? (await store.noteTime(time)) - SKEW_MS
    if (time < before - ROUND_MS) {
      log('warn', 'clock.set_back', { seconds: Math.round((before - time) / 1000) })
      await store.clockSetBack(time)
    }
    if (Math.abs(time - notedAt) >= NOTE_MS) {
      await store.noteTime(time)
      notedAt = time
    }
    lastRound = time
  }

  async function endCheckouts(): Promise<void> {
    for (const id of await store.listOverdue(now(), SIZE)) {
      await store.change(id, now(), endIfOver(now()))
    }
  }

  return {
    async stop() {
      await Promise.all([pump.stop(), rounds.stop()])
    },
  }
}
