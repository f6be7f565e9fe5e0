/**
 * What is started on Node, each with everything that it imports in a few files: the proxy, since loading some
 * six hundred small ones takes longer than all the rest of a start, and the command line, so that `npx` needs
 * nothing else. PostgreSQL's part is only loaded where it is used. And the proxy for Cloudflare Workers.
 * @module
 */
import { rmSync } from 'node:fs'
import { build } from 'esbuild'
import { bundleWorker } from './bundle-worker.mjs'

await bundle('dist/proxy/server.js', 'dist/server')
await bundle('dist/cli/main.js', 'dist/bin')
await bundleWorker('dist/proxy/workers.js', 'dist/server/worker.js')

async function bundle(entry, outdir) {
  // Parts are named by their content: those of an earlier build would stay.
  rmSync(outdir, { recursive: true, force: true })
  await build({
    entryPoints: [entry],
    outdir,
    bundle: true,
    splitting: true,
    // Names stay as they are, for whoever reads a stack; keeping them by `keepNames` costs a call per closure.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'eof',
    platform: 'node',
    target: 'node24',
    format: 'esm',
    external: ['pg-native'],
    // `pg` is CommonJS, and asks for Node's own modules that way.
    banner: {
      js: "import{createRequire as requireOfNode}from'node:module';const require=requireOfNode(import.meta.url);",
    },
    logLevel: 'warning',
  })
}
