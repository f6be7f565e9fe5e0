/**
 * Attacks of several steps: races, two checkouts, late money, words that mean two things. Each says what it
 * was that it must not have brought about.
 * @module
 */
import type { Target } from './attack.ts'
import { JSON_TYPE } from './send.ts'
import type { Answer, Request } from './send.ts'
import type { Begun, Stage } from './stage.ts'

export interface Combo {
  readonly name: string
  readonly target: Target
  readonly threat: string
  readonly rule: string
  /** Requests that it sends, about. */
  readonly requests: number
  /** It moves the clock so far that the providers forget what was paid: the audit comes before it. */
  readonly isLate?: true
  /** What went wrong, in words; empty: the attack came to nothing. */
  play(stage: Stage): Promise<readonly string[]>
}

export const get = (path: string): Request => ({ method: 'GET', path, headers: {} })

export const post = (path: string, body: unknown = {}): Request => ({
  method: 'POST',
  path,
  headers: JSON_TYPE,
  body: typeof body === 'string' ? body : JSON.stringify(body),
})

/** Back from Redoya's page, with this order. */
export const bring = ({ sender }: Stage, { back }: Begun, id: string): Promise<Answer> =>
  sender.send(get(`${back}/${id}`))

/** The next look, by the one who waits. */
export async function ask({ shop, sender }: Stage, { checkout }: Begun): Promise<void> {
  shop.clock.advance(20_000)
  await sender.send(post(`/v1/checkouts/${checkout.id}/sent`))
}

/** What the merchant reads of it: `paid`, `review/conflict`. */
export async function stateOf({ shop }: Stage, { checkout }: Pick<Begun, 'checkout'>) {
  const { payments, status } = await shop.detail(checkout)
  return {
    status,
    payments: payments.map((each) => [each.status, each.reason].filter(Boolean).join('/')),
  }
}

/** An expectation that is not met, in words. */
export const unless = (isTrue: boolean, words: string): readonly string[] => (isTrue ? [] : [words])

export const isPaid = async (stage: Stage, begun: Pick<Begun, 'checkout'>): Promise<boolean> =>
  (await stateOf(stage, begun)).status === 'paid'

export async function countPaid(stage: Stage, all: readonly Begun[]): Promise<number> {
  const states = await Promise.all(all.map((begun) => isPaid(stage, begun)))
  return states.filter(Boolean).length
}
