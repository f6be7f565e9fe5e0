/**
 * The ledger: what a stand-in was really asked, whatever it answered. Ours, for tests that count.
 *
 * @module
 */

/** One call of the provider's API, or a note. */
export interface LedgerCall {
  /** ISO 8601. */
  readonly at: string
  readonly operation: string
  /** The status of the true answer; null when a fault kept the operation from being done. */
  readonly status: number | null
  /** The breaking fault that replaced the answer. */
  readonly fault: string | null
  /** Never a secret, a token or a password. */
  readonly details: Readonly<Record<string, unknown>>
}

/** One provider's calls, in their order. */
export interface Ledger {
  record(call: LedgerCall): void
  list(): readonly LedgerCall[]
  clear(): void
}

/** Enough for any test; a load test must not fill the memory. */
const MAX_CALLS = 10_000

/** An empty ledger. */
export function createLedger(): Ledger {
  let calls: LedgerCall[] = []
  return {
    record: (call) => {
      calls.push(call)
      if (calls.length > MAX_CALLS) calls.shift()
    },
    list: () => calls,
    clear: () => {
      calls = []
    },
  }
}
