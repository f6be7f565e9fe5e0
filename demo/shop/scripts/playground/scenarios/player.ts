/**
 * Plays one scenario at a time, and looks whether it ended as it should.
 * @module
 */
import type { Checkout } from '../../../../../protocol/payment.ts'
import type { SandboxClient } from '../../panel/client.ts'
import type { End, Scenario } from './scenario.ts'
import { companyFor, createTools } from './tools.ts'
import type { Room } from './tools.ts'
import { waitFor } from './wait-for.ts'

export interface Performance {
  readonly scenario: Scenario
  readonly company: string
  /** What was done so far. */
  readonly steps: readonly string[]
  /** Null while it goes on. */
  readonly verdict: { readonly isGood: boolean; readonly text: string } | null
}

const PATIENCE_MS = 30_000

export type Play = (scenario: Scenario, wanted: string) => Promise<void>

/** `onChange` is told of each step. */
export function createPlayer(room: Omit<Room, 'say'>, onChange: (now: Performance) => void): Play {
  let turn = 0
  return async (scenario, wanted) => {
    const own = ++turn
    const company = companyFor(wanted, scenario.companies)
    let now: Performance = { scenario, company: company.name, steps: [], verdict: null }
    const show = (change: Partial<Performance>): void => {
      if (own !== turn) return
      now = { ...now, ...change }
      onChange(now)
    }
    const say = (text: string): void => {
      if (own !== turn) throw new Error('Another scenario was begun.')
      show({ steps: [...now.steps, text] })
    }
    show({})
    try {
      await calm(room.sandbox)
      const tools = createTools({ ...room, say }, company)
      await scenario.play(tools)
      const { ends } = scenario
      let seen = 'not there'
      await waitFor(
        () => `an order that is ${spell(ends)}; it is ${seen}`,
        PATIENCE_MS,
        async () => {
          const checkout = await tools.look()
          seen = spell({ ...checkout, payment: checkout.payment?.status })
          return isEnd(checkout, ends) || undefined
        },
      )
      await tools.refresh()
      show({ verdict: { isGood: true, text: `As it should be: ${spell(ends)}.` } })
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error)
      show({ verdict: { isGood: false, text } })
    } finally {
      if (own === turn) await calm(room.sandbox).catch(() => {})
    }
  }
}

/** Takes all mishaps back. */
async function calm(sandbox: SandboxClient): Promise<void> {
  await Promise.all([sandbox.clearFaults(), sandbox.clearNotify(), sandbox.setSkew(0)])
}

const isEnd = ({ status, reason, payment }: Checkout, ends: End): boolean =>
  status === ends.status &&
  (ends.reason === undefined || reason === ends.reason) &&
  (ends.payment === undefined || payment?.status === ends.payment)

/** `paid, late` */
export const spell = ({ status, reason, payment }: End): string =>
  [status, reason, payment && `payment ${payment}`].filter(Boolean).join(', ')
