/**
 * What can happen: by shoppers, providers, strangers, the merchant, the machine and the clock. A step is
 * a name and three numbers, so that a run is a text that can be kept.
 * @module
 */
import fc from 'fast-check'
import { FAILPOINTS } from '../../proxy/failpoints.ts'
import { PROVIDER_NAMES } from '../faults/sandbox-control.ts'
import { now, setClock } from './life.ts'
import type { Memory } from './memory.ts'
import { FAULTS, MANNERS } from './network.ts'
import { at, bringBack, deliver, payAtProvider, payByCard } from './payers.ts'
import type { World } from './world.ts'

export type Step = readonly [what: StepName, a: number, b: number, c: number]

type Play = (
  world: World,
  memory: Memory,
  a: number,
  b: number,
  c: number,
) => Promise<unknown> | void

const SECOND = 1000
const TICKS = [1, 4, 15, 31, 121, 16 * 60, 61 * 60, 25 * 60 * 60].map((seconds) => seconds * SECOND)
const AMOUNTS = ['300.00', '300', '50', '999.99']
const DECISIONS = ['paid', 'failed', 'canceled', 'refunded']

const METHODS = [
  { methodId: 'cryptom:USDT:TRON' },
  { methodId: 'redoya' },
  { methodId: 'lipaykripto' },
  { methodId: 'paycrypto:USDT:TRON' },
  {
    methodId: `lincoln:65a0${'1'.padStart(20, '0')}`,
    fields: { [`65f0${'1'.padStart(18, '0')}01`]: 'shopper@shop.example' },
    consent: true,
  },
  { methodId: 'cryptom:TRX:TRON' },
]

const tab = (number: number): string => `tab ${number % 3}`

/** Steps by their names; how often each is tried is `WEIGHTS`. */
const PLAYS = {
  async open(world, memory, a, b, c) {
    const orderId = `A-${a % 3}`
    const known = memory.orders.get(orderId)
    // Now and then somebody comes with another price for it.
    const amount = b % 8 === 7 ? '10' : (known?.amount ?? at(AMOUNTS, b) ?? '300')
    const isReplay = known !== undefined && c % 2 === 0
    const token = isReplay ? known.tokens[0] : await world.token(orderId, amount)
    const answer = await world.browse(tab(c), 'POST', '/v1/checkouts', { orderToken: token })
    if (answer === undefined || answer.status >= 300) return
    const order = known ?? { amount, tokens: [] }
    memory.orders.set(orderId, { ...order, tokens: [...order.tokens, token ?? ''] })
    const { id } = JSON.parse(answer.body) as { id: string }
    if (!memory.checkouts.includes(id)) memory.checkouts.push(id)
  },

  pick: (world, memory, a, b, c) => pick(world, at(memory.checkouts, a), b, c),

  /** Two at once: a double click, or two tabs. */
  picks: (world, memory, a, b, c) => {
    const id = at(memory.checkouts, a)
    return Promise.all([pick(world, id, b, 0), pick(world, id, c % 2 ? b : b + 1, 1)])
  },

  break: ({ network }, _memory, a, b, c) =>
    network.break(
      at(PROVIDER_NAMES, a) ?? 'cryptom',
      b % 3 === 0 ? 'ask' : 'create',
      at(FAULTS, c) ?? 'late',
    ),

  release: (world) => {
    world.network.release()
    return world.settle()
  },

  pay: (world, _memory, a, b, c) => payAtProvider(world, a, b, c),
  card: (world, memory, a, b, c) => payByCard(world, memory, a, b, c),
  comeBack: (world, memory, a, b) => bringBack(world, memory, a, b),
  deliver: (world, _memory, a, b, c) => deliver(world, a, b, c),

  poll: (world, memory, a, b) => {
    const id = at(memory.checkouts, a)
    return id === undefined ? undefined : world.browse(tab(b), 'GET', `/v1/checkouts/${id}`)
  },
  sent: (world, memory, a, b, c) => {
    const body = c % 2 ? { paid: true } : {}
    return act(world, at(memory.checkouts, a), 'sent', b, body)
  },
  cancel: (world, memory, a, b) => act(world, at(memory.checkouts, a), 'cancel', b, {}),
  takeBack: (world, memory, a) => {
    const id = at(memory.checkouts, a)
    return id === undefined ? undefined : world.asMerchant('POST', `/checkouts/${id}/cancel`, {})
  },
  resolve: (world, memory, a, b) => {
    const id = at(memory.checkouts, a)
    const body = { status: at(DECISIONS, b), note: 'the model has looked' }
    return id === undefined ? undefined : world.asMerchant('POST', `/checkouts/${id}/resolve`, body)
  },
  payOut: (world, _memory, a, b) =>
    world.asMerchant('POST', '/payouts', {
      provider: 'lipaykripto',
      requestId: `w-${a % 3}`,
      amount: b % 5 === 0 ? '101' : '100',
      currency: 'TRY',
      asset: 'USDT',
      address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
    }),
  askPayout: (world, _memory, a) => world.asMerchant('GET', `/payouts/w-${a % 3}`),

  /** Who knows no address of ours. */
  guess: (world, _memory, a, b) => {
    const token = String(b).padEnd(43, 'x')
    const path = [`/v1/webhooks/${at(PROVIDER_NAMES, a)}/${token}`, `/v1/returns/${token}`][b % 2]
    return world.browse('stranger', b % 2 ? 'GET' : 'POST', path ?? '/', b % 2 ? undefined : {})
  },

  tick: (world, _memory, a, b) => world.tick(at(TICKS, b % 7 === 0 ? a : a % 6) ?? SECOND),
  kill: (world) => world.kill(),
  killAt: (world, _memory, a) => world.killAt(at(FAILPOINTS, a) ?? 'intent_stored'),
  restart: async (world) => {
    await world.stop()
    await world.start()
  },
  store: (world, _memory, a) => world.failStore(a % 2 === 0),
  merchant: ({ network }, _memory, a) => network.behave(at(MANNERS, a) ?? 'acknowledges'),
} satisfies Record<string, Play>

