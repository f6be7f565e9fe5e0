/**
 * What may be paid out, as `PAYOUTS` says it: `max:1000;daily:5000;addresses:any`, or a file of addresses
 * instead of `any`.
 * @module
 */
import { z } from 'zod'
import { isDecimal } from '../protocol/money.ts'
import { textFile } from './option-schemas.ts'

/** Without rules nothing is paid out. */
export interface PayoutRules {
  /** The most in one payout, and within 24 hours, in the payout's currency. */
  readonly max: string
  readonly daily: string
  /** The wallets that may be paid to; `any` is everybody's. */
  readonly addresses: 'any' | readonly string[]
}

const FORM =
  'must be like max:1000;daily:5000;addresses:any, or name a file of addresses instead of any'

export const payoutRules = z.string().transform((text, context) => {
  const rules = readRules(text)
  if (rules) return rules
  context.addIssue({ code: 'custom', message: FORM })
  return z.NEVER
})

/** Undefined where the text is not of the form, or names no readable file. */
function readRules(text: string): PayoutRules | undefined {
  const parts = Object.fromEntries(text.split(';').map((part) => part.trim().split(/:(.*)/, 2)))
  const { max, daily, addresses, ...others } = parts as Record<string, string | undefined>
  if (!isDecimal(max) || !isDecimal(daily) || !addresses || Object.keys(others).length > 0) {
    return undefined
  }
  if (addresses === 'any') return { max, daily, addresses }
  const wallets = textFile.safeParse(addresses).data?.split(/\s+/).filter(Boolean)
  return wallets && { max, daily, addresses: wallets }
}
