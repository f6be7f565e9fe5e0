/**
 * Providers whose first answer is untrue, and money that is short by the smallest part: as an outsider played
 * them on the stand-ins.
 * @module
 */
import { pause } from '../../proxy/shop.ts'
import type { ProviderName } from '../../proxy/shop.ts'
import { ask, stateOf, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'

/** What is asked for at the start, and answered about something else. */
const madeWrong = (provider: ProviderName, operation: string, kind: string): Combo => ({
  name: `${provider}: at the start, its answer to ${operation} has ${kind}`,
  target: provider,
  threat: 'T6',
  rule: 'no address is shown that is not of what was ordered',
  requests: 1,
  async play({ shop }) {
    await shop.breakNext(provider, operation, kind, { times: 0 })
    const checkout = await shop.open({ methods: [provider] })
    const { status, body } = await shop.pick(checkout, provider)
    await shop.control('DELETE', '/faults')
    const action = status === 200 ? body.payment?.nextAction : undefined
    return unless(action?.type !== 'transfer', `shows ${JSON.stringify(action)}`)
  },
})

/** By the last digit of the amount that was asked for. */
const aUnitLess = (provider: 'cryptom' | 'lincoln', action: string): Combo => ({
  name: `${provider}: paid but for the smallest unit`,
  target: provider,
  threat: 'T6',
  rule: 'paid is the whole price, in its coin, for good',
  requests: 1,
  async play(stage) {
    const begun = await stage.begin(provider)
    const asked = begun.checkout.payment?.nextAction
    if (asked?.type !== 'transfer') return [`shows ${JSON.stringify(asked)}`]
    const amount = less(asked.amount)
    await stage.shop.play(provider, begun.payment.ref, action, { amount })
    await ask(stage, begun)
    await pause(50)
    const { status, payments } = await stateOf(stage, begun)
    const isSeen = payments[0] === 'processing/underpaid' || payments[0]?.startsWith('review')
    return unless(status !== 'paid' && isSeen === true, `is ${status}, ${payments[0]}`)
  },
})

/** A decimal text of which one was taken at its sixth place. */
function less(amount: string): string {
  const [whole = '', part = ''] = amount.split('.')
  const units = BigInt(whole + part.padEnd(6, '0').slice(0, 6)) - 1n
  const text = String(units).padStart(7, '0')
  return `${text.slice(0, -6)}.${text.slice(-6)}`
}

export const OUTSIDER_ANSWERS: readonly Combo[] = [
  madeWrong('cryptom', 'create', 'wrong-amount'),
  madeWrong('cryptom', 'create', 'wrong-coin'),
  madeWrong('cryptom', 'create', 'bad-address'),
  madeWrong('lincoln', 'create', 'wrong-amount'),
  madeWrong('lincoln', 'order', 'wrong-amount'),
  madeWrong('lincoln', 'order', 'wrong-coin'),
  madeWrong('lincoln', 'order', 'wrong-network'),
  madeWrong('lincoln', 'order', 'bad-address'),
  aUnitLess('cryptom', 'pay-part'),
  aUnitLess('lincoln', 'done'),
]
