/**
 * How much is waiting, in a few small questions: each looks only at what waits, by an index of its own.
 * @module
 */
import { sql } from 'kysely'
import type { ExpressionBuilder, Kysely } from 'kysely'
import type { Figures, Waiting } from '../store.ts'
import type { Tables } from './schema.ts'

/** The index is by these very words: of all payments, those that a person may have to look at. */
const isUnusual = sql<boolean>`(status = 'review' or reason is not null)`

/** A payment whose end nobody but a person can tell. */
const needsPerson = (where: ExpressionBuilder<Tables, 'payments'>) =>
  where.and([
    isUnusual,
    where.or([
      where.and([
        where('payments.status', '=', 'review'),
        where.or([where('is_shown', '=', 1), where('payments.reason', '=', 'conflict')]),
      ]),
      where.and([
        where('payments.status', '=', 'expired'),
        where('payments.reason', '=', 'unconfirmed'),
      ]),
      where('payments.reason', 'in', ['duplicate', 'conflict', 'refund_failed']),
    ]),
  ])

/** Checkouts with such a payment. */
export const waitingForPerson = (db: Kysely<Tables>) =>
  db.selectFrom('payments').select('checkout_id').where(needsPerson)

export const createFigures =
  (db: Kysely<Tables>) =>
  async (now: number, except: readonly string[]): Promise<Figures> => ({
    deliveries: await readDeliveries(db),
    checks: await readChecks(db, now, except),
    persons: await readPersons(db),
  })

async function readDeliveries(db: Kysely<Tables>): Promise<Waiting> {
  const row = await db
    .selectFrom('deliveries')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('created_at').as('since')])
    .where('next_at', 'is not', null)
    .executeTakeFirst()
  return toWaiting(row)
}

async function readChecks(
  db: Kysely<Tables>,
  now: number,
  except: readonly string[],
): Promise<Waiting> {
  const overdue = db
    .selectFrom('payments')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min('next_check_at').as('since')])
    .where('next_check_at', '<=', now)
  const row = await (
    except.length > 0 ? overdue.where('provider', 'not in', except) : overdue
  ).executeTakeFirst()
  return toWaiting(row)
}

async function readPersons(db: Kysely<Tables>): Promise<Waiting> {
  const lastFact = ({ selectFrom }: ExpressionBuilder<Tables, 'payments'>) =>
    selectFrom('facts')
      .select(({ fn }) => fn.max('facts.at').as('at'))
      .whereRef('facts.payment_id', '=', 'payments.id')
  const waiting = waitingForPerson(db).select((payment) => lastFact(payment).as('at'))
  const row = await db
    .selectFrom(waiting.as('waiting'))
    .select(({ fn }) => [
      fn.count<number>('waiting.checkout_id').distinct().as('count'),
      fn.min('waiting.at').as('since'),
    ])
    .executeTakeFirst()
  return toWaiting(row)
}

const toWaiting = (row: Partial<Waiting> | undefined): Waiting => ({
  count: row?.count ?? 0,
  since: row?.since ?? null,
})
