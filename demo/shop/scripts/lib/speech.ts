/**
 * What the page is written in, for its script.
 * @module
 */
import { speechOf } from '../../../texts/languages.ts'
import type { Speech } from '../../../texts/languages.ts'

export const speech = (): Speech => speechOf(document.documentElement.lang)
