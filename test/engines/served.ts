/**
 * What the element's tests load beside our sources.
 * @module
 */
import process from 'node:process'
import type { TestRunnerPlugin } from '@web/test-runner'
import { build as bundle } from 'esbuild'
import { build } from 'vite'

/** Packages that a browser cannot import as they are (CommonJS inside): one bundled copy of each. */
const BUNDLED: Readonly<Record<string, string>> = {
  'qrcode/lib/core/qrcode.js': `import qrcode from 'qrcode/lib/core/qrcode.js'
    export const { create } = qrcode`,
  msw: `export { HttpResponse, getResponse, http } from 'msw'`,
}

export function serveBundled(): TestRunnerPlugin {
  const names = Object.keys(BUNDLED)
  const made = new Map<string, Promise<string>>()
  const make = async (contents: string): Promise<string> => {
    const result = await bundle({
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      stdin: { contents, resolveDir: process.cwd() },
    })
    return result.outputFiles[0]?.text ?? ''
  }
  return {
    name: 'serve-bundled',
    resolveImport: ({ source }) =>
      names.includes(source) ? `/__bundled/${names.indexOf(source)}.js` : undefined,
    async serve({ path }) {
      const name = names[Number(/^\/__bundled\/(\d+)\.js$/.exec(path)?.[1])]
      if (name === undefined) return undefined
      const code = made.get(name) ?? make(BUNDLED[name] ?? '')
      made.set(name, code)
      return { body: await code, type: 'js' }
    },
  }
}

/** Where a build is served: as it ships, with languages that somebody changed, and without them. */
const BUILDS = { '/__': 'as it is', '/__tampered/': 'tampered', '/__alone/': 'alone' } as const

/** The script-tag file exactly as it ships, with its languages beside it, for the tests of it. */
export function serveBuild(): TestRunnerPlugin {
  let files: Promise<ReadonlyMap<string, string>> | undefined
  return {
    name: 'serve-build',
    async serve({ path }) {
      const [, folder = '', file = ''] = /^(.*\/(?:__)?)(crypto-checkout\..+)$/.exec(path) ?? []
      if (!isBuild(folder)) return undefined
      files ??= buildWidget()
      const text = (await files).get(file)
      const isLanguage = file.endsWith('.txt')
      if (text === undefined || (isLanguage && BUILDS[folder] === 'alone')) return undefined
      return {
        body: isLanguage && BUILDS[folder] === 'tampered' ? text.replace('a', 'e') : text,
        type: isLanguage ? 'txt' : 'js',
        // as a shop's other host has to serve it
        headers: { 'access-control-allow-origin': '*' },
      }
    },
  }
}

const isBuild = (folder: string): folder is keyof typeof BUILDS => Object.hasOwn(BUILDS, folder)

/** By name: the script, and a file for each language. */
async function buildWidget(): Promise<ReadonlyMap<string, string>> {
  const result = await build({ logLevel: 'error', build: { write: false } })
  const [output] = [result].flat()
  if (!output || !('output' in output)) throw new Error('nothing was built')
  return new Map(
    output.output.map((each) => [
      each.fileName,
      each.type === 'chunk' ? each.code : String(each.source),
    ]),
  )
}
