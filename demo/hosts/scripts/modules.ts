/**
 * A shop that bundles the element itself: it runs on the bundle's Lit, under that one's policy.
 * @module
 */
import { CryptoCheckout } from '../../../widget/index.ts'

CryptoCheckout.define()
document.documentElement.dataset['modules'] = 'run'
