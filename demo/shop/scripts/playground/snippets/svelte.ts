/**
 * The element in a component of Svelte 5.
 * @module
 */
import { indent, write } from './lines.ts'
import { placeOrder, spaced, textsObject, thanks } from './page.ts'
import type { Snippet } from './snippet.ts'
import { styleRule, themeImport } from './styles.ts'
import { askedBy, attributesOf, needsButton, tag } from './tag.ts'
import type { Attribute } from './tag.ts'
import { jsxString } from './text.ts'

export const svelte: Snippet = {
  id: 'svelte',
  title: 'Svelte',
  language: 'svelte',
  fileName: 'Checkout.svelte',
  code(embedding) {
    const asked = askedBy(embedding)
    const style = styleRule(embedding)
    const texts = textsObject(embedding, 'const texts = ')
    const hasButton = needsButton(embedding)
    const depth = asked ? 2 : 0
    const [proxy = '', ...others] = attributesOf(embedding).map(written)
    const element = tag(
      [
        ...(hasButton ? ['bind:this={element}'] : []),
        proxy,
        ...(asked ? [`${asked.attribute}={order}`] : []),
        ...others,
        // What is there since a click opens at once.
        ...(hasButton && asked ? ['open={true}'] : []),
        ...(texts.length > 0 ? ['{texts}'] : []),
        'oncc-paid={({ detail }) => (paid = detail.orderId)}',
      ],
      { depth },
    )
    return write(
      '<script lang="ts">',
      indent(
        2,
        '// npm install crypto-checkout',
        "import 'crypto-checkout/define'",
        themeImport(embedding),
        "import 'crypto-checkout/types/svelte'",
        hasButton && "import type { CryptoCheckout } from 'crypto-checkout'",
        '',
        asked && "let order = $state('')",
        "let paid = $state('')",
        hasButton && 'let element = $state<CryptoCheckout>()',
        texts,
        asked && spaced(placeOrder(asked)),
      ),
      '</script>',
      '',
      asked && '{#if order}',
      hasButton && indent(depth, BUTTON),
      element,
      asked && [
        '{:else}',
        '  <button type="button" onclick={async () => (order = await placeOrder())}>Check out</button>',
        '{/if}',
      ],
      '<!-- A hint for the page. What you ship on is the webhook. -->',
      `<p role="status">{paid && \`${thanks('${paid}')}\`}</p>`,
      style.length > 0 && ['', '<style>', indent(2, style), '</style>'],
    )
  },
}

const BUTTON = '<button type="button" onclick={() => element?.open()}>Pay</button>'

/** Svelte sets the properties that the element has, and these are no texts. */
const written = ({ name, kind, value }: Attribute): string =>
  ({
    boolean: `${name}={true}`,
    number: `${name}={${value}}`,
    text: `${name}=${jsxString(value)}`,
  })[kind]
