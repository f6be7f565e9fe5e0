/**
 * An order as a browser asks for it.
 * @module
 */
import { JSON_TYPE } from '../send.ts'
import type { Mark } from '../stage.ts'

const POST = { method: 'POST', path: '/v1/checkouts' }

export const asked = (value: object, headers = {}): (() => Promise<Mark>) => {
  const request = { ...POST, headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(value) }
  return async () => ({ request, checkoutId: null, more: {} })
}
