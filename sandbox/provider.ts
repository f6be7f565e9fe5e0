/**
 * The contract of a stand-in: what `start.ts` gives it, and what `control.ts` may ask of it.
 *
 * A stand-in is written from its provider's documents alone. Everything here is ours; the
 * provider's own words begin in `providers/<name>.ts`.
 *
 * @module
 */
import type { HttpBindings } from '@hono/node-server'
import type { Hono, MiddlewareHandler } from 'hono'
import type { Operations, SemanticKind } from './faults.ts'
import type { Notifier, Outgoing } from './notifier.ts'

/** What Hono carries in every request of a stand-in. */
export interface SandboxEnv {
  Bindings: HttpBindings
  Variables: {
    /** What the ledger shall say about this call. Never a secret, a token or a password. */
    details: Record<string, unknown>
  }
}

/** One line in `providers/index.ts`. */
export interface ProviderDefinition<Credentials> {
  /** The synthetic account that the stand-in knows by default. */
  readonly credentials: Credentials
  /** What faults and the ledger call the provider's routes. */
  readonly operations: Operations
  /** Every action `POST /payments/:provider/:id` knows. */
  readonly actions: readonly string[]
  /** The provider's error body for a status that a fault answers. */
  readonly errorBody: (status: number, operation: string) => unknown
  start(context: ProviderContext, credentials: Credentials): SandboxProvider
}

/** What a stand-in is given. */
export interface ProviderContext {
  /** Epoch milliseconds. */
  readonly now: () => number
  /** The middleware every route of the provider starts with: ledger and faults. */
  operation(name: string): MiddlewareHandler<SandboxEnv>
  /** Takes a pending semantic fault of this operation, if there is one. */
  takeSemantic(operation: string): SemanticKind | undefined
  /** Notes something in the ledger that was no call of the provider's API. */
  record(operation: string, details: Record<string, unknown>): void
  /** Where every webhook goes out. */
  readonly notifier: Notifier
}

/** A running stand-in. */
export interface SandboxProvider {
  readonly app: Hono<SandboxEnv>
  /** Control routes only this provider has, mounted at `/<name>` of the control server. */
  readonly control?: Hono
  /** In the order in which they were made. */
  listPayments(): readonly SandboxPayment[]
  /** The ground truth of money: every transfer that was played. */
  listPaid(): readonly Paid[]
  /** Plays a known action; throws a `ProblemError` for an unknown id or an illegal moment. */
  readonly act: (
    id: string,
    action: string,
    amount: string | undefined,
    currency: string | undefined,
  ) => void
  /**
   * What the provider would notify about the payment now, to `url` if given. Undefined: no such
   * payment, or it has no webhook URL.
   */
  readonly notification?: (id: string, url: string | undefined) => Outgoing | undefined
  /** Forgets all payments. */
  readonly reset: () => void
}

/** A payment as `GET /payments` shows it. */
export interface SandboxPayment {
  readonly id: string
  readonly status: string
  readonly amount: string
  readonly currency: string
  readonly reference: string | null
  readonly createdAt: string
  /** The actions that are possible now. */
  readonly actions: readonly string[]
  readonly details: Readonly<Record<string, unknown>>
}

/** Money that moved, as `GET /ledger` shows it. */
export interface Paid {
  readonly id: string
  readonly amount: string
  readonly currency: string
  readonly at: string
}
