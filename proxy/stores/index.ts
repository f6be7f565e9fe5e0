/**
 * The stores, by the scheme of `DATABASE_URL`. A new one is a line here.
 * @module
 */
import type { Store } from '../store.ts'

/** Opens the store at `url`: `file:./data/checkout.db`, `:memory:` or `postgres://…`. */
export async function openStore(url: string): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(url)) {
    return (await import('./postgres.ts')).createPostgresStore(url)
  }
  return (await import('./sqlite.ts')).createSqliteStore(url.replace(/^file:/, ''))
}
