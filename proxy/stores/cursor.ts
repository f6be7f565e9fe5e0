/**
 * Where the next page of a listing begins: the last row's time and id, opaque to callers. Listings run
 * from the newest to the oldest.
 * @module
 */
import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'

/** After this row. */
export const cursorAfter = ({ createdAt, id }: { createdAt: number; id: string }): string =>
  `${createdAt}.${id}`

/** The condition that leaves only what comes after `cursor`. */
export function isAfter(cursor: string): RawBuilder<SqlBool> {
  const point = cursor.indexOf('.')
  const at = Number(cursor.slice(0, point))
  const id = cursor.slice(point + 1)
  return sql<SqlBool>`(created_at < ${at} or (created_at = ${at} and id < ${id}))`
}
