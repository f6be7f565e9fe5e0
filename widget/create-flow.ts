/**
 * The link between the element, the status engine, the payment window and the page's memory.
 * @module
 */
import type { Checkout, Method } from '../protocol/payment.ts'
import { isOpen } from '../protocol/status.ts'
import { createAnnouncer } from './announcer.ts'
import { createCountdown } from './countdown.ts'
import { createEngine } from './core/engine.ts'
import type { Engine, EngineOptions } from './core/engine.ts'
import { createMemory } from './core/memory.ts'
import type { Memory } from './core/memory.ts'
import { NO_STATE } from './core/state.ts'
import type { EngineState } from './core/state.ts'
import { progressOf } from './core/transitions.ts'
import { detailOf, emit } from './events.ts'
import type { Flow } from './flow.ts'
import { spellDuration } from './format.ts'
import { NO_INPUTS } from './inputs.ts'
import type { Answers, FlowHost, Inputs } from './inputs.ts'
import { fill } from './locales/fill.ts'
import { findMistakes, orderKey, readOrder } from './order.ts'
import { createQrCode } from './qr.ts'
import { createPaymentWindow, handBack, pageUrl, returnedId, withoutReturn } from './redirect.ts'
import { createTexts } from './texts.ts'
import { chooseView } from './view.ts'

