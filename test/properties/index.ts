/**
 * Every property, in the order of the invariants' subjects. Table of contents; nothing happens here.
 * @module
 */
import { addressProperties } from './addresses.ts'
import { canonicalProperties } from './canonical.ts'
import { moneyProperties } from './money.ts'
import { orderTokenProperties } from './order-tokens.ts'
import { policyProperties } from './policy.ts'
import type { Property } from './property.ts'
import { projectionProperties } from './projection.ts'
import { scheduleProperties } from './schedule.ts'
import { toldProperties } from './told.ts'
import { verdictProperties } from './verdicts.ts'

export const PROPERTIES: readonly Property[] = [
  ...projectionProperties,
  ...moneyProperties,
  ...addressProperties,
  ...scheduleProperties,
  ...policyProperties,
  ...verdictProperties(),
  ...canonicalProperties,
  ...orderTokenProperties,
  ...toldProperties,
]
