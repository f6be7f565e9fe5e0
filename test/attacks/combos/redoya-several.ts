/**
 * One link of Redoya's that is paid several times, and orders that come back to where they do not belong:
 * no money is lost, and nobody has another's.
 * @module
 */
import { ask, bring, stateOf, unless } from '../combos.ts'
import type { Combo } from '../combos.ts'
import type { Begun, Stage } from '../stage.ts'

const common = { target: 'redoya', requests: 3 } as const

async function expect(stage: Stage, begun: Begun, wanted: string): Promise<readonly string[]> {
  const { payments } = await stateOf(stage, begun)
  return unless(payments[0] === wanted, `is ${payments[0]}, not ${wanted}`)
}

export const REDOYA_SEVERAL: readonly Combo[] = [
  ...['failed', 'pending'].map((second): Combo => ({
    ...common,
    name: `one that is confirmed later, then a second that is ${second}`,
    threat: 'T13',
    rule: 'every id that comes back is kept until it has an answer',
    async play(stage) {
      const begun = await stage.begin('redoya')
      const first = await stage.payByCard(begun, 'pending')
      await bring(stage, begun, first)
      await bring(stage, begun, await stage.payByCard(begun, second))
      await stage.shop.play('redoya', first, 'confirm')
      await ask(stage, begun)
      return expect(stage, begun, 'paid')
    },
  })),
  {
    ...common,
    name: 'a paid one that nobody could be asked about, then a declined one',
    threat: 'T13',
    rule: 'every id that comes back is kept until it has an answer',
    async play(stage) {
      const begun = await stage.begin('redoya')
      const paid = await stage.payByCard(begun)
      await stage.shop.breakNext('redoya', 'verify', 'status-500')
      await bring(stage, begun, paid)
      await bring(stage, begun, await stage.payByCard(begun, 'failed'))
      await ask(stage, begun)
      return expect(stage, begun, 'paid')
    },
  },
  {
    ...common,
    name: 'a paid one and a declined one at the same moment',
    threat: 'T13',
    rule: 'a refusal changes nothing on what is paid',
    async play(stage) {
      const begun = await stage.begin('redoya')
      const ids = [await stage.payByCard(begun), await stage.payByCard(begun, 'failed')]
      await Promise.all(ids.map((id) => bring(stage, begun, id)))
      await ask(stage, begun)
      return expect(stage, begun, 'paid')
    },
  },
  {
    ...common,
    name: 'a link that is paid twice',
    threat: 'T13',
    rule: 'money that comes twice is told',
    async play(stage) {
      const begun = await stage.begin('redoya')
      for (const _ of [1, 2]) await bring(stage, begun, await stage.payByCard(begun))
      return expect(stage, begun, 'paid/duplicate')
    },
  },
  {
    ...common,
    name: 'a link that was kept until it had ended, and a stranger’s order of today',
    threat: 'T11',
    rule: 'an order of this payment’s own time',
    async play(stage) {
      const kept = await stage.begin('redoya')
      stage.shop.clock.advance(27 * 60_000)
      const owner = await stage.begin('redoya')
      const id = await stage.payByCard(owner)
      await bring(stage, kept, id)
      await bring(stage, owner, id)
      return [
        ...(await expect(stage, kept, 'review/conflict')),
        ...(await expect(stage, owner, 'paid')),
      ]
    },
  },
  {
    ...common,
    name: 'an order that its owner brought first, parked elsewhere and asked about first',
    threat: 'T12',
    rule: 'an id is the payment’s that it came back to first',
    async play(stage) {
      const [owner, thief] = [await stage.begin('redoya'), await stage.begin('redoya')]
      const id = await stage.payByCard(owner, 'pending')
      await bring(stage, owner, id)
      await bring(stage, thief, id)
      await stage.shop.play('redoya', id, 'confirm')
      await ask(stage, thief)
      await bring(stage, thief, id)
      await ask(stage, owner)
      return [
        ...(await expect(stage, thief, 'review/conflict')),
        ...(await expect(stage, owner, 'paid')),
      ]
    },
  },
]
