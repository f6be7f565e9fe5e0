/**
 * The languages of the script-tag build: files of text beside the script, fetched with their hash, so that
 * what `integrity` says about the script goes for them too.
 * @module
 */
import { en } from './en.ts'
import type { Locale } from './en.ts'

/** By language; the build puts them in. */
declare const LOCALE_HASHES: Readonly<Record<string, string>>

const HASHES = LOCALE_HASHES
const script = document.currentScript as HTMLScriptElement | null

export const LANGUAGES = Object.keys(HASHES)

/** Rejects where the file cannot be had, or is another one. */
export async function loadLocale(language: string): Promise<Locale> {
  const url = script?.src.replace(/\.js[^/]*$/, `.${language}.txt`) ?? ''
  const hash = HASHES[language] ?? ''
  const answer = await fetch(`${url}?${hash}`, { integrity: `sha256-${hash}` })
  const lines = (await answer.text()).split('\n').values()
  return read(en, () => lines.next().value ?? '') as Locale
}

/** The lines come in the order of the English texts; a plural is a line of JSON. */
function read(shape: unknown, next: () => string): unknown {
  if (typeof shape === 'string') return next()
  if (Array.isArray(shape)) return shape.map(next)
  const inner = Object.entries(shape as object)
  return 'other' in (shape as object)
    ? JSON.parse(next())
    : Object.fromEntries(inner.map(([name, each]) => [name, read(each, next)]))
}
