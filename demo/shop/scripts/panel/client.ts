/**
 * The sandbox's control API, as the panel uses it.
 * @module
 */

/** A payment at one of the played payment companies. */
export interface SandboxPayment {
  readonly provider: string
  readonly id: string
  readonly status: string
  readonly amount: string
  readonly currency: string
  readonly reference: string | null
  readonly actions: readonly string[]
  /** Each provider has some of these. */
  readonly details: {
    readonly coin?: string
    readonly network?: string
    readonly coinAmount?: string
    readonly totalTransferAmount?: string
    readonly isInTestMode?: number
    readonly redirect?: string
  }
}

/** A mishap that waits for its moment. */
export interface Fault {
  readonly provider: string
  readonly operation: string
  readonly kind: string
  readonly afterEffect?: boolean
  /** Said with a 429, seconds. */
  readonly retryAfter?: string
}

/** A webhook that a payment company sent, or would have. */
export interface Notification {
  readonly id: string
  readonly provider: string
  readonly paymentId: string
  readonly isForged: boolean
  readonly body: string
  /** What the proxy answered; `status` is null where nothing came back. */
  readonly attempts: readonly { readonly status: number | null }[]
  readonly state: string
}

/** What will happen to a company's next notification. */
export interface NotifyMode {
  readonly provider: string
  readonly kind: string
}

export interface SandboxClient {
  notifications(): Promise<readonly Notification[]>
  notifyModes(): Promise<readonly NotifyMode[]>
  /** Concerns the company's next notification. */
  notifyNext(mode: NotifyMode): Promise<void>
  /** Nothing happens to notifications any more. */
  clearNotify(): Promise<void>
  /** Sends it once more. */
  replay(id: string): Promise<void>
  payments(): Promise<readonly SandboxPayment[]>
  faults(): Promise<readonly Fault[]>
  /** Throws with the sandbox's own words where it refuses. */
  act(payment: SandboxPayment, action: string, amount?: string): Promise<void>
  addFault(fault: Fault): Promise<void>
  clearFaults(): Promise<void>
  /** Every token that a provider has given out so far is refused from now on. */
  expireTokens(): Promise<void>
  /** How far the companies' clocks are ahead, milliseconds. */
  setSkew(skewMs: number): Promise<void>
  /** Card only: does what the payment page behind `link` would. */
  payByCard(link: string, outcome: string): Promise<CardOrder>
}

/** What the card company made, and where its page then leads. */
export interface CardOrder {
  readonly orderId: string
  readonly redirect: string
}

const NOTIFY_DELAY_MS = 10_000

/** `base` is the control server's origin. */
export function createClient(base: string): SandboxClient {
  const call = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(base + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    })
    const said: unknown = answer.status === 204 ? null : await answer.json()
    if (answer.ok) return said
    throw new Error((said as { detail?: string } | null)?.detail ?? `It answered ${answer.status}.`)
  }
  const tell = async (method: string, path: string, body?: object): Promise<void> => {
    await call(method, path, body)
  }
  return {
    notifications: () => call('GET', '/notifications') as Promise<Notification[]>,
    notifyModes: () => call('GET', '/notify') as Promise<NotifyMode[]>,
    notifyNext: (mode) => tell('POST', '/notify', { ...mode, delayMs: NOTIFY_DELAY_MS }),
    clearNotify: () => tell('DELETE', '/notify'),
    replay: (id) => tell('POST', `/notifications/${id}/replay`),
    payments: () => call('GET', '/payments') as Promise<SandboxPayment[]>,
    faults: () => call('GET', '/faults') as Promise<Fault[]>,
    act: ({ provider, id }, action, amount) =>
      tell('POST', `/payments/${provider}/${id}`, { action, ...(amount && { amount }) }),
    addFault: (fault) => tell('POST', '/faults', fault),
    clearFaults: () => tell('DELETE', '/faults'),
    expireTokens: () => tell('POST', '/cryptom/expire-tokens'),
    setSkew: (skewMs) => tell('POST', '/clock', { skewMs }),
    payByCard(link, outcome) {
      const [, orderToken, identifier] = link.split('#')
      const order = { orderToken, identifier, outcome }
      return call('POST', '/redoya/orders', order) as Promise<CardOrder>
    },
  }
}
