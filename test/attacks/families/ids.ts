/**
 * Ids that are no checkout’s: all are answered alike.
 * @module
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import type { Group } from '../attack.ts'
import { each, path } from '../change.ts'
import { swapCase } from '../knowledge.ts'
import type { ProviderName } from '../../proxy/shop.ts'
import type { Stage } from '../stage.ts'

export const quarter = ({ town }: Stage, provider: ProviderName) =>
  town[provider] ?? assert.fail('no town')

const anyId = (): string => randomBytes(16).toString('base64url')

/** Ids that are no checkout's: all answered alike. */
export const unknownIds = (tail: string, answer = 'not found for pages'): Group => ({
  threat: 'T24',
  rule: 'an id that nobody was given is nothing, whatever is wrong with it',
  answer,
  tries: each(
    {
      'a random one': anyId(),
      'another random one': anyId(),
      'of zeros': 'A'.repeat(22),
      'a UUID': '00000000-0000-4000-8000-000000000000',
      'a number': '1',
      'a star': '*',
      SQL: "'%20or%20'1'='1",
      'a NUL': '%00',
      __proto__: '__proto__',
      constructor: 'constructor',
      undefined: 'undefined',
      'very long': 'A'.repeat(3000),
      'half a character': '%ED%A0%80',
      'broken encoding': '%E0%A4%A',
    },
    (id) => path(() => `/v1/checkouts/${id}${tail}`),
  ),
})

export const nearMisses = (tail: string): Group => ({
  threat: 'T24',
  rule: 'nor one that is nearly right',
  answer: 'not found for pages',
  tries: [
    ['a letter less', path((_, { checkoutId }) => `/v1/checkouts/${checkoutId?.slice(1)}${tail}`)],
    ['a letter more', path((_, { checkoutId }) => `/v1/checkouts/${checkoutId}A${tail}`)],
    [
      'in another case',
      path((_, { checkoutId }) => `/v1/checkouts/${swapCase(checkoutId ?? '')}${tail}`),
    ],
    ['a blank behind', path((_, { checkoutId }) => `/v1/checkouts/${checkoutId}%20${tail}`)],
    ['a NUL behind', path((_, { checkoutId }) => `/v1/checkouts/${checkoutId}%00${tail}`)],
    [
      'the payment’s id',
      path((_, { begun }) => `/v1/checkouts/${begun?.payment.id ?? 'none'}${tail}`),
    ],
    [
      'the order’s number',
      path((_, { begun }) => `/v1/checkouts/${begun?.checkout.orderId ?? 'none'}${tail}`),
    ],
    [
      'two, parted by a comma',
      path((_, { checkoutId }) => `/v1/checkouts/${checkoutId},${checkoutId}${tail}`),
    ],
  ],
})
