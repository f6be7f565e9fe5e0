/**
 * What happens at the providers, and the word of it: paid in full, in part, too much, late, never;
 * notifications that come once, twice, late, forged, to the wrong address; browsers that come back with
 * their own order, with another's, with one that was made up.
 * @module
 */
import { SHOP } from '../proxy/support.ts'
import { PROVIDER_NAMES } from '../faults/sandbox-control.ts'
import type { Memory } from './memory.ts'
import type { World } from './world.ts'

/** Any number picks one, where there is one. */
export const at = <T>(list: readonly T[], index: number): T | undefined =>
  list[index % (list.length || 1)]

/** The action that pays in full. */
const PAYS: Readonly<Record<string, string>> = {
  cryptom: 'pay',
  redoya: 'confirm',
  lipaykripto: 'confirm',
  paycrypto: 'success',
  lincoln: 'done',
}
const AMOUNTS = [undefined, undefined, '1', '12.50', '9999']

/** Plays one of the possible actions on something that a provider has; every other time it pays. */
export function payAtProvider({ fakes }: World, a: number, b: number, c: number): void {
  const all = PROVIDER_NAMES.flatMap((name) =>
    fakes.running[name].listPayments().map((payment) => ({ name, payment })),
  )
  const chosen = at(all, a)
  if (!chosen) return
  const { name, payment } = chosen
  const wanted = PAYS[name] ?? ''
  const action = b % 2 === 0 && payment.actions.includes(wanted) ? wanted : at(payment.actions, b)
  if (action === undefined) return
  try {
    fakes.running[name].act(payment.id, action, b % 2 === 0 ? undefined : at(AMOUNTS, c), undefined)
  } catch (error) {
    // Not every action takes every amount.
    if (
      !(error instanceof Error && error.name === 'ProblemError') &&
      !('code' in (error as object))
    )
      throw error
  }
}

const OUTCOMES = ['success', 'success', 'success', 'failed', 'pending']
const SPOILS = [{}, {}, {}, { testMode: '0' }, { payment_amount: '100' }, { currency: 'USD' }]

/** On Redoya's page, with a link that somebody was shown. */
export async function payByCard(
  { fakes, sightings }: World,
  memory: Memory,
  a: number,
  b: number,
  c: number,
): Promise<void> {
  const links = [...new Set(sightings.map(({ instruction }) => instruction ?? ''))].filter((text) =>
    text.includes('/checkout#'),
  )
  const link = at(links, a)
  if (link === undefined) return
  const { url } = JSON.parse(link) as { url: string }
  const [, orderToken, identifier] = url.split('#')
  const spoil = at(SPOILS, c) ?? {}
  const order = { orderToken, identifier, outcome: at(OUTCOMES, b), ...spoil }
  const { orderId, redirect } = await fakes.control('redoya', '/orders', order)
  if (typeof orderId !== 'string') return
  const isSpoilt = Object.keys(spoil).length > 0
  memory.cards.push({ id: orderId, redirect: String(redirect), isSpoilt })
}

/** The browser comes back: with its own order, another's, or one that never was. */
export async function bringBack(world: World, memory: Memory, a: number, b: number): Promise<void> {
  const card = at(memory.cards, a)
  if (!card) return
  const ids = [
    card.id,
    card.id,
    card.id,
    at(memory.cards, b)?.id ?? '',
    'Ab3dEf6hIj9lMn2p',
    '..%2f..',
  ]
  const id = at(ids, b) ?? card.id
  const { pathname } = new URL(card.redirect)
  const path = `${pathname.slice(0, pathname.lastIndexOf('/'))}/${id}?status=success`
  const answer = await world.browse('returned', 'GET', path)
  if (answer !== undefined && answer.status < 400) memory.returned.add(id)
}

/** A notification arrives: as it is, twice, as a stranger would make it, or at another's address. */
export async function deliver(world: World, a: number, b: number, c: number): Promise<void> {
  const { mail } = world.fakes
  const chosen = at(mail, a)
  if (!chosen) return
  const { outgoing } = chosen
  const others = mail.filter(({ outgoing: { provider } }) => provider === outgoing.provider)
  const elsewhere = at(others, c)?.outgoing.url ?? outgoing.url
  const genuine = { isForged: false }
  switch (b % 8) {
    case 4:
      await Promise.all([world.notify(chosen, genuine), world.notify(chosen, genuine)])
      return
    case 5:
      await world.notify(chosen, { ...outgoing.forge(), isForged: true })
      return
    case 6:
      await world.notify(chosen, { url: elsewhere, isForged: elsewhere !== outgoing.url })
      return
    case 7:
      await world.notify(chosen, {
        headers: { origin: SHOP },
        body: '{"status":"confirmed"}',
        isForged: true,
      })
      return
    default:
      await world.notify(chosen, genuine)
  }
}