/** The flow of one element; works while that is connected. */
export function createFlow(host: FlowHost): Flow {
  const texts = createTexts(host)
  const qr = createQrCode(host)
  const announcer = createAnnouncer(host)
  const paymentWindow = createPaymentWindow(host)
  let engine: Engine | null = null
  let memory: Memory | null = null
  let mistakes: readonly string[] = []
  let inputs = NO_INPUTS
  let leftBehind: string | null = null
  let isVisit = false
  let last: { methodId: string; answers: Answers } | null = null
  let picks = 0
  let hasReturned = false
  let isHandedOver = false
  let shown = NO_STATE
  let paid: Promise<Checkout>
  let resolvePaid: ((checkout: Checkout) => void) | null = null

  const set = (change: Partial<Inputs>): void => {
    inputs = { ...inputs, ...change }
    host.requestUpdate()
  }
  /** The address that is on screen; an element that is out of the page may still be drawn. */
  const transferShown = () => {
    const { view } = flow
    return host.isConnected && view.kind === 'transfer' ? view : null
  }
  const msLeft = (): number | null => {
    const view = transferShown()
    const deadline = Date.parse(view?.action.expiresAt ?? view?.payment.expiresAt ?? '')
    return deadline && engine ? deadline - engine.now() : null
  }
  /** Money may have been sent that nobody has seen yet. */
  const isAtRisk = (): boolean => {
    const view = transferShown()
    return view !== null && (inputs.hasSaidPaid || view.payment.received !== null)
  }

  const onState = (state: EngineState): void => {
    const { checkout, alarm, error, isChecking } = state
    const before = shown
    shown = state
    if (checkout && !before.checkout) {
      if (!isVisit) memory?.write({ checkoutId: checkout.id, isAway: false })
      emit(host, 'cc-ready', detailOf(checkout))
    }
    if (checkout && before.isChecking && !isChecking) {
      hasReturned = true
      paymentWindow.close()
      emit(host, 'cc-return', detailOf(checkout))
    }
    const code = alarm ?? error?.code
    if (code && code !== (before.alarm ?? before.error?.code)) emit(host, 'cc-error', { code })
    host.requestUpdate()
  }

  const onChange: EngineOptions['onChange'] = (change, checkout, before) => {
    const detail = detailOf(checkout)
    if (change === 'state') {
      if (!isVisit) memory?.write({}, !isOpen(checkout.status))
      set({ isCanceling: false, isClosing: false, hasSaidPaid: false })
      emit(host, 'cc-state', { ...detail, previous: before && progressOf(before).status })
    } else if (change === 'partial') {
      const { received = null, remaining = null } = checkout.payment ?? {}
      announcer.say(texts.t.partial)
      emit(host, 'cc-partial', { ...detail, received, remaining })
    } else if (change === 'paid') {
      paymentWindow.close()
      resolvePaid?.(checkout)
      resolvePaid = null
      emit(host, 'cc-paid', { ...detail, receipt: checkout.receipt })
    } else {
      isHandedOver = !emit(host, `cc-${change}`, detail)
    }
  }

  const connect = (resumed?: string): void => {
    const { page, environment } = host
    engine?.close()
    engine = leftBehind = last = null
    shown = NO_STATE
    inputs = NO_INPUTS
    // one promise until it is kept, by whichever order
    if (!resolvePaid) paid = new Promise((resolve) => (resolvePaid = resolve))
    hasReturned = isHandedOver = false
    const proxy = pageUrl(host.proxy, page)
    mistakes = [
      ...(isSecureContext ? [] : ['https']),
      ...(proxy ? [] : ['proxy']),
      ...findMistakes(host),
    ]
    if (!proxy || mistakes.length) {
      emit(host, 'cc-error', { code: 'misconfigured' })
      return
    }
    const url = page.url()
    const returned = resumed ?? returnedId(url)
    if (returnedId(url)) page.replaceUrl(withoutReturn(url))
    if (returned && !resumed && page.isOwnWindow()) {
      leftBehind = returned
      return handBack(host, returned)
    }
    memory = createMemory(environment, proxy, orderKey(host))
    const order = readOrder(host, memory, returned)
    isVisit = !order.body && !host.checkout
    engine = createEngine({ proxy, order, environment, onState, onChange })
    if (order.isReturn) host.isOpen = true
    wake()
  }

  const wake = (): void => {
    if (host.isConnected && host.isShown) engine?.open()
  }

  const willLeave = () => memory?.write({ isAway: true })

  const leave = (checkoutId: string, url: string): void => {
    if (!emit(host, 'cc-redirect', { checkoutId, url, isPopup: paymentWindow.isOpen }))
      return paymentWindow.close()
    if (paymentWindow.load(url)) return
    willLeave()
    host.page.navigate(url)
  }

  const start = async (method: Method, answers: Answers = {}): Promise<boolean> => {
    if (isVisit) return false
    const pick = ++picks
    const isRedirect = method.flow === 'redirect'
    emit(host, 'cc-select', { methodId: method.id, flow: method.flow })
    last = { methodId: method.id, answers }
    set({ isChoosing: true, picked: method.id })
    paymentWindow.prepare(isRedirect ? host.redirect : 'self', texts.t.popupTitle)
    const isShown = await engine?.start({
      methodId: method.id,
      ...answers,
      ...(isRedirect && { returnUrl: withoutReturn(host.page.url()) }),
    })
    if (pick !== picks) return false
    const { checkout } = flow.state
    const action = checkout?.payment?.nextAction
    if (isShown) {
      hasReturned = isHandedOver = false
      inputs = NO_INPUTS
    }
    if (isShown && action?.type === 'redirect') leave(checkout?.id ?? '', action.url)
    else paymentWindow.close()
    set({ picked: null })
    return isShown === true
  }

  const pick = async (method: Method, answers?: Answers): Promise<boolean> => {
    const isAsking = method.fields.length > 0 || method.consent !== null
    if (answers || !isAsking) return start(method, answers)
    set({ isChoosing: true, method })
    return false
  }

  const flow: Flow = {
    host,
    texts,
    qr,
    announcer,
    window: paymentWindow,
    msLeft,
    set,
    connect,
    wake,
    pick,
    start,
    willLeave,
    get t() {
      return texts.t
    },
    get language() {
      return texts.language
    },
    get state() {
      return engine?.state ?? NO_STATE
    },
    get view() {
      const { isChoosing } = inputs
      const { isLoading } = texts
      return chooseView(flow.state, { mistakes, leftBehind, isVisit, isChoosing, isLoading })
    },
    get inputs() {
      return inputs
    },
    get hasReturned() {
      return hasReturned
    },
    get paid() {
      return paid
    },
    get change() {
      return flow.state.checkout?.status === 'pending' ? () => set({ isChoosing: true }) : null
    },
    get again() {
      if (isHandedOver) return null
      if (isVisit) return flow.reset
      return flow.change ?? (host.checkout || host.orderToken || host.orderId ? null : flow.reset)
    },
    reset() {
      memory?.forget()
      connect()
      host.requestUpdate()
    },
    async requote() {
      const { checkout } = flow.state
      const id = checkout?.payment?.methodId ?? last?.methodId
      const method = checkout?.methods.find((one) => one.id === id)
      // what was answered is not kept across pages
      return method ? pick(method, last?.methodId === id ? last?.answers : undefined) : false
    },
    async cancel() {
      paymentWindow.close()
      await engine?.cancel()
      set({ isCanceling: false })
    },
    close(isSure = false) {
      const { kind } = flow.view
      const isDue = kind === 'transfer' || kind === 'redirect'
      if (isDue && !isSure && !inputs.isClosing) return set({ isClosing: true })
      set({ isClosing: false })
      const { checkout } = flow.state
      if (emit(host, 'cc-close', checkout && detailOf(checkout))) host.isOpen = false
    },
    async sent() {
      set({ hasSaidPaid: true })
      announcer.say(texts.t.looking)
      await engine?.sent()
    },
    async check() {
      announcer.say(texts.t.looking)
      await engine?.check()
    },
    async refresh() {
      await engine?.refresh()
    },
  }
  host.addController({
    hostConnected: wake,
    hostUpdated: () => host.page.guard(isAtRisk()),
    hostDisconnected: () => {
      engine?.close()
      host.page.guard(false)
    },
  })
  host.addController(
    createCountdown(host, {
      msLeft,
      speak: (seconds) =>
        announcer.say(
          seconds > 0
            ? fill(texts.t.timeLeftSpoken, spellDuration(seconds, texts.language))
            : texts.t.timeUp,
        ),
    }),
  )
  return flow
}
