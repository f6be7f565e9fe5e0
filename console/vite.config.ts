/**
 * Builds the console: a page, a script and a style sheet, which the proxy serves on the merchant's port.
 * @module
 */
import { defineConfig } from 'vite'

// oxlint-disable-next-line import/no-default-export -- Vite reads the default export
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  publicDir: false,
  build: {
    outDir: '../dist/console',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    reportCompressedSize: false,
    rollupOptions: {
      output: { entryFileNames: 'console.js', assetFileNames: 'console.[ext]' },
    },
  },
})
