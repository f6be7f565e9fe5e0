/**
 * The sandbox's control API, as the harness uses it: the ground truth of money, and the payer's hand.
 * @module
 */
import assert from 'node:assert/strict'
import type { Fault, Notification, SandboxPayment } from '../../sandbox/index.ts'
import type { LedgerCall } from '../../sandbox/ledger.ts'
import type { Paid } from '../../sandbox/provider.ts'

export const PROVIDER_NAMES = ['cryptom', 'redoya', 'lipaykripto', 'paycrypto', 'lincoln'] as const

export type ProviderName = (typeof PROVIDER_NAMES)[number]

/** What one provider knows. */
export interface ProviderLedger {
  readonly calls: readonly LedgerCall[]
  readonly payments: readonly SandboxPayment[]
  readonly paid: readonly Paid[]
}

export type ProviderLedgers = Readonly<Record<ProviderName, ProviderLedger>>

export interface SandboxControl {
  readLedgers(): Promise<ProviderLedgers>
  listNotifications(): Promise<readonly Notification[]>
  /** Plays an action on a payment. */
  act(provider: ProviderName, id: string, action: string, amount?: string): Promise<void>
  /** The next answers of an operation go wrong: one, unless said otherwise. */
  addFault(fault: Partial<Fault> & Pick<Fault, 'provider' | 'operation' | 'kind'>): Promise<void>
  clearFaults(): Promise<void>
  /** All notifications of this provider go wrong from now on. */
  notify(provider: ProviderName, kind: string): Promise<void>
  clearNotify(): Promise<void>
  /** The address that this payment is notified at, told by a notification that nobody believes. */
  findAddress(provider: ProviderName, id: string): Promise<string | undefined>
  set(provider: ProviderName, settings: object): Promise<void>
}

export function createSandboxControl(url: string): SandboxControl {
  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const answer = await fetch(url + path, {
      method,
      ...(body && {
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    })
    const text = await answer.text()
    assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`)
    return (text ? JSON.parse(text) : undefined) as T
  }

  return {
    readLedgers: () => call('GET', '/ledger'),
    listNotifications: () => call('GET', '/notifications'),
    act: (provider, id, action, amount) =>
      call('POST', `/payments/${provider}/${id}`, {
        action,
        ...(amount !== undefined && { amount }),
      }),
    addFault: (fault) => call('POST', '/faults', fault),
    clearFaults: () => call('DELETE', '/faults'),
    notify: (provider, kind) => call('POST', '/notify', { provider, kind, times: 0 }),
    clearNotify: () => call('DELETE', '/notify'),
    async findAddress(provider, id) {
      const sent = await call<Notification>('POST', '/notifications', {
        provider,
        paymentId: id,
        body: 'nothing',
      }).catch(() => undefined)
      return sent?.url
    },
    set: (provider, settings) => call('POST', `/${provider}/settings`, settings),
  }
}
