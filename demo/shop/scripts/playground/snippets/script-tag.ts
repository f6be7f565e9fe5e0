/**
 * The element in a page that a server wrote, by one script tag.
 * @module
 */
import { indent, write } from './lines.ts'
import { PAID_HINT, textsObject, thanks } from './page.ts'
import type { Snippet } from './snippet.ts'
import { styleRule, themeOf } from './styles.ts'
import { askedBy, attributesOf, needsButton, tag } from './tag.ts'
import { htmlString } from './text.ts'

export const scriptTag: Snippet = {
  id: 'script-tag',
  title: 'Script tag',
  language: 'html',
  fileName: 'checkout.html',
  code(embedding) {
    const asked = askedBy(embedding)
    const hasButton = needsButton(embedding)
    const [proxy = '', ...others] = attributesOf(embedding).map(({ name, kind, value }) =>
      kind === 'boolean' ? name : `${name}=${htmlString(value)}`,
    )
    const order = asked ? [`${asked.attribute}="{{${asked.property}}}"`] : []
    const source = htmlString(`${embedding.proxyUrl.replace(/\/+$/, '')}/crypto-checkout.js`)
    // In the page from the start, an element keeps its place free until the script is there.
    const isInPage = (embedding.attributes['mode'] ?? 'inline') === 'inline'
    const style = [...(isInPage ? PLACE : []), ...styleRule(embedding)]
    const theme = themeOf(embedding)
    const texts = textsObject(embedding, 'checkout.texts = ')
    return write(
      // A file of the package, served by the page's own server.
      theme && `<link rel="stylesheet" href="/themes/${theme}.css" />`,
      style.length > 0 && ['<style>', indent(2, style), '</style>'],
      `<script src=${source} defer></script>`,
      '',
      asked && ORDER_HINTS[asked.property],
      hasButton && '<button type="button" id="pay">Pay</button>',
      tag([proxy, ...order, ...others]),
      '<p role="status"></p>',
      '',
      '<script type="module">',
      "  const checkout = document.querySelector('crypto-checkout')",
      indent(2, texts),
      hasButton &&
        "  document.querySelector('#pay').addEventListener('click', () => checkout.open())",
      "  checkout.addEventListener('cc-paid', ({ detail }) => {",
      `    ${PAID_HINT}`,
      `    document.querySelector('[role=status]').textContent = \`${thanks('${detail.orderId}')}\``,
      '  })',
      '</script>',
    )
  },
}

const PLACE = ['crypto-checkout:not(:defined) {', '  display: block;', '  min-height: 30rem;', '}']

const ORDER_HINTS = {
  orderToken: '<!-- Your server signs the order, and writes the token into the tag. -->',
  checkout: '<!-- Your server creates the checkout, and writes its id into the tag. -->',
} as const
