/**
 * The element's tests, in a real Chromium: `CHROME_PATH`, else the one that npm brought along.
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { esbuildPlugin } from '@web/dev-server-esbuild'
import { defaultReporter } from '@web/test-runner'
import { chromeLauncher } from '@web/test-runner-chrome'
import chromium from '@sparticuz/chromium'
import { build as bundle } from 'esbuild'
import { build } from 'vite'

/** Packages that a browser cannot import as they are (CommonJS inside): one bundled copy of each. */
const BUNDLED = {
  'qrcode/lib/core/qrcode.js': `import qrcode from 'qrcode/lib/core/qrcode.js'
    export const { create } = qrcode`,
  msw: `export { HttpResponse, getResponse, http } from 'msw'`,
}

function serveBundled() {
  const names = Object.keys(BUNDLED)
  const made = new Map()
  const make = async (contents) => {
    const options = { bundle: true, format: 'esm', platform: 'browser', write: false }
    const result = await bundle({ ...options, stdin: { contents, resolveDir: process.cwd() } })
    return result.outputFiles[0].text
  }
  return {
    name: 'serve-bundled',
    resolveImport: ({ source }) =>
      names.includes(source) ? `/__bundled/${names.indexOf(source)}.js` : undefined,
    async serve({ path }) {
      const name = names[/^\/__bundled\/(\d+)\.js$/.exec(path)?.[1]]
      if (!name) return undefined
      if (!made.has(name)) made.set(name, make(BUNDLED[name]))
      return { body: await made.get(name), type: 'js' }
    },
  }
}

/** The script-tag file exactly as it ships, for the tests of it. */
function serveBuild() {
  let code
  return {
    name: 'serve-build',
    async serve({ path }) {
      if (path !== '/__crypto-checkout.js') return undefined
      code ??= build({ logLevel: 'error', build: { write: false } }).then(
        (result) => [result].flat()[0].output[0].code,
      )
      return { body: await code, type: 'js' }
    },
  }
}

/** What the checks read: how many tests passed and failed. */
function countReporter() {
  return {
    onTestRunFinished({ sessions }) {
      const counts = { passed: 0, failed: 0 }
      const count = (suite) => {
        for (const test of suite?.tests ?? [])
          if (!test.skipped) counts[test.passed ? 'passed' : 'failed']++
        for (const inner of suite?.suites ?? []) count(inner)
      }
      for (const session of sessions) {
        count(session.testResults)
        // a file that did not load is a failure too
        if (!session.passed && session.errors.length) counts.failed++
      }
      mkdirSync('.cache/results', { recursive: true })
      writeFileSync('.cache/results/widget.json', `${JSON.stringify(counts)}\n`)
    },
  }
}

const isOwn = !process.env.CHROME_PATH

export default {
  files: 'test/widget/**/*.test.ts',
  nodeResolve: { exportConditions: ['production', 'default'] },
  concurrency: 2,
  concurrentBrowsers: 1,
  plugins: [serveBundled(), serveBuild(), esbuildPlugin({ ts: true, target: 'es2022' })],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROME_PATH ?? (await chromium.executablePath()),
        args: [
          // as it comes it shares one process between pages, which is for small machines only
          ...(isOwn
            ? chromium.args.filter(
                (arg) =>
                  !/single-process|no-zygote|web-security|gpu|swiftshader|use-gl|use-angle/.test(
                    arg,
                  ),
              )
            : []),
          '--no-sandbox',
          '--disable-gpu',
        ],
      },
    }),
  ],
  reporters: [
    defaultReporter({ reportTestResults: true, reportTestProgress: false }),
    countReporter(),
  ],
  testFramework: { config: { ui: 'bdd', timeout: 15_000 } },
  testsFinishTimeout: 240_000,
}
