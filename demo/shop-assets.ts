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
const WIDGET_SOURCES = join(import.meta.dirname, '../widget')
/** Where the widget's script-tag build lies. */
export const WIDGET = join(import.meta.dirname, '../dist/crypto-checkout.js')

const TYPES = {
  svg: 'image/svg+xml',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
} as const

/** Reads and compiles everything. Throws where the widget was not built. */
export async function loadAssets(): Promise<Assets> {
  return new Map([
    ...folder(SHOP, 'art', 'svg'),
    ...folder(SHOP, 'styles', 'css'),
    ...folder(WIDGET_SOURCES, 'themes', 'css'),
    ...(await scripts()),
    ['/crypto-checkout.js', { type: TYPES.js, body: readWidget() }],
  ])
}

function readWidget(): string {
  if (!existsSync(WIDGET)) throw new Error('The widget is not built: npm run build does it.')
  return readFileSync(WIDGET, 'utf8')
}

function folder(parent: string, name: string, type: 'svg' | 'css'): [string, Asset][] {
  return readdirSync(join(parent, name))
    .filter((file) => file.endsWith(`.${type}`))
    .map((file) => [
      `/${name}/${file}`,
      { type: TYPES[type], body: readFileSync(join(parent, name, file), 'utf8') },
    ])
}

/** Each file of `shop/scripts` is the script of one page; what it imports lies in folders below. */
async function scripts(): Promise<[string, Asset][]> {
  const entries = readdirSync(join(SHOP, 'scripts')).filter((file) => file.endsWith('.ts'))
  const { outputFiles } = await build({
    entryPoints: entries.map((file) => join(SHOP, 'scripts', file)),
    bundle: true,
    write: false,
    outdir: 'scripts',
    format: 'esm',
    target: 'es2022',
    logLevel: 'silent',
  })
  return outputFiles.map(({ path, text }) => [
    `/scripts/${basename(path)}`,
    { type: TYPES.js, body: text },
  ])
}
