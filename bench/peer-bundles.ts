/**
 * Peers, fetched from npm and bundled as a shop would: minified, for browsers, what is imported later in
 * files of its own. Each version is fetched once, into `.cache/bench/`; no script of a package is run.
 * @module
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Metafile, Plugin } from 'esbuild'
import type { Peer } from './peers.ts'

/** Bytes, compressed. */
export interface Weight {
  readonly gzip: number
  readonly brotli: number
}

export interface Bundle {
  /** What a page loads before anything is there. */
  readonly entry: Weight
  /** What is imported later, all of it. */
  readonly later: Weight
}

const FOLDER = '.cache/bench'
const INSTALL =
  'install --ignore-scripts --legacy-peer-deps --no-audit --no-fund --no-package-lock'.split(' ')
const INSTALL_MS = 300_000

/** Where the peer lies, fetched if it does not. */
export function fetchPeer({ name, version, along = {} }: Peer): string {
  const folder = resolve(FOLDER, `${name.replace('/', '+')}@${version}`)
  if (existsSync(`${folder}/fetched`)) return folder
  mkdirSync(folder, { recursive: true })
  const dependencies = { [name]: version, ...along }
  writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true, dependencies }))
  execFileSync('npm', INSTALL, { cwd: folder, timeout: INSTALL_MS, stdio: 'pipe' })
  writeFileSync(`${folder}/fetched`, '')
  return folder
}

/** One file, everything in it: for a page that is to be painted. */
export async function bundleWhole(contents: string, resolveDir: string): Promise<string> {
  const { outputFiles } = await run(contents, resolveDir, false)
  return outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? ''
}

export async function bundle(contents: string, resolveDir: string): Promise<Bundle> {
  const { outputFiles, metafile } = await run(contents, resolveDir, true)
  const atOnce = reachableAtOnce(metafile)
  const entry: Weight[] = []
  const later: Weight[] = []
  for (const file of outputFiles) {
    const isAtOnce = [...atOnce].some((path) => file.path.endsWith(path))
    ;(isAtOnce ? entry : later).push(weigh(file.contents))
  }
  return { entry: sum(entry), later: sum(later) }
}

/** As a server sends it. */
export function weigh(contents: Uint8Array): Weight {
  return {
    gzip: gzipSync(contents, { level: 9 }).length,
    brotli: brotliCompressSync(contents).length,
  }
}

const sum = (weights: readonly Weight[]): Weight => ({
  gzip: weights.reduce((total, { gzip }) => total + gzip, 0),
  brotli: weights.reduce((total, { brotli }) => total + brotli, 0),
})

function run(contents: string, resolveDir: string, splitting: boolean) {
  return build({
    stdin: { contents, resolveDir },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: splitting ? 'esm' : 'iife',
    splitting,
    outdir: 'out',
    entryNames: 'entry',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent',
    define: { 'process.env.NODE_ENV': '"production"', global: 'globalThis' },
    loader: { '.svg': 'dataurl', '.png': 'dataurl', '.woff2': 'dataurl', '.woff': 'dataurl' },
    plugins: [NO_NODE],
  })
}

/** Node's own modules are nothing in a browser, unless a package of that name is there. */
const NO_NODE: Plugin = {
  name: 'no-node',
  setup({ onResolve, onLoad, resolve: find }) {
    const names = new RegExp(`^(node:.*|${builtinModules.join('|')})$`)
    onResolve({ filter: names }, async ({ path, pluginData, ...rest }) => {
      if (pluginData === NO_NODE) return undefined
      const { importer, resolveDir, kind } = rest
      const name = `${path.replace('node:', '')}/`
      const found = await find(name, { importer, resolveDir, kind, pluginData: NO_NODE })
      return found.errors.length > 0 ? { path, namespace: 'nothing' } : found
    })
    onLoad({ filter: /.*/, namespace: 'nothing' }, () => ({ contents: 'module.exports = {}' }))
  },
}

/** The entry with its style, and the files that it imports statically. */
function reachableAtOnce({ outputs }: Metafile): ReadonlySet<string> {
  const found = new Set(Object.keys(outputs).filter((path) => /(^|\/)entry\.(js|css)$/.test(path)))
  for (const path of found) {
    for (const { path: next, kind } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement') found.add(next)
    }
  }
  return found
}
