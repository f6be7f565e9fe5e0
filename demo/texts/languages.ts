/**
 * The shop's languages: which there are, which one a visitor gets, and how each writes money.
 * @module
 */
import { LANGUAGES, chooseLanguage, directionOf } from '../../proxy/language.ts'
import type { Language } from '../../proxy/language.ts'
import { ar } from './ar.ts'
import { en } from './en.ts'
import type { ShopTexts } from './en.ts'
import { ru } from './ru.ts'
import { tr } from './tr.ts'
import { uk } from './uk.ts'

const TEXTS: Readonly<Record<Language, ShopTexts>> = { en, tr, ru, uk, ar }

/** A language with its texts: what a page is written in. */
export interface Speech {
  readonly language: Language
  readonly direction: 'ltr' | 'rtl'
  readonly t: ShopTexts
  /** `₺1,250.00`, of lira. */
  lira(amount: number): string
}

/** How a page speaks; English for what is no language of ours. */
export function speechOf(tag: string): Speech {
  const language = LANGUAGES.find((each) => each === tag) ?? 'en'
  const format = new Intl.NumberFormat(`${language}-u-nu-latn`, {
    style: 'currency',
    currency: 'TRY',
    currencyDisplay: 'narrowSymbol',
  })
  return {
    language,
    direction: directionOf(language),
    t: TEXTS[language],
    lira: (amount) => format.format(amount),
  }
}

/** By `?lang=`, by what was chosen before, by what the browser asks for. */
export function speechFor(
  wanted: string | undefined,
  chosen: string | undefined,
  acceptLanguage: string | undefined,
): Speech {
  return speechOf(chooseLanguage(acceptLanguage, isLanguage(wanted) ? wanted : (chosen ?? null)))
}

/** Whether we speak it. */
export const isLanguage = (tag: string | undefined): tag is Language =>
  LANGUAGES.some((language) => language === tag)

/** Each with its own name, for whoever chooses. */
export const LANGUAGE_NAMES: readonly (readonly [Language, string])[] = LANGUAGES.map(
  (language) => {
    const name = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language
    return [language, name.charAt(0).toLocaleUpperCase(language) + name.slice(1)]
  },
)
