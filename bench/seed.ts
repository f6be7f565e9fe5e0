/**
 * What is in the store before anything is measured: opened and picked by shoppers, at the sandbox's
 * providers.
 * @module
 */
import { isPaidFor } from '../protocol/status.ts'
import { becomes, forAll } from '../test/faults/crowd.ts'
import { orderOf, showPayment } from '../test/faults/flows.ts'
import type { Shown } from '../test/faults/flows.ts'
import { readProxyRows } from '../test/faults/proxy-rows.ts'
import type { ProviderName } from '../test/faults/sandbox-control.ts'
import type { Stand } from './stand.ts'

const CROWD = 16
const PATIENCE_MS = 60_000
let orders = 0
const nextOrder = (): string => `B-${(orders += 1)}`

/** So many payments of each provider, in no order. */
export async function seedPayments(
  { shoppers }: Stand,
  counts: Partial<Readonly<Record<ProviderName, number>>>,
): Promise<readonly Shown[]> {
  const shown: Shown[] = []
  const wanted = Object.entries(counts).flatMap(([name, count]) =>
    Array.from({ length: count }, () => name as ProviderName),
  )
  await forAll(wanted, CROWD, async (name) => {
    shown.push(await showPayment(shoppers, nextOrder(), name))
  })
  return shown
}

/** The ids of checkouts for which nobody has picked anything. */
export async function openCheckouts({ shoppers }: Stand, count: number): Promise<string[]> {
  const ids: string[] = []
  await forAll(Array.from({ length: count }, nextOrder), CROWD, async (orderId) => {
    ids.push((await shoppers.open(orderOf(orderId))).id)
  })
  return ids
}

/** Pays them all at their providers; `databaseUrl` is where the proxy keeps their ids. */
export async function payAll(
  { pay }: Stand,
  databaseUrl: string,
  shown: readonly Shown[],
): Promise<void> {
  const { payments } = await readProxyRows(databaseUrl)
  const refs = new Map(payments.map(({ id, ref }) => [id, ref]))
  await forAll(shown, CROWD, async (payment) => {
    await pay({ ...payment, ref: refs.get(payment.paymentId) ?? null })
  })
}

/** Whether in the end every payment is paid, and the merchant was told everything. */
export const areAllTold = (databaseUrl: string): Promise<boolean> =>
  becomes(async () => {
    const { payments, deliveries } = await readProxyRows(databaseUrl)
    const areTold = deliveries.every(({ status }) => status === 'delivered')
    return areTold && payments.every(({ state }) => isPaidFor(state.status))
  }, PATIENCE_MS)
