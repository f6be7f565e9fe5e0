/**
 * Builds the site: `node docs/site/build.ts [folder]`, by default `dist-docs`. A link, a section or a picture that
 * is not there ends it with an error.
 * @module
 */
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { build } from 'esbuild'
import { PNG } from 'pngjs'
import { homeHtml, PICTURE } from './home.ts'
import { layOut } from './layout.ts'
import type { Frame, Page } from './layout.ts'
import { createLinks, pictureUrl } from './links.ts'
import type { Links } from './links.ts'
import { llmsFull, llmsList, markdownUrl } from './llms.ts'
import { renderMarkdown } from './markdown.ts'
import { GROUPS } from './navigation.ts'
import { ROOT } from './root.ts'
import { searchIndex } from './search-index.ts'
import { readSources } from './sources.ts'
import type { Source } from './sources.ts'

export interface Built {
  readonly pages: readonly Page[]
  readonly pictures: number
}

/** Writes the site to `folder`, which it empties. */
export async function buildSite(folder: string): Promise<Built> {
  const sources = await readSources()
  const links = createLinks(sources)
  const named = renderAll(sources, links)
  const linked: Page[] = []
  for (let found = links.takeNew(); found.length > 0; found = links.takeNew()) {
    linked.push(...renderAll(found, links))
  }
  const urls = new Map(sources.map(({ file, url }) => [file, url]))
  const home = homePage((file) => (file === PICTURE ? pictureUrl(file) : urlOf(urls, file)))
  const pages = [home, ...named, ...linked]
  checkAnchors(pages, links)

  rmSync(folder, { recursive: true, force: true })
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  for (const page of pages) write(page.url, layOut(page, frameFor(page, urls, links)))
  for (const { url, markdown } of sources) write(markdownUrl(url), markdown)
  for (const picture of new Set([...links.pictures, PICTURE])) {
    cpSync(join(ROOT, picture), join(folder, pictureUrl(picture)))
  }
  write('llms.txt', llmsList(sources))
  write('llms-full.txt', llmsFull(sources))
  write('search.json', searchIndex([home, ...named]))
  const client = join(import.meta.dirname, 'client')
  for (const file of ['style.css', 'icon.svg']) cpSync(join(client, file), join(folder, file))
  await build({
    entryPoints: [join(client, 'search.ts')],
    outfile: join(folder, 'search.js'),
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
  })
  return { pages, pictures: links.pictures.size }
}

const renderAll = (sources: readonly Source[], links: Links): Page[] =>
  sources.map((source) => {
    const { title, html, sections } = renderMarkdown(source.file, source.markdown)
    return { url: source.url, title, html: sized(source, links.rewrite(source, html)), sections }
  })

function homePage(href: (file: string) => string): Page {
  return { url: 'index.html', title: 'Documents', html: homeHtml(href), sections: [] }
}

/** Pictures with their size, so that nothing jumps when they come, and none before it is looked at. */
function sized({ url }: Source, html: string): string {
  return html.replaceAll(/<img src="([^"]+)"([^>]*)>/g, (_all, link: string, rest: string) => {
    const path = new URL(link, `file:///${url}`).pathname.replace('/pictures/', '')
    const { width, height } = PNG.sync.read(readFileSync(ROOT + path))
    return `<img src="${link}" width="${width}" height="${height}" loading="lazy"${rest}>`
  })
}

function urlOf(urls: ReadonlyMap<string, string>, file: string): string {
  const [path = '', id] = file.split('#')
  const url = urls.get(path)
  if (url === undefined) throw new Error(`no page is ${file}`)
  return id === undefined ? url : `${url}#${id}`
}

function frameFor(page: Page, urls: ReadonlyMap<string, string>, links: Links): Frame {
  const href = (file: string): string => links.relative(page.url, urlOf(urls, file))
  const order = GROUPS.flatMap(({ entries }) => entries).filter(({ file }) => !file.includes('#'))
  const at = order.findIndex(({ file }) => urls.get(file) === page.url)
  const step = (index: number): Frame['before'] => {
    const entry = at < 0 ? undefined : order[index]
    return entry && { href: href(entry.file), label: entry.label }
  }
  const depth = page.url.split('/').length - 1
  return {
    groups: GROUPS,
    href,
    toRoot: '../'.repeat(depth),
    before: step(at - 1),
    after: step(at + 1),
  }
}

function checkAnchors(pages: readonly Page[], { anchors }: Links): void {
  const byUrl = new Map(pages.map(({ url, html }) => [url, html]))
  const wanted = GROUPS.flatMap(({ entries }) => entries)
    .filter(({ file }) => file.includes('#'))
    .map(({ file }) => {
      const [path = '', id = ''] = file.split('#')
      return { from: 'the menu', url: path.replace(/^docs\/(.*)\.md$/, '$1.html'), id }
    })
  const broken = [...anchors, ...wanted].filter(
    ({ url, id }) => byUrl.get(url)?.includes(` id="${id}"`) !== true,
  )
  if (broken.length > 0) {
    throw new Error(broken.map(({ from, url, id }) => `${from}: ${url} has no #${id}`).join('\n'))
  }
}

if (import.meta.main) {
  const started = performance.now()
  const { pages, pictures } = await buildSite(process.argv[2] ?? join(ROOT, 'dist-docs'))
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${pages.length} pages, ${pictures} pictures, ${seconds} s\n`)
}
