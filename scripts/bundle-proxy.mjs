/**
 * The proxy that is started: the built one with everything it imports, in a few files, since loading some
 * six hundred small ones takes longer than all the rest of a start. PostgreSQL's part is only loaded where
 * it is used.
 * @module
 */
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

// Parts are named by their content: those of an earlier build would stay.
rmSync('dist/server', { recursive: true, force: true })
await build({
  entryPoints: ['dist/proxy/server.js'],
  outdir: 'dist/server',
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
