/**
 * The documents for language models: `llms.txt`, a list with a line for each page, and `llms-full.txt`, the pages
 * themselves but for details. Each page lies beside its HTML as Markdown.
 * @module
 */
import { GROUPS, SUMMARY, TITLE } from './navigation.ts'
import type { Entry } from './navigation.ts'
import type { Source } from './sources.ts'

const INTRO = `The element (\`<crypto-checkout>\`) runs in the shopper's page, the proxy on the merchant's server; five payment
companies stand behind it. Prices are signed by the merchant or kept by the proxy, amounts are decimal text, and only
\`status: "paid"\` from the proxy, signed, is a reason to ship.`

/** The place of a page's Markdown. */
export const markdownUrl = (url: string): string => url.replace(/\.html$/, '.md')

export function llmsList(sources: readonly Source[]): string {
  const line = ({ file, label, about }: Entry): string => {
    const [path, id] = file.split('#')
    const source = sources.find((each) => each.file === path)
    if (!source) throw new Error(`no page is ${file}`)
    return `- [${label}](${markdownUrl(source.url)}${id === undefined ? '' : `#${id}`}): ${about}`
  }
  const list = (isDetail: boolean): string[] =>
    GROUPS.filter((group) => (group.isDetail === true) === isDetail).map(
      ({ title, entries }) => `## ${title}\n\n${entries.map(line).join('\n')}`,
    )
  const details = list(true).map((text) => text.replace(/^## .*\n\n/, ''))
  const optional = `## Optional\n\n${details.join('\n')}`
  return [`# ${TITLE}`, `> ${SUMMARY}`, INTRO, ...list(false), optional].join('\n\n').concat('\n')
}

export function llmsFull(sources: readonly Source[]): string {
  const details = GROUPS.filter(({ isDetail }) => isDetail).flatMap(({ entries }) => entries)
  const leftOut = new Set(details.map(({ file }) => file))
  const whole = sources.filter(
    ({ file }) => !leftOut.has(file) && !file.startsWith('docs/decisions'),
  )
  const pages = whole.map(
    ({ url, markdown }) => `<!-- ${markdownUrl(url)} -->\n\n${markdown.trim()}`,
  )
  return `# ${TITLE}\n\n> ${SUMMARY}\n\n${pages.join('\n\n')}\n`
}
