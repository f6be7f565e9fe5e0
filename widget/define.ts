/**
 * Registers `<crypto-checkout>`. Import it for its effect.
 * @module
 */
import { CryptoCheckout } from './crypto-checkout.ts'

CryptoCheckout.define()
