/**
 * Where the money of Lincoln's routes goes. A route without such values is not offered; a shopper's
 * browser can never say them. A merchant finds the ids in the exchanger's list of routes.
 * @module
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Nobody's: a card number of the test range, and the sandbox's idea of a wallet. */
const CARD = '4242424242424242'
const WALLET = 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq'

/** Ids as the sandbox gives them to its routes, and to the one field that `to` has in each. */
const routeId = (route: number): string => `65a0${String(route).padStart(20, '0')}`
const fieldId = (route: number): string => `65f0${String(route).padStart(18, '0')}02`

/** USDT on three networks to the merchant's card, and any card to its wallet. */
const RECEIVERS: readonly (readonly [route: number, receiver: string])[] = [
  [1, CARD],
  [4, WALLET],
  [5, CARD],
  [7, CARD],
]

/** Writes the file that `LINCOLN_VALUES` names. */
export function writeLincolnValues(dataDir: string): string {
  const file = join(dataDir, 'lincoln-values.json')
  const values = Object.fromEntries(
    RECEIVERS.map(([route, receiver]) => [
      routeId(route),
      { to: { [fieldId(route)]: receiver }, route: {} },
    ]),
  )
  writeFileSync(file, `${JSON.stringify(values, null, 2)}\n`)
  return file
}
