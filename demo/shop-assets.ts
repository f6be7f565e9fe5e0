/**
 * The files that the shop's pages load: pictures and styles as they are, scripts compiled once, and
 * the widget as `npm run build` left it.
 * @module
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'

export interface Asset {
  readonly type: string
  readonly body: string
}

/** By path. */
export type Assets = ReadonlyMap<string, Asset>

const SHOP = join(import.meta.dirname, 'shop')
const HOSTS = join(import.meta.dirname, 'hosts')
const WIDGET_SOURCES = join(import.meta.dirname, '../widget')
const BUILT = join(import.meta.dirname, '../dist')
/** The widget's script-tag build; its languages lie beside it. */
export const WIDGET = join(BUILT, 'crypto-checkout.js')

const TYPES = {
  svg: 'image/svg+xml',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
} as const

/** Reads and compiles everything. Throws where the widget was not built. */
export async function loadAssets(): Promise<Assets> {
  return new Map([
    ...folder(SHOP, 'art', 'svg'),
    ...folder(SHOP, 'styles', 'css'),
    ...folder(HOSTS, 'styles', 'css'),
    ...folder(WIDGET_SOURCES, 'themes', 'css'),
    ...(await scripts(SHOP, '/scripts')),
    ...(await scripts(HOSTS, '/hosts/scripts')),
    ...readWidget(),
  ])
}

function readWidget(): [string, Asset][] {
  if (!existsSync(WIDGET)) throw new Error('The widget is not built: npm run build does it.')
  return readdirSync(BUILT)
    .filter((file) => /^crypto-checkout(\.[a-z]+)?\.(js|txt)$/.test(file))
    .map((file) => [
      `/${file}`,
      {
        type: file.endsWith('.js') ? TYPES.js : TYPES.txt,
        body: readFileSync(join(BUILT, file), 'utf8'),
      },
    ])
}

function folder(parent: string, name: string, type: 'svg' | 'css'): [string, Asset][] {
  return readdirSync(join(parent, name))
    .filter((file) => file.endsWith(`.${type}`))
    .map((file) => [
      `/${name}/${file}`,
      { type: TYPES[type], body: readFileSync(join(parent, name, file), 'utf8') },
    ])
}

/** Each file of a folder `scripts` is the script of one page; what it imports lies in folders below. */
async function scripts(parent: string, path: string): Promise<[string, Asset][]> {
  const entries = readdirSync(join(parent, 'scripts')).filter((file) => /(?<!\.d)\.ts$/.test(file))
  const { outputFiles } = await build({
    entryPoints: entries.map((file) => join(parent, 'scripts', file)),
    bundle: true,
    write: false,
    outdir: 'scripts',
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  })
  return outputFiles.map(({ path: file, text }) => [
    `${path}/${basename(file)}`,
    { type: TYPES.js, body: text },
  ])
}
