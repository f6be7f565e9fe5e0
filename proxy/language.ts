/**
 * In which of the widget's languages the proxy's own pages speak.
 * @module
 */

/** As in `widget/locales`; the first stands for every other. */
export const LANGUAGES = ['en', 'tr', 'ru', 'uk', 'ar'] as const

export type Language = (typeof LANGUAGES)[number]

/** Written from right to left. */
export const directionOf = (language: Language): 'ltr' | 'rtl' =>
  language === 'ar' ? 'rtl' : 'ltr'

/** The first that we have: what the order says, then what the browser would rather have (RFC 9110, 12.5.4). */
export function chooseLanguage(acceptLanguage = '', order: string | null = null): Language {
  const accepted = acceptLanguage
    .slice(0, 500)
    .split(',')
    .map((each) => each.split(';').map((part) => part.trim()))
    .map(([tag = '', quality = 'q=1']) => ({ tag, quality }))
    .filter(({ quality }) => /^q=(1|0\.0*[1-9])/i.test(quality))
    // from 0.001 to 1, which sort as text
    .toSorted((a, b) => (a.quality < b.quality ? 1 : a.quality > b.quality ? -1 : 0))
    .map(({ tag }) => tag)
  for (const tag of order === null ? accepted : [order, ...accepted]) {
    const code = tag.toLowerCase().split('-', 1)[0]
    const known = LANGUAGES.find((language) => language === code)
    if (known) return known
  }
  return 'en'
}
