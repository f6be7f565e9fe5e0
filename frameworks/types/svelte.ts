/**
 * `<crypto-checkout>` in templates of Svelte: `oncc-paid={…}` in Svelte 5, `on:cc-paid={…}` in Svelte 4.
 * @module
 */
import type { HTMLAttributes } from 'svelte/elements'
import type { CryptoCheckout } from '../../widget/crypto-checkout.ts'
import type { CheckoutListeners, CheckoutTag } from '../element.ts'

type Props = HTMLAttributes<CryptoCheckout> &
  CheckoutTag &
  CheckoutListeners<'on'> &
  CheckoutListeners<'on:'>

declare module 'svelte/elements' {
  interface SvelteHTMLElements {
    'crypto-checkout': Props
  }
}
