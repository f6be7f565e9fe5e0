/**
 * `<crypto-checkout>` in the JSX of React 19, which sets properties and listens to events of elements:
 * `<crypto-checkout oncc-paid={…}>`. React 18 wants the component of `../react.ts`.
 * @module
 */
import type { DetailedHTMLProps, HTMLAttributes } from 'react'
import type { CryptoCheckout } from '../../widget/crypto-checkout.ts'
import type { CheckoutListeners, CheckoutTag } from '../element.ts'

type Props = DetailedHTMLProps<HTMLAttributes<CryptoCheckout>, CryptoCheckout> &
  CheckoutTag &
  CheckoutListeners<'on'>

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'crypto-checkout': Props
    }
  }
}
