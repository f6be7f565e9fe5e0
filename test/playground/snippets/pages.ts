/**
 * The code for pages, built as a page and served together with the server of a snippet.
 * @module
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { build } from 'esbuild'
import type { Plugin } from 'esbuild'
import { compile } from 'svelte/compiler'
import { compileScript, parse } from 'vue/compiler-sfc'
import { ROOT } from './machine.ts'

/** The package is its sources here. */
const SOURCES: Readonly<Record<string, string>> = {
  'crypto-checkout/define': join(ROOT, 'widget/define.ts'),
  'crypto-checkout/types/react': join(ROOT, 'frameworks/types/react.ts'),
  'crypto-checkout/types/vue': join(ROOT, 'frameworks/types/vue.ts'),
  'crypto-checkout/types/svelte': join(ROOT, 'frameworks/types/svelte.ts'),
}

/** What starts the snippet, which is `./snippet` to it. */
const ENTRIES: Readonly<Record<string, string>> = {
  esm: `import './snippet.ts'`,
  react: `import { createElement } from 'react'
    import { createRoot } from 'react-dom/client'
    import { Checkout } from './snippet.tsx'
    createRoot(document.querySelector('#app')).render(createElement(Checkout))`,
  vue: `import { createApp } from 'vue'
    import Checkout from './snippet.vue'
    createApp(Checkout).mount('#app')`,
  svelte: `import { mount } from 'svelte'
    import Checkout from './snippet.svelte'
    mount(Checkout, { target: document.querySelector('#app') })`,
  angular: `import '@angular/compiler'
    import { bootstrapApplication } from '@angular/platform-browser'
    import { Checkout } from './snippet.ts'
    bootstrapApplication(Checkout)`,
}

const THEME = '<link rel="stylesheet" href="/themes/paper.css" />'
const PAGE = `<!doctype html><title>Shop</title>
<button id="pay">Pay</button><div id="app"></div><app-checkout></app-checkout>
<script type="module" src="/page.js"></script>`

export interface SnippetPages {
  readonly url: string
  /** What is served from now on; orders are those of `shopUrl`. */
  show(page: { readonly html: string; readonly script: string; readonly shopUrl: string }): void
  close(): Promise<void>
}

export async function startPages(): Promise<SnippetPages> {
  let page: Parameters<SnippetPages['show']>[0] | undefined
  const server = createServer((request, response) => {
    void (async () => {
      const { url, method = '' } = request
      if (url === '/api/orders') {
        const answer = await fetch(`${page?.shopUrl}/api/orders`, { method })
        response.setHeader('content-type', 'application/json')
        response.writeHead(answer.status).end(await answer.text())
      } else if (url === '/page.js') {
        response.setHeader('content-type', 'text/javascript').end(page?.script)
      } else if (url?.startsWith('/themes/')) {
        const theme = await readFile(join(ROOT, 'widget', url))
        response.setHeader('content-type', 'text/css').end(theme)
      } else if (url === '/') {
        response.setHeader('content-type', 'text/html; charset=utf-8').end(page?.html)
      } else response.writeHead(204).end()
    })()
  })
  await new Promise<void>((resolve) => void server.listen(0, 'localhost', resolve))
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    show: (next) => void (page = next),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => void server.close(resolve))
    },
  }
}

/** A page with the built snippet in it. */
export async function buildPage(
  id: string,
  code: string,
): Promise<{ html: string; script: string }> {
  const entry = ENTRIES[id] ?? assert.fail(id)
  // ES modules have a page of their own; its button is for the others' to find by their own way.
  const own = id === 'esm' ? PAGE : PAGE.replace(/<button.*<\/button>/, '')
  // What its configuration names.
  const html = id === 'angular' ? own.replace('<title', `${THEME}<title`) : own
  return { html, script: await bundle(entry, 'esm', code) }
}

/** The script of the tag. */
export const buildWidget = (): Promise<string> => bundle(`import 'crypto-checkout/define'`, 'iife')

async function bundle(entry: string, format: 'esm' | 'iife', code = ''): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: entry, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    format,
    target: 'es2022',
    jsx: 'automatic',
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'false',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    // Angular's own build does without.
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    plugins: [snippetPlugin(code)],
    logLevel: 'silent',
  })
  return outputFiles[0]?.text ?? assert.fail()
}

/** What the frameworks' own plugins do. */
const snippetPlugin = (code: string): Plugin => ({
  name: 'snippet',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^crypto-checkout\// }, ({ path }) => ({
      path: SOURCES[path] ?? join(ROOT, path.replace('crypto-checkout', 'widget')),
      // The package says so of what was built.
      sideEffects: true,
    }))
    onResolve({ filter: /^\.\/snippet\./ }, ({ path }) => ({ path, namespace: 'snippet' }))
    onLoad({ filter: /\.css$/ }, ({ path }) => ({ contents: asScript(readFileSync(path, 'utf8')) }))
    onLoad({ filter: /./, namespace: 'snippet' }, ({ path }) => {
      const resolveDir = ROOT
      if (path.endsWith('.vue')) return { contents: compileVue(code), loader: 'ts', resolveDir }
      if (!path.endsWith('.svelte')) {
        return { contents: code, loader: path.endsWith('x') ? 'tsx' : 'ts', resolveDir }
      }
      const { js } = compile(code, { generate: 'client', css: 'injected' })
      return { contents: js.code, loader: 'js', resolveDir }
    })
  },
})

function compileVue(code: string): string {
  const compilerOptions = { isCustomElement: (tag: string) => tag === 'crypto-checkout' }
  const { descriptor } = parse(code, { templateParseOptions: compilerOptions })
  const { content } = compileScript(descriptor, {
    id: 'snippet',
    inlineTemplate: true,
    templateOptions: { compilerOptions },
  })
  return `${content};${asScript(descriptor.styles.map((style) => style.content).join('\n'))}`
}

/** As bundlers do while a page is developed. */
const asScript = (css: string): string => `document.head.append(
  Object.assign(document.createElement('style'), { textContent: ${JSON.stringify(css)} }),
)`
