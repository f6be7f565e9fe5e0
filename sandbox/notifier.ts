/**
 * The notifier: every webhook of every stand-in goes out here, and goes wrong here.
 *
 * | mode | what happens to the next notification of the provider |
 * |---|---|
 * | `lose` | it is not sent, ever; its state is `lost` |
 * | `double` | it is sent twice in parallel |
 * | `delay` | it is sent after `delayMs` |
 * | `reorder` | it waits until the next one of this provider was sent, then is sent |
 * | `forge` | a forged copy, as the provider makes it, is sent before it |
 * | `hold` | it is not sent until it is replayed |
 *
 * Unacknowledged, it is sent again after the provider's delays. Only loopback addresses are called.
 *
 * @module
 */
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { isLoopbackUrl, NOT_LOOPBACK, postToLoopback } from './loopback.ts'
import { createNotifyModes } from './notify-modes.ts'
import type { NotifyMode } from './notify-modes.ts'
import { ProblemError } from './problem.ts'

export type { NotifyMode } from './notify-modes.ts'

/** One try: epoch milliseconds, and what came back. `status` null: `body` says why. */
export interface Attempt {
  readonly at: number
  readonly status: number | null
  readonly body: string
}

/** A notification as `GET /notifications` shows it. */
export interface Notification {
  readonly id: string
  readonly provider: string
  readonly paymentId: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Not the provider's: a forged copy, or one that the control server was given. */
  readonly isForged: boolean
  readonly attempts: readonly Attempt[]
  readonly state: 'waiting' | 'delivered' | 'lost' | 'given-up'
}

/** What a stand-in has to say. */
export interface Outgoing {
  readonly provider: string
  readonly paymentId: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Whether this answer stops redelivery. */
  readonly isAcknowledged: (status: number, body: string) => boolean
  /** Before the second try, the third, …; none: sent once. */
  readonly retryDelaysMs: readonly number[]
  /** The same notification as a stranger would make it: a broken signature, a changed amount. */
  readonly forge: () => { headers: Readonly<Record<string, string>>; body: string }
}

export interface Notifier {
  /** Never throws: an address that is not loopback gives a notification that is `given-up`. */
  send(outgoing: Outgoing): Notification
  /** Sends once, past all modes, marked `isForged`. Throws 400 `url_not_loopback`. */
  inject(outgoing: Outgoing): Promise<Notification>
  /** Newest last. */
  list(): readonly Notification[]
  /** Sends it once more, now; resolves with the answer. Throws 404, or 400 `url_not_loopback`. */
  replay(id: string): Promise<void>
  play(mode: NotifyMode): void
  listModes(): readonly NotifyMode[]
  clearModes(): void
  /** Until nothing is under way: no try, no delay, no retry. What is held does not count. */
  settle(): Promise<void>
  /** Forgets notifications and modes, and ends what is under way. */
  reset(): void
  stop(): void
}

export interface NotifierOptions {
  readonly now: () => number
  /** All retry delays are multiplied by it; 1 by default. */
  readonly retryScale?: number
}

interface Entry {
  readonly outgoing: Outgoing
  readonly shown: Notification & { attempts: Attempt[]; state: Notification['state'] }
  /** Its first try is left to a replay, or to the next notification. */
  held: 'hold' | 'reorder' | undefined
}

const MAX_ENTRIES = 10_000
const DEFAULT_DELAY_MS = 1000

