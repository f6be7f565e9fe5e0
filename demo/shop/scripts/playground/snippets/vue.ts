/**
 * The element in a single-file component of Vue 3.
 * @module
 */
import { indent, write } from './lines.ts'
import { placeOrder, spaced, textsObject, thanks } from './page.ts'
import type { Snippet } from './snippet.ts'
import { styleRule, themeImport } from './styles.ts'
import { askedBy, attributesOf, needsButton, tag } from './tag.ts'
import type { Attribute } from './tag.ts'
import { htmlString } from './text.ts'

export const vue: Snippet = {
  id: 'vue',
  title: 'Vue',
  language: 'vue',
  fileName: 'Checkout.vue',
  code(embedding) {
    const asked = askedBy(embedding)
    const style = styleRule(embedding)
    const texts = textsObject(embedding, 'const texts = ')
    const hasButton = needsButton(embedding)
    const [proxy = '', ...others] = attributesOf(embedding).map(written)
    const element = tag(
      [
        ...(asked && !hasButton ? ['v-if="order"'] : []),
        ...(hasButton ? ['ref="element"'] : []),
        proxy,
        ...(asked ? [`:${asked.attribute}="order"`] : []),
        ...others,
        // What is there since a click opens at once.
        ...(hasButton && asked ? [':open="true"'] : []),
        ...(texts.length > 0 ? [':texts="texts"'] : []),
        '@cc-paid="({ detail }) => (paid = detail.orderId)"',
      ],
      { depth: asked && hasButton ? 4 : 2 },
    )
    const button = hasButton ? [BUTTON] : []
    return write(
      '<script setup lang="ts">',
      '// npm install crypto-checkout; in vite.config.ts:',
      "// vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'crypto-checkout' } } })",
      "import 'crypto-checkout/define'",
      themeImport(embedding),
      "import 'crypto-checkout/types/vue'",
      hasButton && "import type { CryptoCheckout } from 'crypto-checkout'",
      `import { ref${hasButton ? ', useTemplateRef' : ''} } from 'vue'`,
      '',
      asked && "const order = ref('')",
      "const paid = ref('')",
      hasButton && "const element = useTemplateRef<CryptoCheckout>('element')",
      texts,
      asked && spaced(placeOrder(asked)),
      '</script>',
      '',
      '<template>',
      asked && hasButton
        ? ['  <template v-if="order">', indent(4, button), element, '  </template>']
        : [indent(2, button), element],
      asked &&
        '  <button v-else type="button" @click="async () => (order = await placeOrder())">Check out</button>',
      '  <!-- A hint for the page. What you ship on is the webhook. -->',
      `  <p role="status"><template v-if="paid">${thanks('{{ paid }}')}</template></p>`,
      '</template>',
      style.length > 0 && ['', '<style>', style, '</style>'],
    )
  },
}

const BUTTON = '<button type="button" @click="element?.open()">Pay</button>'

/** Vue sets the properties that the element has, and these are no texts. */
const written = ({ name, kind, value }: Attribute): string =>
  ({
    boolean: `:${name}="true"`,
    number: `:${name}="${value}"`,
    text: `${name}=${htmlString(value)}`,
  })[kind]
