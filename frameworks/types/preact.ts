/**
 * `<crypto-checkout>` in the JSX of Preact: `<crypto-checkout oncc-paid={…}>`.
 * @module
 */
import type { ClassAttributes, HTMLAttributes } from 'preact'
import type { CryptoCheckout } from '../../widget/crypto-checkout.ts'
import type { CheckoutListeners, CheckoutTag } from '../element.ts'

type Props = Omit<HTMLAttributes<CryptoCheckout>, keyof CheckoutTag> &
  ClassAttributes<CryptoCheckout> &
  CheckoutTag &
  CheckoutListeners<'on'>

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'crypto-checkout': Props
    }
  }
}
