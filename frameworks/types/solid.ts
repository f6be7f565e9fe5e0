/**
 * `<crypto-checkout>` in the JSX of Solid: `<crypto-checkout on:cc-paid={…}>`.
 * @module
 */
import type { JSX as SolidJsx } from 'solid-js'
import type { CryptoCheckout } from '../../widget/crypto-checkout.ts'
import type { CheckoutListeners, CheckoutTag } from '../element.ts'

type Props = SolidJsx.HTMLAttributes<CryptoCheckout> & CheckoutTag & CheckoutListeners<'on:'>

declare module 'solid-js' {
  namespace JSX {
    interface IntrinsicElements {
      'crypto-checkout': Props
    }
  }
}
