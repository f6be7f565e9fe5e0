/**
 * One id in many spellings: an order of Redoya’s that has paid already, brought to another payment.
 * @module
 */
import type { Change, Family } from '../attack.ts'
import { each } from '../change.ts'
import { withId } from './return-addresses.ts'

/** An id that has paid for another already, in other spellings, at the attacker’s own address. */
const usedId = (change: (id: string) => string): Change =>
  withId(async (_, __, { shop, town }) => {
    const paid = town.redoya?.paid.checkout
    const id = paid && (await shop.detail(paid)).payments[0]?.ref
    return change(id ?? '')
  })

const encodeAll = (id: string): string =>
  Array.from(id, (letter) => `%${Buffer.from(letter).toString('hex')}`).join('')

export const OUTSIDER_IDS: Family = {
  name: 'a used id in another spelling',
  target: 'redoya',
  variant: 'plain',
  async arrange(stage) {
    const begun = await stage.begin('redoya')
    const id = await stage.payByCard(begun)
    const request = { method: 'GET', path: `${begun.back}/${id}`, headers: {} }
    return { request, checkoutId: begun.checkout.id, begun, more: { id } }
  },
  works: { status: 200, becomes: 'paid' },
  groups: [
    {
      threat: 'T12',
      rule: 'an id is one, however it is written, and pays once',
      answer: 'goes on',
      effect: 'review',
      isAlone: true,
      tries: [['every letter encoded', usedId(encodeAll)]],
    },
    {
      threat: 'T11',
      rule: 'what is no id is asked of nobody',
      answer: 'looked at',
      tries: each(
        {
          'every letter encoded twice': (id: string) => encodeAll(id).replaceAll('%', '%25'),
          'a dot and a slash before, encoded': (id: string) => `%2e%2f${id}`,
          'there and back, encoded': (id: string) => `x%2f..%2f${id}`,
          'a character of no width behind': (id: string) => `${id}%e2%80%8b`,
          'a mark before': (id: string) => `%ef%bb%bf${id}`,
          'a tab behind': (id: string) => `${id}%09`,
          'a backslash behind': (id: string) => `${id}%5c`,
          'a slash behind, encoded': (id: string) => `${id}%2f`,
          'a query behind, encoded': (id: string) => `${id}%3Fa=1`,
          'a broken letter before': (id: string) => `%zz${id}`,
        },
        usedId,
      ),
    },
  ],
}
