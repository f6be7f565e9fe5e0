/**
 * The words of a browser's tests, so that those which need no page run in Node: `--import` it.
 * @module
 */
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'

Object.assign(globalThis, { after, afterEach, before, beforeEach, describe, it })
