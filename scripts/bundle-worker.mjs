/**
 * The proxy for Cloudflare Workers, in one file with everything that it needs: what Node reads from the
 * disk is in it, and what only Node has is not.
 * @module
 */
import { globSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { build } from 'esbuild'

/** What takes the place of a module: the files that Node reads, and nothing where there is nothing. */
const REPLACED = {
  'built-files': () =>
    `export const builtFiles = () => (${JSON.stringify({ widgetFiles: widgetFiles() })})`,
  // `process.cpuUsage` throws there; Cloudflare counts the time and the memory itself.
  'process-metrics': () => 'export const addProcess = () => undefined',
  'stores/sqlite': () => 'export const createSqliteStore = undefined',
}

/** Bundles `dist/proxy/workers.js`, or the source of it, into `outfile`. */
export async function bundleWorker(entry, outfile) {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'eof',
    platform: 'node',
    // `pg` has sockets of its own for it.
    conditions: ['workerd', 'worker'],
    target: 'es2024',
    format: 'esm',
    external: ['cloudflare:*', 'pg-native'],
    plugins: [{ name: 'replaced', setup: replace }],
    // `pg` is CommonJS, and asks for Node's own modules that way.
    banner: { js: 'const require=(name)=>process.getBuiltinModule(name);' },
    logLevel: 'warning',
  })
}

function replace({ onLoad }) {
  for (const [name, write] of Object.entries(REPLACED)) {
    const filter = new RegExp(`[\\\\/]proxy[\\\\/]${name.replace('/', '[\\\\/]')}\\.[jt]s$`)
    onLoad({ filter }, () => ({ contents: write(), loader: 'js' }))
  }
}

function widgetFiles() {
  const files = globSync('dist/crypto-checkout.{js,??.txt}').toSorted()
  return Object.fromEntries(files.map((file) => [basename(file), readFileSync(file, 'utf8')]))
}
