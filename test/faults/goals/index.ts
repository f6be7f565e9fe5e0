/**
 * The goals, by the name that `run.ts` knows them by. A new one is a line here.
 * @module
 */
import type { Goal } from '../goal.ts'
import { f12 } from './f12.ts'
import { failpoints } from './failpoints.ts'
import { g1 } from './g1.ts'
import { g2 } from './g2.ts'
import { g3 } from './g3.ts'
import { g7 } from './g7.ts'
import { g8 } from './g8.ts'
import { g9 } from './g9.ts'
import { g18 } from './g18.ts'
import { g19 } from './g19.ts'
import { two } from './two.ts'

export const GOALS: Readonly<Record<string, Goal>> = {
  g1,
  g2,
  g3,
  failpoints,
  f12,
  two,
  g7,
  g8,
  g9,
  g18,
  g19,
}
