/**
 * `<crypto-checkout>` in templates of Vue: `<crypto-checkout :order-token="…" @cc-paid="…">`. Tell Vue that
 * it is an element: `isCustomElement: (tag) => tag === 'crypto-checkout'`.
 * @module
 */
import type { EmitFn, HTMLAttributes, PublicProps } from 'vue'
import type { CryptoCheckout } from '../../widget/crypto-checkout.ts'
import type { CheckoutEvents, CheckoutTag } from '../element.ts'

type Emits = { [Name in keyof CheckoutEvents]: (event: CheckoutEvents[Name]) => void }

type Component = new () => CryptoCheckout & {
  /** @deprecated Only for the types of templates. */
  $props: HTMLAttributes & CheckoutTag & PublicProps
  /** @deprecated Only for the types of templates. */
  $emit: EmitFn<Emits>
}

declare module 'vue' {
  interface GlobalComponents {
    'crypto-checkout': Component
  }
}
