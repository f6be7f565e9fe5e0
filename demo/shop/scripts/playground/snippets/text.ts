/**
 * Text as each language writes it, so that whatever was configured stays text: no quote ends it, no template
 * reads it, no tag closes around it. What cannot be seen is written by its number.
 * @module
 */

/** Control characters, ends of lines, directions and the like: a reader of the code would not see them. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

const codeOf = (character: string): string => (character.codePointAt(0) ?? 0).toString(16)
const byNumber = (text: string, write: (code: string) => string): string =>
  text.replace(HIDDEN, (character) => (character === '\n' ? '\\n' : write(codeOf(character))))

/** In single quotes. No `</script>` and no `<!--` either, which would end the script in a page. */
export function jsString(value: string): string {
  const text = value
    .toWellFormed()
    .replace(/[\\']/g, '\\$&')
    .replace(/<(?=[!/a-z])/gi, '\\x3C')
  return `'${byNumber(text, (code) => `\\u{${code}}`)}'`
}

/** What stands between backticks; the text itself has no `$` to fill in. */
export const inBackticks = (text: string): string =>
  text.replace(/[\\`]/g, '\\$&').replaceAll('${', '\\${')

/**
 * In double quotes; no template of a framework or a server finds its braces. HTML has no way to write the
 * character NUL.
 */
export function htmlString(value: string): string {
  const text = value
    .toWellFormed()
    .replaceAll('\0', '')
    .replace(/[&"<>{}]/g, (character) => ENTITIES[character] ?? '')
    // By their numbers these mean characters of Windows.
    .replace(/(?![\x80-\x9f])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (each) => `&#x${codeOf(each)};`)
  return `"${text}"`
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '"': '&quot;',
  '<': '&lt;',
  '>': '&gt;',
  '{': '&#123;',
  '}': '&#125;',
}

/** An attribute's value in JSX and Svelte: as in HTML while there is nothing to escape. */
export const jsxString = (value: string): string =>
  /^[\p{L}\p{N} !#%()*+,./:;=?@_~-]*$/u.test(value) ? `"${value}"` : `{${jsString(value)}}`

/** A text in an expression of Angular; the attribute around it is HTML. */
export const angularString = (value: string): string => `'${value.replace(/[\\']/g, '\\$&')}'`

export function phpString(value: string): string {
  const text = value.toWellFormed()
  if (text.search(HIDDEN) < 0) return `'${text.replace(/[\\']/g, '\\$&')}'`
  return `"${byNumber(text.replace(/[\\"$]/g, '\\$&'), (code) => `\\u{${code}}`)}"`
}

export function pythonString(value: string): string {
  const text = value.toWellFormed().replace(/[\\"]/g, '\\$&')
  return `"${byNumber(text, (code) => `\\U${code.padStart(8, '0')}`)}"`
}

/** In single quotes, where a shell reads nothing. */
export const shellString = (value: string): string =>
  `'${value.toWellFormed().replaceAll("'", "'\\''")}'`

/** A URL as it is sent: what cannot be seen in percents. */
export const urlText = (url: string): string =>
  url.toWellFormed().replace(HIDDEN, encodeURIComponent)

/** JSON of one line. */
export const jsonText = (value: unknown): string =>
  JSON.stringify(value).replace(HIDDEN, (character) =>
    Array.from({ length: character.length }, (_, at) => character.charCodeAt(at))
      .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
      .join(''),
  )
