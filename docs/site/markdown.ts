/**
 * Markdown as GitHub reads it: headings with the same anchors, tables, code in colours. Raw HTML is what the
 * documents use, and nothing else: an unknown tag would vanish without a word.
 * @module
 */
import hljs from 'highlight.js/lib/common'
import dockerfile from 'highlight.js/lib/languages/dockerfile'
import nginx from 'highlight.js/lib/languages/nginx'
import { Marked } from 'marked'
import type { RendererObject, Token, Tokens } from 'marked'
import { escapeHtml } from './html.ts'

export interface Heading {
  readonly id: string
  readonly text: string
  readonly depth: number
}

/** A heading with the text below it, for the search. */
export interface Section extends Heading {
  readonly body: string
}

export interface Rendered {
  readonly title: string
  readonly html: string
  readonly sections: readonly Section[]
}

hljs.registerLanguage('nginx', nginx)
hljs.registerLanguage('dockerfile', dockerfile)
for (const alias of ['svelte', 'vue']) hljs.registerAliases(alias, { languageName: 'xml' })

const TAGS = ['a', 'br', 'details', 'figcaption', 'figure', 'img', 'picture', 'source', 'summary']
const TITLE = 1
/** Between what stands in these and its neighbours is no space but their own. */
const INLINE: ReadonlySet<string | undefined> = new Set(['strong', 'em', 'del', 'link', 'text'])
/** Deeper headings are part of the section that they stand in. */
const DEEPEST = 3

export function renderMarkdown(file: string, text: string): Rendered {
  const ids = new Map<string, number>()
  const headings = new Map<Token, Heading>()
  const renderer = createRenderer(file, (token) => headings.get(token) ?? anchorOf(token, ids))
  const marked = new Marked({ renderer })
  const tokens = marked.lexer(text)
  for (const token of tokens) {
    if (isHeading(token)) headings.set(token, anchorOf(token, ids))
  }
  const sections = sectionsOf(tokens, headings)
  const title = sections.find(({ depth }) => depth === TITLE)?.text
  if (title === undefined) throw new Error(`${file} has no title`)
  return { title, html: marked.parser(tokens), sections }
}

function createRenderer(
  file: string,
  headingOf: (token: Tokens.Heading) => Heading,
): RendererObject {
  return {
    heading(token) {
      const { id, depth } = headingOf(token)
      const inner = this.parser.parseInline(token.tokens)
      const sign = `<a class="anchor" href="#${id}" aria-hidden="true" tabindex="-1">#</a>`
      return `<h${depth} id="${id}">${inner}${depth === TITLE ? '' : sign}</h${depth}>\n`
    },
    table({ header, rows }) {
      const inner = ({ tokens }: Tokens.TableCell): string => this.parser.parseInline(tokens)
      const head = header.map((cell) =>
        cell.text === '' ? '<td></td>' : `<th>${inner(cell)}</th>`,
      )
      const body = rows.map(
        (row) => `<tr>${row.map((cell) => `<td>${inner(cell)}</td>`).join('')}</tr>`,
      )
      const hasHead = header.some((cell) => cell.text !== '')
      const top = hasHead ? `<thead><tr>${head.join('')}</tr></thead>` : ''
      return `<div class="table" tabindex="0"><table>${top}<tbody>${body.join('\n')}</tbody></table></div>\n`
    },
    code: ({ text, lang = '' }) => codeBlock(text, lang),
    checkbox: () => '<span class="box" aria-hidden="true">☐</span> ',
    html: ({ text }) => checkTags(file, text),
  }
}

/** A block of code, in colours where the language is known. */
export function codeBlock(code: string, language: string): string {
  const html = hljs.getLanguage(language)
    ? hljs.highlight(code, { language }).value
    : escapeHtml(code)
  return `<pre tabindex="0"><code>${html}</code></pre>\n`
}

const isHeading = (token: Token): token is Tokens.Heading => token.type === 'heading'

/** GitHub's anchors; of two that are the same, the second ends in `-1`. */
function anchorOf(token: Tokens.Heading, ids: Map<string, number>): Heading {
  const text = plainText(token.tokens).trim()
  const slug = text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\p{M} _-]/gu, '')
    .replaceAll(' ', '-')
  const count = ids.get(slug) ?? 0
  ids.set(slug, count + 1)
  return { id: count === 0 ? slug : `${slug}-${count}`, text, depth: token.depth }
}

function sectionsOf(
  tokens: readonly Token[],
  headings: ReadonlyMap<Token, Heading>,
): readonly Section[] {
  const sections: { heading: Heading; texts: string[] }[] = []
  for (const token of tokens) {
    const heading = headings.get(token)
    if (heading && heading.depth <= DEEPEST) sections.push({ heading, texts: [] })
    else sections.at(-1)?.texts.push(plainText([token]))
  }
  return sections.map(({ heading, texts }) => ({ ...heading, body: texts.join(' ') }))
}

/** What is read, without signs and tags. */
function plainText(tokens: readonly Token[]): string {
  return tokens
    .map((token): string => {
      const { type, tokens: inner, items, header, rows, text } = token as Tokens.Generic
      if (type === 'html') return ''
      if (type === 'table') return [header, ...rows].map((row) => plainText(row)).join(' ')
      if (type === 'list') return plainText(items)
      if (inner) return plainText(inner) + (INLINE.has(type) ? '' : ' ')
      return unescapeHtml(typeof text === 'string' ? text : '')
    })
    .join('')
}

const unescapeHtml = (text: string): string =>
  text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

function checkTags(file: string, html: string): string {
  for (const [, tag = ''] of html.matchAll(/<\/?([a-zA-Z][\w-]*)/g)) {
    if (!TAGS.includes(tag))
      throw new Error(`${file}: <${tag}> is no tag of the documents; is it code?`)
  }
  return html
}
