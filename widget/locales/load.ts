/**
 * The languages besides English, each a file of its own that is loaded when it is wanted. The script-tag
 * build puts `fetch.ts` in the place of this file.
 * @module
 */
import type { Locale } from './en.ts'

const LOADERS: Readonly<Record<string, () => Promise<Locale>>> = {
  tr: async () => (await import('./tr.ts')).tr,
  ru: async () => (await import('./ru.ts')).ru,
  uk: async () => (await import('./uk.ts')).uk,
  ar: async () => (await import('./ar.ts')).ar,
}

/** Their codes. */
export const LANGUAGES = Object.keys(LOADERS)

/** Rejects where it cannot be loaded. */
export async function loadLocale(language: string): Promise<Locale> {
  const load = LOADERS[language]
  if (!load) throw new RangeError(`there is no ${language}`)
  return load()
}
