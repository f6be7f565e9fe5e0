/**
 * The languages of the script-tag build: a file of texts for each, beside the script, and their hashes in
 * it. A file has no names in it: its texts stand in the order of the English ones, one on each line.
 * @module
 */
import { createHash } from 'node:crypto'
import type { Plugin } from 'vite'
import { en } from '../widget/locales/en.ts'
import type { Locale } from '../widget/locales/en.ts'
import { LANGUAGES, loadLocale } from '../widget/locales/load.ts'

/** In the script, languages are fetched. */
export async function languageFiles(): Promise<Plugin> {
  const files = await Promise.all(
    LANGUAGES.map(async (code) => ({ code, text: pack(await loadLocale(code)) })),
  )
  const hashes = files.map(({ code, text }) => [code, hash(text)] as const)
  return {
    name: 'language-files',
    config: () => ({ define: { LOCALE_HASHES: JSON.stringify(Object.fromEntries(hashes)) } }),
    resolveId: {
      order: 'pre',
      handler(source, importer) {
        return source.endsWith('/locales/load.ts')
          ? this.resolve(source.replace('load.ts', 'fetch.ts'), importer)
          : null
      },
    },
    generateBundle() {
      for (const { code, text } of files)
        this.emitFile({ type: 'asset', fileName: `crypto-checkout.${code}.txt`, source: text })
    },
  }
}

/** One text a line. */
function pack(locale: Locale): string {
  return linesOf(en, locale).join('\n')
}

function linesOf(shape: unknown, value: unknown): readonly string[] {
  if (typeof value === 'string') return [oneLine(value)]
  if (Array.isArray(value)) return value.flatMap((each) => linesOf('', each))
  const { other, ...names } = shape as Record<string, unknown>
  if (other) return [JSON.stringify(value)]
  return Object.entries(names).flatMap(([name, inner]) =>
    linesOf(inner, (value as Record<string, unknown>)[name]),
  )
}

function oneLine(text: string): string {
  if (/[\n\r]/.test(text)) throw new Error(`a text of several lines: ${text}`)
  return text
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64')
}
