/**
 * Money: what exists at a provider is known here, what is paid there is paid here, and the other way
 * round.
 * @module
 */
import { isPaidFor } from '../../../protocol/status.ts'
import type { PaymentRecord } from '../../../proxy/records.ts'
import type { Rule } from '../auditor.ts'

const name = ({ provider, id }: PaymentRecord): string => `payment ${id} of ${provider}`

export const moneyRules: Readonly<Record<string, Rule>> = {
  'I10 intent before call': (_, entries) =>
    entries.flatMap(({ provider, payment, owner }) => {
      if (!owner) return [`${provider} has a payment ${payment.id} that nobody here knows`]
      const isOlder = owner.createdAt <= Date.parse(payment.createdAt)
      return isOlder ? [] : [`${name(owner)} was written down after ${provider} had made it`]
    }),

  'I5 one ref, one payment': ({ proxy }, entries) => {
    const byRef = Map.groupBy(
      proxy.payments.filter(({ ref }) => ref !== null),
      ({ provider, ref }) => `${provider} ${ref}`,
    )
    const shared = [...byRef]
      .filter(([, payments]) => payments.length > 1)
      .map(([ref, payments]) => `${ref} belongs to ${payments.length} payments`)
    const foreign = entries
      .filter(
        ({ payment, owner }) => typeof owner?.ref === 'string' && owner.ref !== refOf(payment),
      )
      .filter(({ provider }) => provider !== 'redoya')
      .map(({ payment, owner }) => `${owner && name(owner)} has another ref than ${payment.id}`)
    // A page can be paid twice by who opened it twice; a call of ours is made once.
    const made = entries.filter(({ provider, owner }) => owner && provider !== 'redoya')
    const twice = [...Map.groupBy(made, ({ owner }) => owner)]
      .filter(([, payments]) => payments.length > 1)
      .map(([owner, { length }]) => `${owner && name(owner)} was made ${length} times`)
    return [...shared, ...foreign, ...twice]
  },

  'paid there, paid here': (_, entries) =>
    entries.flatMap(({ isPaid, isSecret, owner, differs }) => {
      if (!isPaid || isSecret || !owner) return []
      const { status, reason } = owner.state
      const wanted = differs === undefined ? 'paid' : 'review'
      const isRight = differs === undefined ? isPaidFor(status) : status === 'review'
      return isRight ? [] : [`${name(owner)} is ${status} (${reason}) and should be ${wanted}`]
    }),

  'I1 no paid without proof': ({ proxy }, entries) => {
    const byOwner = Map.groupBy(entries, ({ owner }) => owner?.id)
    const proofs = new Set(
      proxy.facts
        .filter(({ status, assurance }) => isPaidFor(status) && assurance !== undefined)
        .map(({ paymentId }) => paymentId),
    )
    return proxy.payments
      .filter(({ state }) => isPaidFor(state.status) && state.assurance !== 'merchant')
      .flatMap((payment) => {
        const own = byOwner.get(payment.id) ?? []
        const paid = own.filter(({ isPaid }) => isPaid)
        const right = paid.find(({ differs }) => differs === undefined)
        if (paid.length === 0) return [`${name(payment)} is paid here, and not there`]
        if (!right) return [`${name(payment)} is paid with another ${paid[0]?.differs}`]
        return proofs.has(payment.id)
          ? []
          : [`${name(payment)} is paid without a fact that proves it`]
      })
  },
}

/** LiPayKripto answers a number as the ref, beside the id that it was given. */
function refOf({
  id,
  details,
}: {
  id: string
  details: Readonly<Record<string, unknown>>
}): string {
  return details['kind'] === 'payment' ? String(details['number']) : id
}
