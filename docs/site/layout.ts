/**
 * A page of the site: menu, search, text, what is on it. It works without a script, but for the search.
 * @module
 */
import { escapeHtml } from './html.ts'
import type { Section } from './markdown.ts'
import { SUMMARY, TITLE } from './navigation.ts'
import type { Group } from './navigation.ts'

export interface Page {
  readonly url: string
  readonly title: string
  readonly html: string
  readonly sections: readonly Section[]
}

export interface Frame {
  readonly groups: readonly Group[]
  /** The place of an entry of the menu, from this page. */
  href(file: string): string
  /** The way from this page to the root of the site, with `/` at its end, or empty. */
  readonly toRoot: string
  /** The pages before and after, in the order of the menu. */
  readonly before?: { readonly href: string; readonly label: string } | undefined
  readonly after?: { readonly href: string; readonly label: string } | undefined
}

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

export function layOut(page: Page, frame: Frame): string {
  const { toRoot } = frame
  const isHome = page.url === 'index.html'
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="description" content="${escapeHtml(SUMMARY)}">
<title>${escapeHtml(isHome ? TITLE : `${page.title} · ${TITLE}`)}</title>
<link rel="stylesheet" href="${toRoot}style.css">
<link rel="icon" href="${toRoot}icon.svg">
<script src="${toRoot}search.js" type="module" data-root="${toRoot}"></script>
</head>
<body>
<a class="skip" href="#text">To the text</a>
<header>
<a class="home" href="${toRoot}index.html">${TITLE}</a>
<search hidden>
<input type="search" aria-label="Search the documents" placeholder="Search  /" autocomplete="off" spellcheck="false">
<p role="status"></p>
<ul hidden></ul>
</search>
</header>
<div class="columns">
<nav class="menu" aria-label="Documents">
<details><summary>Menu</summary>${menu(page, frame)}</details>
<div class="wide">${menu(page, frame)}</div>
</nav>
<main id="text" tabindex="-1">
${page.html}
${steps(frame)}
</main>
${contents(page)}
</div>
</body>
</html>
`
}

const menu = (page: Page, { groups, href }: Frame): string =>
  groups
    .map(({ title, entries }) => {
      const items = entries.map(({ file, label }) => {
        const url = href(file)
        const isCurrent = url === page.url.split('/').at(-1)
        return `<li><a href="${escapeHtml(url)}"${isCurrent ? ' aria-current="page"' : ''}>${escapeHtml(label)}</a></li>`
      })
      return `<p class="group">${title}</p><ul>${items.join('')}</ul>`
    })
    .join('\n')

function steps({ before, after }: Frame): string {
  const link = (name: string, to: Frame['before']): string =>
    to
      ? `<a rel="${name}" href="${escapeHtml(to.href)}">${escapeHtml(to.label)}</a>`
      : '<span></span>'
  return before || after
    ? `<nav class="steps" aria-label="Before and after">${link('prev', before)}${link('next', after)}</nav>`
    : ''
}

/** Of a page with more than two sections. */
function contents({ sections }: Page): string {
  const parts = sections.filter(({ depth }) => depth === 2)
  if (parts.length < 3) return ''
  const items = parts.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`)
  return `<nav class="contents" aria-label="On this page"><p class="group">On this page</p><ul>${items.join('')}</ul></nav>`
}
