/**
 * A merchant's element that shows the checkout where no script but its own can look.
 * @module
 */
class ShopBox extends HTMLElement {
  connectedCallback(): void {
    const checkout = document.createElement('crypto-checkout')
    checkout.setAttribute('proxy', this.dataset['proxy'] ?? '')
    checkout.setAttribute('order-token', this.dataset['token'] ?? '')
    this.attachShadow({ mode: 'closed' }).append(checkout)
    // for the test, which is a script of the page's like any other
    Object.assign(window, { inside: checkout })
  }
}

customElements.define('shop-box', ShopBox)
