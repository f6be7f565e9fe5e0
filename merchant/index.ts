/**
 * What a merchant's own backend needs.
 * @module
 */
export { signOrder } from './sign-order.ts'
export type { OrderToSign, SignOrderOptions } from './sign-order.ts'
