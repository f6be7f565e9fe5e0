/**
 * The entry of the script-tag build, one file with everything in it. `data-name` on the script tag
 * gives the element another name. The build puts a guard before Lit, so that a second copy does
 * nothing (`vite.config.ts`).
 * @module
 */
// First what is mostly arithmetic: like beside like is 200 bytes less once it is compressed.
// oxlint-disable-next-line import/no-unassigned-import -- only its place in the file counts
import './core/keccak.ts'
// oxlint-disable-next-line import/no-unassigned-import -- only its place in the file counts
import './qr.ts'
import { CryptoCheckout } from './crypto-checkout.ts'

CryptoCheckout.define(document.currentScript?.dataset['name'])
