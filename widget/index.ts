/**
 * The element's class and types. Importing registers nothing.
 * @module
 */
export { CryptoCheckout } from './crypto-checkout.ts'
export type { PaidCheckout } from './crypto-checkout.ts'
export type { CheckoutDetail, CheckoutEventDetails } from './events.ts'
export type { Answers } from './inputs.ts'
export type { Locale } from './locales/en.ts'
export type { Environment } from './core/environment.ts'
export type { ErrorCode } from './core/error.ts'
export type { Page } from './page.ts'
