/**
 * The languages that the gallery can be seen in.
 * @module
 */
import { ar } from '../../widget/locales/ar.ts'
import { en } from '../../widget/locales/en.ts'
import type { Locale } from '../../widget/locales/en.ts'
import { ru } from '../../widget/locales/ru.ts'
import { tr } from '../../widget/locales/tr.ts'
import { uk } from '../../widget/locales/uk.ts'

export const LOCALES: readonly [Locale, ...Locale[]] = [en, tr, ru, uk, ar]
