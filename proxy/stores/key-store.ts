/**
 * The keys of receipts in the store.
 * @module
 */
import type { Kysely } from 'kysely'
import type { SigningKeyStore } from '../store.ts'
import type { Tables } from './schema.ts'

export function createKeyStore(db: Kysely<Tables>): SigningKeyStore {
  return {
    async list() {
      const rows = await db
        .selectFrom('signing_keys')
        .selectAll()
        .orderBy('created_at')
        .orderBy('kid')
        .execute()
      return rows.map(({ kid, public_key: publicKey, sealed, created_at: createdAt }) => ({
        kid,
        publicKey,
        sealed,
        createdAt,
      }))
    },

    async insert({ kid, publicKey, sealed, createdAt }) {
      await db
        .insertInto('signing_keys')
        .values({ kid, public_key: publicKey, sealed, created_at: createdAt })
        .onConflict((conflict) => conflict.column('kid').doNothing())
        .execute()
    },
  }
}
