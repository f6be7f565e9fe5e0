/**
 * Notifications that were not delivered yet: PayCrypto's are signed, LiPayKripto's are not, Lincoln's come
 * once.
 * @module
 */
import { DatabaseSync } from 'node:sqlite'
import type { Notification } from '../sandbox/index.ts'
import { createChance } from '../test/faults/chance.ts'
import type { ProviderName } from '../test/faults/sandbox-control.ts'
import { payAll, seedPayments } from './seed.ts'
import type { Stand } from './stand.ts'

const HOUR_MS = 3_600_000
const NOTIFYING = ['paycrypto', 'lipaykripto', 'lincoln'] as const

/** So many payments of each provider, paid there, of which the proxy was not told; in no order. */
export async function makeNotifications(
  stand: Stand,
  counts: Partial<Readonly<Record<ProviderName, number>>>,
): Promise<readonly Notification[]> {
  const shown = await seedPayments(stand, counts)
  for (const provider of NOTIFYING) await stand.sandbox.notify(provider, 'hold')
  await payAll(stand, `file:${stand.databaseFile}`, shown)
  return createChance(5).shuffle(await stand.sandbox.listNotifications())
}

/** Payments of two hours ago: those of now would be asked about by the worker all the time. */
export function agePayments(file: string): void {
  const database = new DatabaseSync(file)
  database.exec(`update facts set at = at - ${2 * HOUR_MS};
    update payments set next_check_at = next_check_at + ${HOUR_MS} + abs(random() % ${HOUR_MS})`)
  database.close()
}
