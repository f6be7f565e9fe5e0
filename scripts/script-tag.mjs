/**
 * The tag that loads a released version from a CDN, as README.md has it: which version, and its `integrity`.
 * `node scripts/script-tag.mjs` prints the one of this build.
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SCRIPT = 'crypto-checkout.js'
/** In README.md, until there is a release to be named. */
export const NOT_YET = 'sha384-…'

const addressOf = (version) =>
  `https://cdn.jsdelivr.net/npm/crypto-checkout@${version}/dist/${SCRIPT}`
const TAG =
  /<script\s+src="https:\/\/cdn\.jsdelivr\.net\/npm\/crypto-checkout@([^/"]+)\/dist\/crypto-checkout\.js"\s+integrity="([^"]*)"\s+crossorigin\s+defer\s*><\/script>/g

/** Every such tag of a text. */
export function readTags(text) {
  return [...text.matchAll(TAG)].map(([, version, integrity]) => ({ version, integrity }))
}

export function writeTag({ version, integrity }) {
  const lines = [`src="${addressOf(version)}"`, `integrity="${integrity}"`, 'crossorigin', 'defer']
  return ['<script', ...lines.map((line) => `  ${line}`), '></script>'].join('\n')
}

/** A text, with this tag in place of the one that it has. */
export function replaceTag(text, tag) {
  return text.replace(TAG, () => writeTag(tag))
}

/** Of what is built at `root`. */
export function builtTag(root = ROOT) {
  const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'))
  return { version: read('package.json').version, integrity: read('dist/sri.json')[SCRIPT] }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(writeTag(builtTag()))