export function createNotifier({ now, retryScale = 1 }: NotifierOptions): Notifier {
  const modes = createNotifyModes()
  const underWay = new Set<Promise<void>>()
  let entries: Entry[] = []
  let ending = new AbortController()

  const add = (outgoing: Outgoing, isForged: boolean): Entry => {
    const { provider, paymentId, url, headers, body } = outgoing
    const about = { id: randomUUID(), provider, paymentId, url, headers, body, isForged }
    const shown: Entry['shown'] = { ...about, attempts: [], state: 'waiting' }
    const entry: Entry = { outgoing, shown, held: undefined }
    entries.push(entry)
    if (entries.length > MAX_ENTRIES) entries.shift()
    return entry
  }
  const attempt = async ({ outgoing, shown }: Entry, signal: AbortSignal): Promise<void> => {
    const at = now()
    const { status, body } = await postToLoopback(outgoing, signal)
    shown.attempts.push({ at, status, body })
    if (status !== null && outgoing.isAcknowledged(status, body)) shown.state = 'delivered'
  }
  const retry = async (entry: Entry, signal: AbortSignal): Promise<void> => {
    const { outgoing, shown } = entry
    for (const delayMs of isLoopbackUrl(shown.url) ? outgoing.retryDelaysMs : []) {
      if (shown.state !== 'waiting') return
      await sleep(delayMs * retryScale, undefined, { signal })
      if (shown.state === 'waiting') await attempt(entry, signal)
    }
    if (shown.state === 'waiting') shown.state = 'given-up'
  }
  /** A run that is ended (`reset`, `stop`) ends silently. */
  const track = (run: (signal: AbortSignal) => Promise<void>): Promise<void> => {
    const { signal } = ending
    const running = run(signal)
      .catch((error: unknown) => {
        if (!signal.aborted) throw error
      })
      .finally(() => underWay.delete(running))
    underWay.add(running)
    return running
  }
  const release = (provider: string): void => {
    const waiting = entries.filter(
      ({ held, shown }) => held === 'reorder' && shown.provider === provider,
    )
    for (const entry of waiting) {
      entry.held = undefined
      void track(async (signal) => {
        await attempt(entry, signal)
        await retry(entry, signal)
      })
    }
  }
  const deliver = async (entry: Entry, mode: NotifyMode | undefined, signal: AbortSignal) => {
    const { outgoing, shown } = entry
    if (mode?.kind === 'delay') {
      await sleep(mode.delayMs ?? DEFAULT_DELAY_MS, undefined, { signal })
    }
    if (mode?.kind === 'forge') {
      const forged = add({ ...outgoing, ...outgoing.forge(), retryDelaysMs: [] }, true)
      await attempt(forged, signal)
      await retry(forged, signal)
    }
    const tries = mode?.kind === 'double' ? [entry, entry] : [entry]
    await Promise.all(tries.map((each) => attempt(each, signal)))
    release(shown.provider)
    await retry(entry, signal)
  }

  return {
    send: (outgoing) => {
      const entry = add(outgoing, false)
      const mode = modes.take(outgoing.provider)
      if (mode?.kind === 'lose') entry.shown.state = 'lost'
      else if (mode?.kind === 'hold' || mode?.kind === 'reorder') entry.held = mode.kind
      else void track((signal) => deliver(entry, mode, signal))
      return entry.shown
    },
    inject: async (outgoing) => {
      refuseOthers(outgoing.url)
      const entry = add({ ...outgoing, retryDelaysMs: [] }, true)
      await track(async (signal) => {
        await attempt(entry, signal)
        await retry(entry, signal)
      })
      return entry.shown
    },
    list: () => entries.map(({ shown }) => shown),
    replay: async (id) => {
      const entry = entries.find(({ shown }) => shown.id === id)
      if (!entry) throw new ProblemError(404, 'unknown_notification', 'No such notification.')
      refuseOthers(entry.shown.url)
      const isFirst = entry.held !== undefined
      entry.held = undefined
      await track((signal) => attempt(entry, signal))
      if (isFirst) void track((signal) => retry(entry, signal))
    },
    play: (mode) => modes.add(mode),
    listModes: () => modes.list(),
    clearModes: () => modes.clear(),
    settle: async () => {
      while (underWay.size > 0) await Promise.allSettled(underWay)
    },
    reset: () => {
      modes.clear()
      entries = []
      ending.abort()
      ending = new AbortController()
    },
    stop: () => ending.abort(),
  }
}

function refuseOthers(url: string): void {
  if (!isLoopbackUrl(url)) throw new ProblemError(400, 'url_not_loopback', NOT_LOOPBACK)
}
