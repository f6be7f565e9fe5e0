/**
 * What was configured in the playground, as the snippets of code have to say it.
 * @module
 */

/** What was configured, as code has to say it. */
export interface Embedding {
  /** Public URL of the proxy. */
  readonly proxyUrl: string
  /** The merchant's port, where a backend creates a `checkout`. */
  readonly merchantUrl: string
  /**
   * Where the price comes from: a token signed by the backend, an article of the proxy's catalogue, an
   * amount that nobody signed, a checkout that the backend created.
   */
  readonly source: 'token' | 'product' | 'amount' | 'checkout'
  /** The order that the backend would sign or create. */
  readonly order: {
    readonly orderId: string
    readonly amount: string
    readonly currency: string
    readonly description?: string
  }
  /**
   * The element's other attributes by name, without `proxy`, `order-token`, `checkout`; with product, quantity,
   * amount, currency, order-id where the source needs them. A boolean attribute has the value ''.
   */
  readonly attributes: Readonly<Record<string, string>>
  /** Custom properties: `--cc-accent` is `#0a7`. */
  readonly properties: Readonly<Record<string, string>>
  /** Replaced texts: `{ pay: 'Pay in coins' }` (the element's property `texts`); empty: none. */
  readonly texts: Readonly<Record<string, string>>
  /** Only these providers; empty: all. The claim `methods` of a token. */
  readonly methods: readonly string[]
}
