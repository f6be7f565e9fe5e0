/**
 * Follows one checkout to its end, without any user interface: asks when it is worth asking, drops
 * what is stale, shares answers between tabs, and says each change once.
 *
 * One request is in flight at a time. A newer request makes an older one's answer invisible; what
 * changes something (pick, cancel) is sent in order and never aborted, so that the last tap is also
 * the last that the proxy hears.
 * @module
 */
import type { StartPaymentBody } from '../../protocol/api.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { isOpen } from '../../protocol/status.ts'
import { createGuard, isCheckout, isOlder } from './answer.ts'
import { createApi } from './api.ts'
import type { Answer, Call } from './api.ts'
import { connectBy } from './connect.ts'
import type { Channel, Environment } from './environment.ts'
import { CheckoutError } from './error.ts'
import { pauseBefore } from './pace.ts'
import { NO_STATE } from './state.ts'
import type { EngineState, OrderSource } from './state.ts'
import { changesBetween } from './transitions.ts'
import type { Change } from './transitions.ts'

/** Where the engine gets its world from, and whom it tells. */
export interface EngineOptions {
  /** The proxy's URL. */
  readonly proxy: string
  readonly order: OrderSource
  readonly environment: Environment
  onState(state: EngineState): void
  onChange?(change: Change, checkout: Checkout, before: Checkout | null): void
}

/** What {@link createEngine} makes. Actions resolve to whether their answer is the one shown now. */
export interface Engine {
  readonly state: EngineState
  /** The server's time in epoch milliseconds, whatever the shopper's clock says. */
  now(): number
  /** Begins, or begins again after `close()`. */
  open(): void
  /** Stops everything at once; no answer that is still under way is shown. */
  close(): void
  /** Picks a method. */
  start(body: StartPaymentBody): Promise<boolean>
  /** Cancels the active payment. */
  cancel(): Promise<boolean>
  /** "I have paid": the proxy tells the provider so, where that can be told, and asks it at once. */
  sent(): Promise<boolean>
  /** The proxy asks the provider at once; nothing is claimed. */
  check(): Promise<boolean>
  /** Asks the proxy now, unless something is being done already. */
  refresh(): Promise<void>
}

const TIMEOUT_MS = 20_000
/** Coming back after this long asks the provider itself, not only the proxy. */
const AWAY_MS = 15_000

/** Said to the other tabs by the window that a payment page led back to. */
export const RETURNED = 'returned'

