/**
 * The code that the playground shows for what was configured.
 * @module
 */
import { angular } from './angular.ts'
import { curl } from './curl.ts'
import { esm } from './esm.ts'
import { node } from './node.ts'
import { php } from './php.ts'
import { python } from './python.ts'
import { react } from './react.ts'
import { scriptTag } from './script-tag.ts'
import type { Snippet } from './snippet.ts'
import { svelte } from './svelte.ts'
import { vue } from './vue.ts'

export type { Embedding } from './embedding.ts'
export type { Snippet } from './snippet.ts'

export const FRONT_ENDS: readonly Snippet[] = [scriptTag, esm, react, vue, svelte, angular]

export const BACK_ENDS: readonly Snippet[] = [node, php, python, curl]
