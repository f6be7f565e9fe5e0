/**
 * The link between the element, the status engine, the payment window and the page's memory.
 * @module
 */
import type { Checkout, Method } from '../protocol/payment.ts'
import { isOpen } from '../protocol/status.ts'
import { createAnnouncer } from './announcer.ts'
import { createCountdown } from './countdown.ts'
import { RETURNED, createEngine } from './core/engine.ts'
import type { Engine, EngineOptions } from './core/engine.ts'
import { createMemory } from './core/memory.ts'
import type { Memory } from './core/memory.ts'
import { NO_STATE } from './core/state.ts'
import type { EngineState } from './core/state.ts'
import { progressOf } from './core/transitions.ts'
import { emit } from './events.ts'
import type { CheckoutDetail } from './events.ts'
import { asksSomething } from './flow.ts'
import type { Flow } from './flow.ts'
import { spellDuration } from './format.ts'
import { NO_INPUTS } from './inputs.ts'
import type { Answers, FlowHost, Inputs } from './inputs.ts'
import { fill } from './locales/fill.ts'
import { findMistakes, orderKey, readOrder } from './order.ts'
import { createQrCode } from './qr.ts'
import { createPaymentWindow, pageUrl, returnedId, withoutReturn } from './redirect.ts'
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
  let resolvePaid: (checkout: Checkout) => void

  const awaitPaid = (): void => {
    paid = new Promise((resolve) => (resolvePaid = resolve))
  }
  awaitPaid()

  const stateOf = () => engine?.state ?? NO_STATE
  const viewOf = () =>
    chooseView(stateOf(), {
      mistakes,
      leftBehind,
      isVisit,
      isChoosing: inputs.isChoosing,
      isLoading: texts.isLoading,
    })
  const set = (change: Partial<Inputs>): void => {
    inputs = { ...inputs, ...change }
    host.requestUpdate()
  }
  const timeLeft = (): number | null => {
    const view = viewOf()
    if (view.kind !== 'transfer' || !engine) return null
    const deadline = Date.parse(view.action.expiresAt ?? view.payment.expiresAt ?? '')
    return deadline ? deadline - engine.now() : null
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
      set({ isCanceling: false, hasSaidPaid: false })
      emit(host, 'cc-state', { ...detail, previous: before && progressOf(before).status })
    } else if (change === 'partial') {
      const { received = null, remaining = null } = checkout.payment ?? {}
      announcer.say(texts.t.partial)
      emit(host, 'cc-partial', { ...detail, received, remaining })
    } else if (change === 'paid') {
      paymentWindow.close()
      resolvePaid(checkout)
      emit(host, 'cc-paid', { ...detail, receipt: checkout.receipt })
    } else {
      isHandedOver = !emit(host, `cc-${change}`, detail)
    }
  }

  const connect = (resumed?: string): void => {
    const { page, environment } = host
    engine?.close()
    engine = null
    shown = NO_STATE
    inputs = NO_INPUTS
    leftBehind = null
    hasReturned = isHandedOver = false
    const proxy = pageUrl(host.proxy, page)
    const isSafe = isSecureContext
    mistakes = [...(isSafe ? [] : ['https']), ...(proxy ? [] : ['proxy']), ...findMistakes(host)]
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
    const { checkout } = stateOf()
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

  const flow: Flow = {
    host,
    texts,
    qr,
    announcer,
    window: paymentWindow,
    timeLeft,
    set,
    connect,
    wake,
    start,
    willLeave,
    get t() {
      return texts.t
    },
    get language() {
      return texts.language
    },
    get state() {
      return stateOf()
    },
    get view() {
      return viewOf()
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
    get isAtRisk() {
      const view = viewOf()
      return view.kind === 'transfer' && (inputs.hasSaidPaid || view.payment.received !== null)
    },
    get again() {
      if (isHandedOver) return null
      if (isVisit) return flow.reset
      if (stateOf().checkout?.status === 'pending') return () => set({ isChoosing: true })
      return host.checkout || host.orderToken || host.orderId ? null : flow.reset
    },
    reset() {
      memory?.forget()
      awaitPaid()
      connect()
      host.requestUpdate()
    },
    async requote() {
      if (isVisit) {
        flow.reset()
        return false
      }
      const { checkout } = stateOf()
      const known = last
      const id = known?.methodId ?? checkout?.payment?.methodId
      const method = checkout?.methods.find((one) => one.id === id)
      if (!method) return false
      if (known || !asksSomething(method)) return start(method, known?.answers)
      // what was answered is not kept across pages
      set({ isChoosing: true, method })
      return false
    },
    async cancel() {
      paymentWindow.close()
      await engine?.cancel()
      set({ isCanceling: false })
    },
    close(isSure = false) {
      const { kind } = viewOf()
      const isDue = kind === 'transfer' || kind === 'redirect'
      if (isDue && !isSure && !inputs.isClosing) return set({ isClosing: true })
      set({ isClosing: false })
      const { checkout } = stateOf()
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
    hostUpdated: () => host.page.guard(flow.isAtRisk),
    hostDisconnected: () => {
      engine?.close()
      host.page.guard(false)
    },
  })
  host.addController(
    createCountdown(host, {
      timeLeft,
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

function detailOf(checkout: Checkout): CheckoutDetail {
  return { checkoutId: checkout.id, orderId: checkout.orderId, ...progressOf(checkout) }
}

/** This is the second window: tells the one that opened it, and closes. */
function handBack({ environment, page }: FlowHost, id: string): void {
  const channel = environment.openChannel(`cc:${id}`, () => {})
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  channel?.postMessage(RETURNED)
  environment.setTimer(() => {
    channel?.close()
    page.closeWindow()
  }, 100)
}
