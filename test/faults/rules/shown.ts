/**
 * What shoppers see: one thing to pay at a time, the same whenever and wherever they look, and nothing
 * that the rows do not know.
 * @module
 */
import { isOpen } from '../../../protocol/status.ts'
import type { Rule } from '../auditor.ts'
import type { Sighting } from '../shopper.ts'

export const shownRules: Readonly<Record<string, Rule>> = {
  'one target in the rows': ({ proxy }) => {
    const payable = proxy.payments.filter(
      ({ isShown, isSuperseded, nextAction, state }) =>
        isShown && !isSuperseded && nextAction !== null && isOpen(state.status),
    )
    return [...Map.groupBy(payable, ({ checkoutId }) => checkoutId)]
      .filter(([, payments]) => payments.length > 1)
      .map(([id, payments]) => `checkout ${id} has ${payments.length} payments to be paid`)
  },

  'one target on the screens': ({ sightings }) =>
    [...byCheckout(sightings)].flatMap(([id, seen]) => {
      const ordered = seen.toSorted((a, b) => a.version - b.version)
      const payments = ordered.flatMap(({ paymentId, instruction }) =>
        instruction === null || paymentId === null ? [] : [paymentId],
      )
      const runs = payments.filter((payment, index) => payment !== payments[index - 1])
      const isBack = new Set(runs).size < runs.length
      const versions = Map.groupBy(seen, ({ version }) => version)
      const isTwofold = [...versions.values()].some(
        (same) => new Set(same.map(({ instruction }) => instruction)).size > 1,
      )
      return [
        ...(isBack ? [`checkout ${id} showed a target again that another had replaced`] : []),
        ...(isTwofold ? [`checkout ${id} showed two targets at once`] : []),
      ]
    }),

  'replaced is replaced': ({ proxy, sightings }) => {
    const rows = new Map(proxy.payments.map((payment) => [payment.id, payment]))
    const payable = sightings.filter(({ instruction }) => instruction !== null)
    return [...byCheckout(payable)].flatMap(([id, seen]) => {
      const payments = new Set(seen.map(({ paymentId }) => rows.get(paymentId ?? '')))
      const live = [...payments].filter(
        (payment) => payment && !payment.isSuperseded && isOpen(payment.state.status),
      )
      return live.length > 1
        ? [`checkout ${id}: ${live.length} targets that were shown are live`]
        : []
    })
  },

  'shown is stored, and stays': ({ proxy, sightings }) => {
    const rows = new Map(proxy.payments.map((payment) => [payment.id, payment]))
    return sightings.flatMap(({ paymentId, checkoutId, instruction }) => {
      if (instruction === null || paymentId === null) return []
      const row = rows.get(paymentId)
      if (row?.checkoutId !== checkoutId)
        return [`${checkoutId} showed a payment that is not its own`]
      const isSame = JSON.stringify(row.nextAction) === instruction
      return isSame ? [] : [`payment ${paymentId} was shown with another target than it has`]
    })
  },

  'I19 versions rise': ({ sightings }) =>
    [...Map.groupBy(sightings, ({ tab, checkoutId }) => `${checkoutId} in ${tab}`)]
      .filter(([, seen]) =>
        seen.some(({ version }, index) => version < (seen[index - 1]?.version ?? 0)),
      )
      .map(([where]) => `checkout ${where} went back to an older version`),
}

const byCheckout = (sightings: readonly Sighting[]): Map<string, Sighting[]> =>
  Map.groupBy(sightings, ({ checkoutId }) => checkoutId)