export type StepName = keyof typeof PLAYS

const WEIGHTS: Readonly<Record<StepName, number>> = {
  open: 4,
  pick: 9,
  picks: 2,
  break: 5,
  release: 2,
  pay: 9,
  card: 5,
  comeBack: 6,
  deliver: 9,
  poll: 5,
  sent: 2,
  cancel: 2,
  takeBack: 1,
  resolve: 2,
  payOut: 1,
  askPayout: 1,
  guess: 1,
  tick: 9,
  kill: 1,
  killAt: 3,
  restart: 1,
  store: 2,
  merchant: 1,
}

/** Every step as likely as its weight says, from the first run on; `only` names those there are. */
export function anyStepOf(only?: readonly string[]): fc.Arbitrary<Step> {
  const names = Object.entries(WEIGHTS).flatMap(([name, weight]) =>
    Array.from({ length: only && !only.includes(name) ? 0 : weight }, () => name as StepName),
  )
  const small = fc.nat(23)
  return fc.noBias(fc.tuple(fc.constantFrom(...names), small, small, small))
}

/** Things that go on without a proxy. */
const ELSEWHERE: ReadonlySet<StepName> = new Set(['pay', 'card', 'deliver', 'merchant', 'break'])

export async function play(world: World, memory: Memory, [name, a, b, c]: Step): Promise<void> {
  setClock(now() + 7)
  if (!world.isUp && !ELSEWHERE.has(name)) await world.start()
  const run: Play = PLAYS[name]
  await run(world, memory, a, b, c)
  await world.settle()
}

async function pick(world: World, id: string | undefined, b: number, c: number): Promise<void> {
  if (id !== undefined) await act(world, id, 'payments', c, at(METHODS, b) ?? {})
}

const act = async (
  world: World,
  id: string | undefined,
  what: string,
  by: number,
  body: object,
): Promise<void> => {
  if (id !== undefined) await world.browse(tab(by), 'POST', `/v1/checkouts/${id}/${what}`, body)
}
