/**
 * What the search looks in: each section of each page of the menu.
 * @module
 */
import MiniSearch from 'minisearch'
import type { Page } from './layout.ts'
import { SEARCH_OPTIONS } from './search-options.ts'

/** Of a long table the first words are enough to find it. */
const MOST_CHARACTERS = 3000

export function searchIndex(pages: readonly Page[]): string {
  const index = new MiniSearch(SEARCH_OPTIONS)
  for (const { url, title, sections } of pages) {
    index.addAll(
      sections.map(({ id, text, body, depth }) => ({
        id: depth === 1 ? url : `${url}#${id}`,
        page: title,
        title: text,
        body: body.slice(0, MOST_CHARACTERS),
      })),
    )
  }
  return JSON.stringify(index)
}
