/**
 * All of them.
 * @module
 */
import type { Situation } from './situation.ts'
import { LIVES } from './situations/lives.ts'
import { NEIGHBOURS } from './situations/neighbours.ts'
import { PLACES } from './situations/places.ts'
import { POLICIES } from './situations/policies.ts'

export const SITUATIONS: readonly Situation[] = [...POLICIES, ...NEIGHBOURS, ...PLACES, ...LIVES]