/** The status engine; see the module's description. Nothing happens before `open()`. */
export function createEngine({
  proxy,
  order,
  environment,
  onState,
  onChange,
}: EngineOptions): Engine {
  const api = createApi(proxy, environment)
  const guard = createGuard(environment)
  let state = NO_STATE
  let lifetime: AbortController | null = null
  let channel: Channel | null = null
  let inFlight: AbortController | null = null
  let poll: AbortController | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let stopTimer = (): void => {}
  /** Rises with every request; an answer to an earlier one is not shown. */
  let turn = 0
  let failures = 0
  /** The error is an answer to what the shopper did, and stays until the next step. */
  let isSticky = false
  let askedAt = -Infinity
  let toldAt = 0
  let notBefore = 0
  let asOf = 0
  let asOfAt = 0

  const now = () => asOf + environment.now() - asOfAt
  const patch = (change: Partial<EngineState>): void => {
    state = { ...state, ...change }
    onState(state)
  }

  /** Never rejects. Says whether its answer is now shown. */
  const request = async (call: Call, mine: number, abort: AbortController): Promise<boolean> => {
    if (mine !== turn || !lifetime) return false
    inFlight = abort
    const stopTimeout = environment.setTimer(() => abort.abort(), TIMEOUT_MS)
    askedAt = environment.now()
    const outcome = await call(abort.signal).catch((error: unknown) => error)
    stopTimeout()
    const hasFailed = outcome instanceof Error
    if (!hasFailed) await guard.learn((outcome as Answer).checkout)
    if (mine !== turn) return false
    if (hasFailed) fail(outcome)
    else accept(outcome as Answer, true)
    schedule()
    return !hasFailed
  }

  const accept = (answer: Answer, isOwn: boolean): void => {
    const before = state.checkout
    failures = notBefore = 0
    const done = isOwn ? ({ busy: null, isChecking: false, isOffline: false } as const) : {}
    if (before && isOlder(before, answer.checkout)) return patch(done)
    let { checkout } = answer
    const alarm = guard.refuse(checkout)
    if (alarm && checkout.payment)
      checkout = { ...checkout, payment: { ...checkout.payment, nextAction: null } }
    asOf = answer.asOf
    asOfAt = environment.now()
    if (!channel) join(checkout.id)
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
    if (isOwn && !alarm) channel?.postMessage(answer)
    const changes = changesBetween(before, checkout, order.isReturn)
    const error = isSticky && !changes.length ? state.error : null
    patch({ ...done, checkout, alarm, error })
    for (const change of changes) onChange?.(change, checkout, before)
  }

  const fail = (reason: Error): void => {
    const error = reason instanceof CheckoutError ? reason : new CheckoutError('unreachable')
    failures++
    const wasPoll = !state.busy || state.busy === 'wake'
    // what may not be done again so soon may still be watched
    if (wasPoll || !state.checkout) notBefore = environment.now() + error.retryAfterMs
    isSticky = !wasPoll && error.code !== 'unreachable' && error.code !== 'offline'
    // one lost poll is nothing to tell a shopper, nor is one that was put off
    const isQuiet = wasPoll && error.isTransient && (failures < 2 || error.code === 'rate_limited')
    patch({ busy: null, error: isQuiet ? null : error, failedStep: state.busy })
  }

  /** Hears the other tabs of this checkout; what one of them learns, none of the others asks. */
  const join = (id: string): void => {
    channel = environment.openChannel(`cc:${id}`, (message) => {
      if (message === RETURNED) {
        patch({ isChecking: true })
        void check()
        return
      }
      void hear(message as Answer | null, id)
    })
  }

  const hear = async (heard: Answer | null, id: string): Promise<void> => {
    const isNews = (answer: Answer): boolean =>
      !state.busy && answer.asOf >= asOf && channel !== null
    if (!isCheckout(heard?.checkout) || heard.checkout.id !== id || !isNews(heard)) return
    await guard.learn(heard.checkout)
    // something may have begun here, or be newer, meanwhile
    if (!isNews(heard)) return
    accept(heard, false)
    schedule()
  }

  const pause = (): number | null =>
    pauseBefore(state, {
      failures,
      putOffMs: notBefore - environment.now(),
      serverNow: now(),
      random: environment.random(),
    })

  const schedule = (): void => {
    stopTimer()
    const delay = pause()
    if (delay === null || !lifetime || environment.isHidden()) return
    stopTimer = environment.setTimer(() => {
      // where another tab is asking right now, its answer will be heard here
      void environment
        .tryLock(`cc:${state.checkout?.id}`, refresh)
        .then((hasRun) => hasRun || schedule())
    }, delay)
  }

  /** Actions wait for each other; one that was overtaken before its turn is not sent at all. */
  const run = async (busy: EngineState['busy'], call: Call): Promise<boolean> => {
    const mine = ++turn
    stopTimer()
    poll?.abort()
    // while nothing is known, what went wrong stays on screen until something else is known
    patch(state.checkout ? { busy, error: null } : { busy })
    const done = queue.then(() => request(call, mine, new AbortController()))
    queue = done
    return done
  }

  const act = async (
    busy: EngineState['busy'],
    prepare: (id: string) => Call,
  ): Promise<boolean> => {
    if (!state.checkout || !lifetime) return false
    toldAt = environment.now()
    return run(busy, prepare(state.checkout.id))
  }

  const check = () => act('sent', (id) => api.sent(id))

  const refresh = async (): Promise<void> => {
    const { checkout, busy } = state
    if (!lifetime || (checkout && busy)) return
    if (!checkout) {
      patch({ isChecking: order.isReturn })
      await run('connect', connectBy(api, order))
      return
    }
    stopTimer()
    poll?.abort()
    poll = new AbortController()
    await request(api.read(checkout.id), ++turn, poll)
  }

  const wake = (): void => {
    const { checkout, busy } = state
    const time = environment.now()
    const isOffline = !environment.isOnline()
    if (isOffline !== state.isOffline) patch({ isOffline })
    if (environment.isHidden() || isOffline) return stopTimer()
    if (busy || pause() === null) return
    // still being answered, or told to wait
    if (time < notBefore || time - askedAt < 1000) return schedule()
    const payment = checkout?.payment
    const mayHavePaid = payment?.nextAction && isOpen(payment.status)
    if (mayHavePaid && time - toldAt > AWAY_MS) void act('wake', (id) => api.sent(id))
    else void refresh()
  }

  return {
    get state() {
      return state
    },
    now,
    open() {
      if (lifetime) return
      lifetime = new AbortController()
      toldAt = environment.now()
      environment.onWake(wake, lifetime.signal)
      if (state.checkout) join(state.checkout.id)
      void refresh()
    },
    close() {
      turn++
      stopTimer()
      inFlight?.abort()
      lifetime?.abort()
      channel?.close()
      lifetime = channel = null
      state = { ...state, busy: null }
    },
    start: (body) => act('start', (id) => api.start(id, body)),
    cancel: () => act('cancel', api.cancel),
    sent: () => act('sent', (id) => api.sent(id, true)),
    check,
    refresh,
  }
}
