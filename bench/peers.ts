/**
 * What a shop could embed instead, from npm: as of November 22nd, 2026, the newest version of each that day.
 * Nothing here is a dependency; `peer-bundles.ts` fetches them into `.cache/bench/`.
 * @module
 */

export interface Peer {
  readonly name: string
  readonly version: string
  /** What else a shop has to install for it. */
  readonly along?: Readonly<Record<string, string>>
  /** The smallest useful import of its own documentation. */
  readonly code: string
  /** What the bundle does not hold. */
  readonly later?: string
}

const REACT = { react: '18.3.1', 'react-dom': '18.3.1' }

export const PEERS: readonly Peer[] = [
  {
    name: 'bitcoin-qr',
    version: '1.5.0',
    code: `import './node_modules/bitcoin-qr/dist/bitcoin-qr/bitcoin-qr.esm.js'`,
    later: 'a QR code alone',
  },
  {
    name: '@jaspero/crypto-checkout',
    version: '1.17.0',
    code: `import '@jaspero/crypto-checkout'`,
  },
  {
    name: '@adyen/adyen-web',
    version: '6.45.2',
    code: `import { AdyenCheckout, Dropin, Card } from '@adyen/adyen-web'
import '@adyen/adyen-web/styles/adyen.css'
globalThis.start = (settings) => AdyenCheckout(settings).then((core) => new Dropin(core, { paymentMethodComponents: [Card] }))`,
    later: 'card fields and pictures, from its own servers',
  },
  {
    name: 'braintree-web-drop-in',
    version: '1.48.0',
    code: `import dropin from 'braintree-web-drop-in'; globalThis.start = (settings) => dropin.create(settings)`,
    later: 'card fields, from its own servers',
  },
  {
    name: '@getalby/bitcoin-connect',
    version: '3.12.3',
    code: `import { launchPaymentModal } from '@getalby/bitcoin-connect'; globalThis.start = launchPaymentModal`,
  },
  {
    name: '@primer-io/checkout-web',
    version: '2.64.1',
    code: `import { Primer } from '@primer-io/checkout-web'; globalThis.start = (token, settings) => Primer.showUniversalCheckout(token, settings)`,
    later: 'the checkout itself, from its own servers',
  },
  {
    name: '@walletconnect/pay',
    version: '1.1.0',
    code: `import * as pay from '@walletconnect/pay'; globalThis.start = pay`,
    later: 'no interface: a client alone',
  },
  {
    name: '@reown/appkit',
    version: '1.8.24',
    code: `import { createAppKit } from '@reown/appkit'; globalThis.start = createAppKit`,
    later: 'an adapter for each chain',
  },
  {
    name: '@solana-commerce/kit',
    version: '0.1.1',
    along: { ...REACT, '@tanstack/react-query': '5.108.0' },
    code: `import { PaymentButton } from '@solana-commerce/kit'
import { createRoot } from 'react-dom/client'
import { createElement } from 'react'
globalThis.start = (root, settings) => createRoot(root).render(createElement(PaymentButton, settings))`,
  },
  {
    name: '@depay/widgets',
    version: '13.0.45',
    along: { ...REACT, ethers: '5.8.0' },
    code: `import DePayWidgets from '@depay/widgets'; globalThis.start = (settings) => DePayWidgets.Payment(settings)`,
  },
  {
    name: '@requestnetwork/payment-widget',
    version: '0.3.10',
    along: REACT,
    code: `import PaymentWidget from '@requestnetwork/payment-widget/react'
import { createRoot } from 'react-dom/client'
import { createElement } from 'react'
globalThis.start = (root, settings) => createRoot(root).render(createElement(PaymentWidget, settings))`,
    later: 'the widget itself: what is here is React',
  },
]
