/**
 * `npm run bench:latency`: how long a shopper waits for "paid" in front of the widget, whose own status
 * engine polls here. From the notification's arrival (PayCrypto, LiPayKripto); from the provider's having
 * the money where nobody notifies (Cryptom); and where Lincoln's only notification was lost, with and
 * without a widget that is open. Budgets (G10): p95 4 s, p95 6 s, at most 60 s.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { readProxyRows } from '../test/faults/proxy-rows.ts'
import { becomes } from '../test/faults/crowd.ts'
import type { Shown } from '../test/faults/flows.ts'
import type { ProviderName } from '../test/faults/sandbox-control.ts'
import { openWidget } from '../test/faults/widget.ts'
import { percentile, printFigures } from './figures.ts'
import type { Figure } from './figures.ts'
import { seedPayments } from './seed.ts'
import { createStand } from './stand.ts'

const COUNT = Number(process.env['COUNT'] ?? 40)
/** Money comes at any moment of a widget's pause. */
const SPREAD_MS = 8000
const PATIENCE_MS = 90_000

const stand = await createStand()
await stand.startProxy()
await stand.sandbox.notify('lincoln', 'lose')
const watched = await seedPayments(stand, {
  paycrypto: COUNT,
  lipaykripto: COUNT,
  cryptom: COUNT,
  lincoln: COUNT,
})
const closed = await seedPayments(stand, { lincoln: COUNT })
const { payments } = await readProxyRows(`file:${stand.databaseFile}`)
let reading: Promise<ReadonlySet<string>> | undefined
const refs = new Map(payments.map(({ id, ref }) => [id, ref]))

const [waits, unseen] = await Promise.all([
  Promise.all(watched.map(waitForWidget)),
  Promise.all(closed.map(waitForStore)),
])
const arrivals = new Map(
  (await stand.sandbox.listNotifications()).map(({ paymentId, attempts }) => [
    paymentId,
    attempts[0]?.at ?? Number.NaN,
  ]),
)
await stand.close()

const ofProvider = (name: ProviderName): number[] =>
  waits.filter(({ provider }) => provider === name).map(({ ms }) => ms)
printFigures(`G10 until the shopper sees "paid", ${COUNT} of each`, [
  ...figures('PayCrypto, from its notification', notified('paycrypto'), { p95: 4 }),
  ...figures('LiPayKripto, from its notification', notified('lipaykripto'), { p95: 4 }),
  ...figures('Cryptom, from the money', ofProvider('cryptom'), { p95: 6 }),
  ...figures('Lincoln, lost notification', ofProvider('lincoln'), { max: 60 }),
  ...figures('Lincoln, lost, nobody looks', unseen, { max: 60 }),
])

interface Wait extends Pick<Shown, 'provider' | 'paymentId'> {
  /** Epoch milliseconds. */
  readonly shownAt: number
  /** From the money until it was shown. */
  readonly ms: number
}

async function payLater(payment: Shown): Promise<number> {
  await sleep(1000 + Math.random() * SPREAD_MS)
  const begin = Date.now()
  await stand.pay({ ...payment, ref: refs.get(payment.paymentId) ?? null })
  return begin
}

async function waitForWidget(payment: Shown): Promise<Wait> {
  const { promise, resolve } = Promise.withResolvers<number>()
  const widget = openWidget(stand.url, payment.checkoutId, ({ checkout }) => {
    if (checkout?.status === 'paid') resolve(Date.now())
  })
  const late = setTimeout(() => resolve(Infinity), PATIENCE_MS)
  const begin = await payLater(payment)
  const shownAt = await promise
  clearTimeout(late)
  widget.close()
  return { ...payment, shownAt, ms: shownAt - begin }
}

/** The worker alone finds it. */
async function waitForStore(payment: Shown): Promise<number> {
  const begin = await payLater(payment)
  const isPaid = async (): Promise<boolean> => (await readPaid()).has(payment.paymentId)
  return (await becomes(isPaid, PATIENCE_MS)) ? Date.now() - begin : Infinity
}

/** What is paid by now, read once for all who ask at the same time. */
function readPaid(): Promise<ReadonlySet<string>> {
  reading ??= readProxyRows(`file:${stand.databaseFile}`).then((rows) => {
    reading = undefined
    const paid = rows.payments.filter(({ state }) => state.status === 'paid')
    return new Set(paid.map(({ id }) => id))
  })
  return reading
}

/** From the moment at which the notification set out. */
function notified(name: ProviderName): number[] {
  return waits
    .filter(({ provider }) => provider === name)
    .map(({ paymentId, shownAt }) => {
      // Each provider names it by its own id, or by ours.
      const sentAt = arrivals.get(refs.get(paymentId) ?? '') ?? arrivals.get(paymentId)
      return shownAt - (sentAt ?? Number.NaN)
    })
}

function figures(
  what: string,
  times: readonly number[],
  budget: { readonly p95?: number; readonly max?: number },
): Figure[] {
  const seconds = times.map((ms) => ms / 1000)
  const bound = (limit: number | undefined) => limit !== undefined && { atMost: limit }
  return [
    { what: `${what}, p50`, value: percentile(seconds, 0.5), unit: 's' },
    { what: `${what}, p95`, value: percentile(seconds, 0.95), unit: 's', ...bound(budget.p95) },
    { what: `${what}, max`, value: Math.max(...seconds), unit: 's', ...bound(budget.max) },
  ]
}
