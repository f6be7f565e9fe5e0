/**
 * A merchant's own element, on the merchant's own copy of Lit.
 * @module
 */
import { LitElement, css, html } from 'lit'

class ShopCounter extends LitElement {
  static override styles = css`
    button {
      font: inherit;
    }
  `
  static override properties = { count: { type: Number } }
  declare count: number

  constructor() {
    super()
    this.count = 0
  }

  override render() {
    return html`<button @click=${() => (this.count += 1)}>Stickers: ${this.count}</button>`
  }
}

customElements.define('shop-counter', ShopCounter)
