/**
 * Registers `<crypto-checkout>`. Import it for its effect.
 * @module
 */
import { CryptoCheckout } from './crypto-checkout.ts'

CryptoCheckout.define()

// Whoever imports this file alone has the types of the tag, and of its events, with it.
export { CryptoCheckout }
export type { CheckoutEventDetails } from './events.ts'
