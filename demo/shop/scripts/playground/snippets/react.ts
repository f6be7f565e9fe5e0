/**
 * The element in JSX of React 19, which sets properties and listens to events of elements.
 * @module
 */
import type { Embedding } from './embedding.ts'
import { indent, list, write } from './lines.ts'
import { placeOrder, spaced, textsObject, thanks } from './page.ts'
import type { Snippet } from './snippet.ts'
import { propertiesOf, themeImport } from './styles.ts'
import { askedBy, attributesOf, needsButton, tag } from './tag.ts'
import type { Attribute } from './tag.ts'
import { jsString, jsxString } from './text.ts'

export const react: Snippet = {
  id: 'react',
  title: 'React 19',
  language: 'tsx',
  fileName: 'Checkout.tsx',
  code(embedding) {
    const asked = askedBy(embedding)
    const look = lookObject(embedding)
    const texts = textsObject(embedding, 'const TEXTS = ')
    const hasButton = needsButton(embedding)
    const [proxy = '', ...others] = attributesOf(embedding).map(written)
    const element = tag(
      [
        ...(hasButton ? ['ref={element}'] : []),
        proxy,
        ...(asked ? [`${asked.attribute}={order}`] : []),
        ...others,
        // What is there since a click opens at once.
        ...(hasButton && asked ? ['open'] : []),
        ...(texts.length > 0 ? ['texts={TEXTS}'] : []),
        ...(look.length > 0 ? ['style={LOOK}'] : []),
        'oncc-paid={({ detail }) => setPaid(detail.orderId)}',
      ],
      { isJsx: true, depth: asked ? 8 : 6 },
    )
    const button = hasButton ? [BUTTON] : []
    return write(
      '// npm install crypto-checkout',
      "import 'crypto-checkout/define'",
      themeImport(embedding),
      "import 'crypto-checkout/types/react'",
      hasButton && "import type { CryptoCheckout } from 'crypto-checkout'",
      `import { ${hasButton ? 'useRef, ' : ''}useState } from 'react'`,
      look.length > 0 && "import type { CSSProperties } from 'react'",
      spaced([...look, ...texts]),
      '',
      'export function Checkout() {',
      asked && "  const [order, setOrder] = useState('')",
      "  const [paid, setPaid] = useState('')",
      hasButton && '  const element = useRef<CryptoCheckout>(null)',
      '',
      '  return (',
      '    <>',
      asked
        ? [
            '      {order ? (',
            hasButton
              ? ['        <>', indent(10, button), indent(2, element), '        </>']
              : element,
            '      ) : (',
            '        <button onClick={async () => setOrder(await placeOrder())}>Check out</button>',
            '      )}',
          ]
        : [indent(6, button), element],
      '      {/* A hint for the page. What you ship on is the webhook. */}',
      `      <p role="status">{paid && \`${thanks('${paid}')}\`}</p>`,
      '    </>',
      '  )',
      '}',
      asked && ['', placeOrder(asked)],
    )
  },
}

const BUTTON = '<button onClick={() => element.current?.open()}>Pay</button>'

function written({ name, kind, value }: Attribute): string {
  const prop = name === 'class' ? 'className' : name
  return { boolean: prop, number: `${prop}={${value}}`, text: `${prop}=${jsxString(value)}` }[kind]
}

function lookObject(embedding: Embedding): readonly string[] {
  const items = propertiesOf(embedding).map(([name, value]) => `'${name}': ${jsString(value)}`)
  const end = '} as CSSProperties'
  return items.length === 0 ? [] : list(['const LOOK = {', end], items, { gap: ' ' })
}
