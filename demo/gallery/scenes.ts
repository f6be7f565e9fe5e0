/**
 * Everything that a shopper can meet, in the order of a checkout.
 * @module
 */
import { CHOOSING_SCENES } from './scenes/choosing.ts'
import { EXTREME_SCENES } from './scenes/extremes.ts'
import { MODE_SCENES } from './scenes/modes.ts'
import { PAYING_SCENES } from './scenes/paying.ts'
import { STATE_SCENES } from './scenes/states.ts'
import { TROUBLE_SCENES } from './scenes/troubles.ts'
import type { Scene } from './scene.ts'

export const SCENES: readonly Scene[] = [
  ...STATE_SCENES,
  ...CHOOSING_SCENES,
  ...PAYING_SCENES,
  ...TROUBLE_SCENES,
  ...MODE_SCENES,
  ...EXTREME_SCENES,
]

/** Those in which a theme shows what it does. */
export const KEY_SCENES: readonly string[] = [
  'choose-a-coin',
  'questions',
  'unsigned',
  'transfer-with-a-wallet-link',
  'partial',
  'redirect',
  'paid',
  'declined',
]

const BY_ID = new Map(SCENES.map((scene) => [scene.id, scene]))
if (BY_ID.size < SCENES.length) throw new Error('Two scenes have the same name.')

export const findScene = (id: string): Scene | undefined => BY_ID.get(id)
