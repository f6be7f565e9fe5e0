/**
 * What a piece of work belongs to, wherever it goes: the request that asked for it, and the payment that
 * it is about. The log writes it into every line.
 * @module
 */
import { AsyncLocalStorage } from 'node:async_hooks'

export interface Trace {
  requestId?: string
  checkout?: string
  payment?: string
}

interface Key {
  readonly checkoutId: string
  readonly paymentId: string
}

const traces = new AsyncLocalStorage<Trace>()

/** Undefined where the work belongs to nothing. */
export const currentTrace = (): Trace | undefined => traces.getStore()

/** Runs a task as a part of `trace`, and of no other. */
export const runAs = <Given extends unknown[], T>(
  trace: Trace,
  task: (...given: Given) => T,
  ...given: Given
): T => traces.run(trace, task, ...given)

/** Runs a task that is about this payment, for whoever asked for it. */
export const runFor = <T>({ checkoutId, paymentId }: Key, task: () => T): T =>
  traces.run({ ...traces.getStore(), checkout: checkoutId, payment: paymentId }, task)

/** The request turned out to be about this payment. */
export function noteKey({ checkoutId, paymentId }: Key): void {
  const trace = traces.getStore()
  if (trace) Object.assign(trace, { checkout: checkoutId, payment: paymentId })
}
