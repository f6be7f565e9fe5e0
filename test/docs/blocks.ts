/**
 * The blocks of code of the documents: where each stands, and in which language.
 * @module
 */
import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Block {
  readonly file: string
  /** Of its first line of code. */
  readonly line: number
  readonly language: string
  readonly code: string
  /** `docs/cli.md:26`, for messages. */
  readonly place: string
}

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

export const PAGES: readonly string[] = globSync(
  ['*.md', 'docs/**/*.md', 'examples/README.md', 'examples/*/README.md'],
  { cwd: ROOT },
).toSorted()

const FENCE = /^( *)(`{3,}|~{3,})(.*)\n([\s\S]*?)^\1\2 *$/gm

export function readBlocks(
  file: string,
  text = readFileSync(ROOT + file, 'utf8'),
): readonly Block[] {
  return [...text.matchAll(FENCE)].map(
    ({ index, 1: indent = '', 3: language = '', 4: code = '' }) => {
      const line = text.slice(0, index).split('\n').length + 1
      const own = indent === '' ? code : code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
      return { file, line, language: language.trim(), code: own, place: `${file}:${line}` }
    },
  )
}

export const BLOCKS: readonly Block[] = PAGES.flatMap((file) => readBlocks(file))

/** Those in these languages. */
export const blocksIn = (...languages: readonly string[]): readonly Block[] =>
  BLOCKS.filter(({ language }) => languages.includes(language))

/** The one block of a page that holds these words. */
export function blockWith(file: string, words: string): Block {
  const found = BLOCKS.filter((block) => block.file === file && block.code.includes(words))
  const [block] = found
  if (!block || found.length > 1) throw new Error(`${file}: ${found.length} blocks hold ${words}`)
  return block
}
