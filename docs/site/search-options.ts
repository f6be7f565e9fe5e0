/**
 * How the search reads: the same where the index is made and where it is asked.
 * @module
 */
import type { Options } from 'minisearch'

export interface Found {
  readonly id: string
  readonly page: string
  readonly title: string
  readonly body: string
}

export const SEARCH_OPTIONS: Options<Found> = {
  fields: ['title', 'body', 'page'],
  storeFields: ['title', 'page'],
  searchOptions: { boost: { title: 4, page: 2 }, prefix: true, fuzzy: 0.15, combineWith: 'AND' },
}
