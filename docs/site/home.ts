/**
 * The first page: what it is, a picture, and the way to everything.
 * @module
 */
import { escapeHtml } from './html.ts'
import { GROUPS, SUMMARY, TITLE } from './navigation.ts'

export const PICTURE = 'docs/images/checkout.png'

/** `href` gives the place of an entry, and of the picture. */
export function homeHtml(href: (file: string) => string): string {
  const groups = GROUPS.map(({ title, entries }) => {
    const items = entries.map(
      ({ file, label, about }) =>
        `<li><a href="${escapeHtml(href(file))}">${escapeHtml(label)}</a> <span>${escapeHtml(about)}</span></li>`,
    )
    return `<section><h2>${title}</h2><ul>${items.join('\n')}</ul></section>`
  })
  return `<div class="hero">
<div>
<h1>${TITLE}</h1>
<p class="lead">${escapeHtml(SUMMARY)}</p>
<p>The shopper picks a coin, scans a QR code or goes to a payment page, and the element follows the payment to its end.</p>
<p><a class="begin" href="${escapeHtml(href('docs/quickstart.md'))}">Begin</a></p>
</div>
<img src="${escapeHtml(href(PICTURE))}" width="420" alt="The checkout: 705 lira to be paid in USDT on TRON, with a QR code, the amount and the address to copy, and the time left">
</div>
<div class="groups">${groups.join('\n')}</div>`
}
