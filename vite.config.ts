/**
 * Builds the script-tag file: everything in one, English, and a file for each other language, loaded where
 * it is wanted. What a bundler leaves lying about is taken out, because the whole file has to stay under
 * 28 kB (gzip): `build/`.
 * @module
 */
import { defineConfig } from 'vite'
import { languageFiles } from './build/languages.ts'
import { leaveOut, ownTrustedTypesPolicy } from './build/libraries.ts'
import { INTERNAL } from './build/names.ts'
import { smallQrCodes } from './build/qr-codes.ts'
import { collapseTemplates } from './build/templates.ts'

/** Runs before Lit does: a second copy of this script must not touch the page. */
const GUARD = `
const name = document.currentScript?.dataset.name || 'crypto-checkout', known = customElements.get(name);
if (known) {
  if (!known[Symbol.for('crypto-checkout')]) console.error(\`crypto-checkout: <\${name}> belongs to another library. Please give it another name.\`);
  return;
}`

// oxlint-disable-next-line import/no-default-export -- Vite reads the default export
export default defineConfig({
  plugins: [
    languageFiles(),
    ownTrustedTypesPolicy(),
    smallQrCodes(),
    leaveOut(),
    collapseTemplates(),
  ],
  publicDir: false,
  build: {
    outDir: 'dist',
    emptyOutDir: false,
    target: 'es2022',
    reportCompressedSize: false,
    rollupOptions: {
      input: 'widget/script.ts',
      treeshake: { propertyReadSideEffects: false, unknownGlobalSideEffects: false },
      output: {
        format: 'iife',
        entryFileNames: 'crypto-checkout.js',
        intro: GUARD,
        minify: { compress: true, mangle: true, codegen: true, mangleProps: { include: INTERNAL } },
      },
    },
  },
})
