/**
 * The text of the documents without their blocks of code, and what stands in it as `code`.
 * @module
 */
import { readFileSync } from 'node:fs'
import { PAGES, ROOT } from './blocks.ts'

export interface Span {
  readonly file: string
  readonly text: string
  /** `docs/cli.md:26`, for messages. */
  readonly place: string
}

/** What has changed speaks of names that are gone. */
export const PROSE_PAGES = PAGES.filter((file) => file !== 'CHANGELOG.md')

const BLOCK = /^( *)(`{3,}|~{3,}).*\n[\s\S]*?^\1\2 *$/gm
const SPAN = /`([^`\n]+)`/g

/** With as many lines as the page has. */
export const proseOf = (file: string): string =>
  readFileSync(ROOT + file, 'utf8').replace(BLOCK, (block) => block.replaceAll(/[^\n]/g, ''))

export const SPANS: readonly Span[] = PROSE_PAGES.flatMap((file) => {
  const prose = proseOf(file)
  return [...prose.matchAll(SPAN)].map(({ index, 1: text = '' }) => {
    const line = prose.slice(0, index).split('\n').length
    return { file, text, place: `${file}:${line}` }
  })
})
