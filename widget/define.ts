/**
 * Registers `<crypto-checkout>`. Import it for its effect.
 * @module
 */
import { CryptoCheckout } from './crypto-checkout.ts'

CryptoCheckout.define()

// Whoever imports this file alone has the types of the tag with it.
export { CryptoCheckout }
