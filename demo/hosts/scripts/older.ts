/**
 * Stands for an older version of ours: a class with our mark under our name.
 * @module
 */
class Older extends HTMLElement {
  connectedCallback(): void {
    const root = this.attachShadow({ mode: 'open' })
    root.append(Object.assign(document.createElement('p'), { textContent: 'An older version' }))
  }
}

Object.assign(Older, { [Symbol.for('crypto-checkout')]: true })
customElements.define('crypto-checkout', Older)
