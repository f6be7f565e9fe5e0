/**
 * One piece of code to paste.
 * @module
 */
import type { Embedding } from './embedding.ts'

export interface Snippet {
  readonly id: string
  readonly title: string
  /** html, ts, tsx, vue, svelte, php, python, sh */
  readonly language: string
  readonly fileName: string
  /** Ends with a newline. Whatever was configured stays text in it. */
  code(embedding: Embedding): string
}
