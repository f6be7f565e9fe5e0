/**
 * Another library that has our name.
 * @module
 */
class Foreign extends HTMLElement {
  connectedCallback(): void {
    this.textContent = 'Another library'
  }
}

customElements.define('crypto-checkout', Foreign)
