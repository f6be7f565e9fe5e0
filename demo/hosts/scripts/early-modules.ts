/**
 * Gives the element another network while it is unknown; then it is defined.
 * @module
 */
import { browserEnvironment } from '../../../widget/core/index.ts'
import { CryptoCheckout } from '../../../widget/index.ts'

const element = document.querySelector('crypto-checkout') as CryptoCheckout
const real = browserEnvironment()
let asked = 0
element.environment = {
  ...real,
  fetch: (url, init) => {
    asked += 1
    element.dataset['asked'] = String(asked)
    return real.fetch(url, init)
  },
}
CryptoCheckout.define()
