/**
 * Files that the configuration names: whether they are there is a mistake of the configuration; this is what
 * stands in them.
 * @module
 */
import { readFileSync } from 'node:fs'
import { found } from './finding.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

const PLACEHOLDER = /^\W*(your|change|example|todo|wallet|card|x+\b)|…|<.*>/i

export function checkFiles({ variables, config }: Subject): readonly Finding[] {
  const products = Object.keys(config?.catalogue ?? { unknown: true })
  const values = readValues(variables['LINCOLN_VALUES'])
  return found(
    [
      products.length === 0,
      {
        severity: 'warning',
        code: 'empty-catalogue',
        about: 'CATALOGUE',
        what: 'lists no product',
        why: 'No page can sell anything by its name.',
        fix: 'Add products and their prices, or take the variable out.',
      },
    ],
    [
      Boolean(variables['LINCOLN_API_KEY']) && !variables['LINCOLN_VALUES'],
      {
        severity: 'warning',
        code: 'no-receivers',
        about: 'LINCOLN_VALUES',
        what: 'is not set',
        why: 'No route says where the money goes: those that ask for a wallet are not offered.',
        fix: 'Write the file that .env.example describes, with your wallets.',
      },
    ],
    [
      values.some((value) => PLACEHOLDER.test(value)),
      {
        severity: 'error',
        code: 'placeholder-receiver',
        about: 'LINCOLN_VALUES',
        what: 'names a placeholder as a receiver',
        why: 'The money would go there.',
        fix: 'Put your own wallets and cards in.',
      },
    ],
    [
      Array.isArray(config?.payouts?.addresses) && config.payouts.addresses.length === 0,
      {
        severity: 'error',
        code: 'no-payout-addresses',
        about: 'PAYOUTS',
        what: 'its file names no address',
        why: 'Every payout is refused.',
        fix: 'Write one wallet on each line of that file.',
      },
    ],
  )
}

/** All texts in the file; none where it cannot be read. */
function readValues(file: string | undefined): readonly string[] {
  const texts: string[] = []
  try {
    JSON.parse(readFileSync(file ?? '', 'utf8'), (_key, value: unknown) => {
      if (typeof value === 'string') texts.push(value)
      return value
    })
  } catch {
    // The configuration says so.
  }
  return texts
}
