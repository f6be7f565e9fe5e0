/**
 * A server for Node: it places the order, and hears what becomes of it.
 * @module
 */
import type { Embedding } from './embedding.ts'
import { indent, list, write } from './lines.ts'
import { checkoutsUrl, orderItems, shippingHint } from './order.ts'
import { ORDER_ROUTE } from './page.ts'
import type { Snippet } from './snippet.ts'
import { askedBy } from './tag.ts'
import { jsString } from './text.ts'

export const node: Snippet = {
  id: 'node',
  title: 'Node',
  language: 'ts',
  fileName: 'server.ts',
  code(embedding) {
    const asked = askedBy(embedding)
    return write(
      '// npm install crypto-checkout jose; then, on Node 24: node server.ts',
      "import { createServer } from 'node:http'",
      "import type { IncomingMessage } from 'node:http'",
      "import { buffer } from 'node:stream/consumers'",
      `import { ${embedding.source === 'token' ? 'signOrder, ' : ''}verifyWebhook, WebhookError } from 'crypto-checkout/merchant'`,
      '',
      asked && [PLACE[asked.property](embedding), ''],
      '/** Every change of an order comes here, perhaps twice: ship once for each. */',
      'async function receive(request: IncomingMessage): Promise<void> {',
      indent(
        2,
        'const { checkout } = await verifyWebhook(',
        '  { body: await buffer(request), headers: request.headers },',
        "  { secret: process.env.MERCHANT_WEBHOOK_SECRET ?? '' },",
        ')',
        `// ${shippingHint(embedding)}`,
        "if (checkout.status === 'paid' && !checkout.testMode) console.log('ship', checkout.orderId)",
      ),
      '}',
      '',
      'createServer(async (request, response) => {',
      indent(
        2,
        'try {',
        '  switch (`${request.method} ${request.url}`) {',
        asked &&
          indent(
            4,
            `case 'POST ${ORDER_ROUTE}':`,
            "  response.setHeader('content-type', 'application/json')",
            `  response.end(JSON.stringify({ ${asked.property}: await placeOrder() }))`,
            '  break',
          ),
        "    case 'POST /webhooks/checkout':",
        '      await receive(request)',
        '      response.writeHead(204).end()',
        '      break',
        '    default:',
        '      response.writeHead(404).end()',
        '  }',
        '} catch (error) {',
        '  console.error(error)',
        '  response.writeHead(error instanceof WebhookError ? 400 : 500).end()',
        '}',
      ),
      '}).listen(Number(process.env.PORT ?? 3000))',
    )
  },
}

const order = (embedding: Embedding): readonly string[] =>
  list(
    ['const order = {', '}'],
    orderItems(embedding, (name, value) => `${name}: ${value}`, jsString),
    { gap: ' ', room: 2 },
  )

const PLACE = {
  orderToken: (embedding: Embedding) => [
    '/** The price comes from your own books. The page gets a token that it cannot change. */',
    'async function placeOrder(): Promise<string> {',
    indent(
      2,
      order(embedding),
      "return signOrder(order, { secret: process.env.ORDER_SECRET ?? '' })",
    ),
    '}',
  ],
  checkout: (embedding: Embedding) => [
    '/** The price comes from your own books. The page gets the id of the checkout. */',
    'async function placeOrder(): Promise<string> {',
    indent(
      2,
      order(embedding),
      `const response = await fetch(${jsString(checkoutsUrl(embedding))}, {`,
      "  method: 'POST',",
      '  headers: {',
      '    authorization: `Bearer ${process.env.MERCHANT_API_KEY}`,',
      "    'content-type': 'application/json',",
      '  },',
      '  body: JSON.stringify(order),',
      '})',
      'if (!response.ok) throw new Error(`No checkout: ${response.status}`)',
      'return (await response.json()).id',
    ),
    '}',
  ],
} as const
