/**
 * What was chosen, as the snippets want it.
 * @module
 */
import type { Choice } from './choice.ts'
import type { Embedding } from './snippets/embedding.ts'
import type { StagedOrder } from './stage.ts'

export function embeddingOf(
  choice: Choice,
  order: StagedOrder | null,
  proxyUrl: string,
  merchantUrl: string,
): Embedding {
  const { source, provider, price, attributes, properties, texts } = choice
  return {
    proxyUrl,
    merchantUrl,
    source,
    order: {
      orderId: order?.orderId ?? 'A-1001',
      amount: price,
      currency: 'TRY',
      description: 'Playground',
    },
    attributes,
    properties,
    texts,
    methods: provider ? [provider] : [],
  }
}
