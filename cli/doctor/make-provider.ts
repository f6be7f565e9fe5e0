/**
 * An adapter as the proxy makes it, with nothing behind it: no store, no log.
 * @module
 */
import { createBreaker } from '../../proxy/breaker.ts'
import type { Provider } from '../../proxy/provider.ts'
import type { ConfiguredProvider } from './subject.ts'
import type { Visits } from './visits.ts'

export const makeProvider = (
  { create }: ConfiguredProvider,
  visits: Pick<Visits, 'send'>,
): Provider =>
  create({
    fetch: visits.send,
    now: Date.now,
    log: () => undefined,
    breaker: createBreaker(Date.now),
    inTurn: (_name, task) => task(Date.now()),
  })
