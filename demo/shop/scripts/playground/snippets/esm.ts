/**
 * The element from npm, in a page without a framework.
 * @module
 */
import { write } from './lines.ts'
import { PAID_HINT, placeOrder, textsObject, thanks } from './page.ts'
import type { Snippet } from './snippet.ts'
import { propertiesOf, themeImport } from './styles.ts'
import { askedBy, attributesOf, needsButton } from './tag.ts'
import type { Attribute } from './tag.ts'
import { jsString } from './text.ts'

export const esm: Snippet = {
  id: 'esm',
  title: 'ES module',
  language: 'ts',
  fileName: 'checkout.ts',
  code(embedding) {
    const asked = askedBy(embedding)
    const [proxy = '', ...others] = attributesOf(embedding).map(assignment)
    return write(
      '// npm install crypto-checkout; any bundler',
      "import 'crypto-checkout/define'",
      themeImport(embedding),
      '',
      "const checkout = document.createElement('crypto-checkout')",
      proxy,
      asked && `checkout.${asked.property} = await placeOrder()`,
      others,
      propertiesOf(embedding).map(
        ([name, value]) => `checkout.style.setProperty('${name}', ${jsString(value)})`,
      ),
      textsObject(embedding, 'checkout.texts = '),
      "checkout.addEventListener('cc-paid', ({ detail }) => {",
      `  ${PAID_HINT}`,
      `  checkout.after(\`${thanks('${detail.orderId}')}\`)`,
      '})',
      'document.body.append(checkout)',
      needsButton(embedding) && [
        '// A button of your page.',
        "document.querySelector('#pay')?.addEventListener('click', () => checkout.open())",
      ],
      asked && ['', placeOrder(asked)],
    )
  },
}

/** `open` is a method there. */
const NAMES: Readonly<Record<string, string>> = { class: 'className', open: 'isOpen' }

/** As a property. */
function assignment({ name, kind, value }: Attribute): string {
  const property = NAMES[name] ?? name.replace(/-./g, ([, letter = '']) => letter.toUpperCase())
  const text = { boolean: 'true', number: value, text: jsString(value) }[kind]
  return `checkout.${property} = ${text}`
}
