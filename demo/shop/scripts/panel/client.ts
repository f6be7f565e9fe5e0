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
}

export interface SandboxClient {
  payments(): Promise<readonly SandboxPayment[]>
  faults(): Promise<readonly Fault[]>
  /** Throws with the sandbox's own words where it refuses. */
  act(payment: SandboxPayment, action: string, amount?: string): Promise<void>
  addFault(fault: Fault): Promise<void>
  clearFaults(): Promise<void>
  /** Every token that a provider has given out so far is refused from now on. */
  expireTokens(): Promise<void>
}

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
    payments: () => call('GET', '/payments') as Promise<SandboxPayment[]>,
    faults: () => call('GET', '/faults') as Promise<Fault[]>,
    act: ({ provider, id }, action, amount) =>
      tell('POST', `/payments/${provider}/${id}`, { action, ...(amount && { amount }) }),
    addFault: (fault) => tell('POST', '/faults', fault),
    clearFaults: () => tell('DELETE', '/faults'),
    expireTokens: () => tell('POST', '/cryptom/expire-tokens'),
  }
}
