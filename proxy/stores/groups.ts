/**
 * Transactions that wait for the disk together: where there is one writer at a time anyway, those that
 * are waiting become one transaction, each of them whole or not at all inside it. Whoever asked for one
 * hears of it once all of it is on the disk.
 * @module
 */
import { sql } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from './schema.ts'

/** Runs `task` in a transaction. It may be undone and run again as a whole, never in part. */
export type Transact = <T>(task: (trx: Transaction<Tables>) => Promise<T>) => Promise<T>

/** Nobody waits for more than this many others. */
const MAX_SIZE = 32

type Settle = () => void

interface Member {
  /** Never throws because of its own task: that is told when the group has ended. */
  run(trx: Transaction<Tables>, isAlone: boolean): Promise<Settle>
  reject(error: unknown): void
}

export function createGroups(db: Kysely<Tables>): Transact {
  let waiting: Member[] = []
  let isRunning = false

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      const members = waiting.slice(0, MAX_SIZE)
      waiting = waiting.slice(MAX_SIZE)
      try {
        for (const settle of await runAll(db, members)) settle()
      } catch (error) {
        for (const member of members) member.reject(error)
      }
    }
    isRunning = false
  }

  return (task) =>
    new Promise((resolve, reject) => {
      waiting.push({
        reject,
        async run(trx, isAlone) {
          if (isAlone) {
            const result = await task(trx)
            return () => resolve(result)
          }
          await sql`savepoint member`.execute(trx)
          let settle: Settle
          try {
            const result = await task(trx)
            settle = () => resolve(result)
          } catch (error) {
            await undo(trx, error)
            settle = () => reject(error)
          }
          await sql`release member`.execute(trx)
          return settle
        },
      })
      if (isRunning) return
      isRunning = true
      // Requests that arrived together are heard before the first of them is written.
      setImmediate(() => void drain())
    })
}

/** Where the whole transaction is gone (a full disk), `cause` is, for everybody in it, why. */
async function undo(trx: Transaction<Tables>, cause: unknown): Promise<void> {
  try {
    await sql`rollback to member`.execute(trx)
  } catch {
    throw cause
  }
}

const runAll = (db: Kysely<Tables>, members: readonly Member[]): Promise<Settle[]> =>
  db.transaction().execute(async (trx) => {
    const settled: Settle[] = []
    for (const member of members) settled.push(await member.run(trx, members.length === 1))
    return settled
  })
