/**
 * The custom properties that were configured, as a rule of CSS. A value cannot end its declaration.
 * @module
 */
import { THEME_NAMES } from '../../../../gallery/themes.ts'
import type { Embedding } from './embedding.ts'
import { indent } from './lines.ts'

const NAME = /^--cc-[a-z-]+$/
/** What colours, lengths, shadows and fonts are made of. */
const TOKEN = '[\\w #%.,+*/-]'
/** With brackets that are closed, so deep at most. */
const inBrackets = (depth: number): string =>
  depth === 0 ? TOKEN : `${TOKEN}|\\((?:${inBrackets(depth - 1)})*\\)`
const STRING = `"[\\w\\p{L} .,-]*"|'[\\w\\p{L} .,-]*'`
const PLAIN = new RegExp(`^(?:${inBrackets(4)}|${STRING})*$`, 'u')
/** A comment would swallow what follows, and Vue fills in `v-bind(`. */
const SPECIAL = /\/\*|v-bind/i

/** One of those that come with the element, by its class. */
export const themeOf = ({ attributes }: Embedding): string | null =>
  THEME_NAMES.find((name) => attributes['class'] === `cc-${name}`) ?? null

/** Its file, for a bundler. */
export function themeImport(embedding: Embedding): string | null {
  const theme = themeOf(embedding)
  return theme && `import 'crypto-checkout/themes/${theme}.css'`
}

/** What is known to be a property of the element, by name. */
export const propertiesOf = ({ properties }: Embedding): readonly (readonly [string, string])[] =>
  Object.entries(properties).filter(([name]) => NAME.test(name))

/** The rule, or no lines. */
export function styleRule(embedding: Embedding): readonly string[] {
  const declarations = propertiesOf(embedding).map(
    ([name, value]) => `${name}: ${cssValue(value)};`,
  )
  if (declarations.length === 0) return []
  // A theme says it of its own class.
  const theme = themeOf(embedding)
  const selector = theme === null ? 'crypto-checkout' : `crypto-checkout.cc-${theme}`
  return [`${selector} {`, ...indent(2, declarations), '}']
}

/** As it is where that is safe; else everything but letters, digits and blanks as an escape of CSS. */
function cssValue(value: string): string {
  const text = value.toWellFormed().replaceAll('\0', '').trim()
  if (PLAIN.test(text) && !SPECIAL.test(text)) return text
  return text.replace(
    /[^\w\p{L} #%.,-]/gu,
    (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `,
  )
}
