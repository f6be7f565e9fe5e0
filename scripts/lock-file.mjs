/**
 * The lock file, and what of it is shipped: the widget's dependencies, and the proxy's peers, which
 * `dist/server` and `dist/bin` hold.
 * @module
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The manifest and the lock file of the project at `root`. */
export function readProject(root) {
  const read = (file) => JSON.parse(readFileSync(join(root, file), 'utf8'))
  return { manifest: read('package.json'), lock: read('package-lock.json') }
}

/** `node_modules/a/node_modules/@b/c` is `@b/c`. */
export const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 13)

/** The paths, in the lock file, of everything that `names` bring to `folder`, themselves included. */
export function closureOf({ packages }, names, folder = '') {
  const found = new Set()
  const waiting = names.map((name) => [folder, name])
  for (const [from, name] of waiting) {
    const path = resolveFrom(packages, from, name)
    if (path === undefined || found.has(path)) continue
    found.add(path)
    const { dependencies = {}, optionalDependencies = {} } = packages[path]
    const next = Object.keys({ ...dependencies, ...optionalDependencies })
    waiting.push(...next.map((each) => [path, each]))
  }
  return [...found].toSorted((a, b) => a.localeCompare(b, 'en'))
}

/** As Node looks for it: beside the one who asks, then one level up, and so on. */
function resolveFrom(packages, from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('node_modules/') - 1))) {
    const path = `${at}${at && '/'}node_modules/${name}`
    if (packages[path]) return path
    if (at === '') return undefined
  }
}

/** What a page has already when it uses our types or our component for it. The oldest that will do. */
export const PAGE_PEERS = {
  '@types/react': '>=18.0.0',
  preact: '>=10.0.0',
  react: '>=18.0.0',
  'solid-js': '>=1.8.0',
  svelte: '>=4.0.0',
  vue: '>=3.5.0',
}

/** The proxy's peers, which `dist/server` holds. */
export const serverPeers = ({ peerDependencies = {} }) =>
  Object.keys(peerDependencies).filter((name) => !(name in PAGE_PEERS))

/** What only `dist/bin` holds: nobody has to install it. */
const COMMAND_LINE = ['commander']

/** What the built servers and commands hold. */
export const serverLibraries = (manifest) => [...serverPeers(manifest), ...COMMAND_LINE]

/** What reaches a shopper's browser by npm, or a merchant's server. */
export const shippedPaths = ({ manifest, lock }) =>
  closureOf(lock, [...Object.keys(manifest.dependencies), ...serverLibraries(manifest)])
