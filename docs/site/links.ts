/**
 * Where links lead: from a place in the repository to one in the site. What is linked to and has no page yet
 * gets one, pictures are taken along, and a link that leads nowhere is an error.
 * @module
 */
import { existsSync } from 'node:fs'
import { extname, join, normalize } from 'node:path'
import { posix } from 'node:path'
import { escapeHtml } from './html.ts'
import { readLinked } from './sources.ts'
import type { Source } from './sources.ts'
import { ROOT } from './root.ts'

export interface Links {
  /** `html` of `page` with its links as the site has them. */
  rewrite(page: Source, html: string): string
  /** A path in the site, from `from` in the site. */
  relative(from: string, to: string): string
  /** Pages that a link asked for since the last call. */
  takeNew(): readonly Source[]
  /** Pictures that pages show, by their place in the repository. */
  readonly pictures: ReadonlySet<string>
  /** Links to a section, to be looked for when all pages are there. */
  readonly anchors: readonly { readonly from: string; readonly url: string; readonly id: string }[]
}

const PICTURES = ['.png', '.svg', '.jpg', '.webp']
/** The way to a picture in the site. */
export const pictureUrl = (file: string): string => `pictures/${file}`

export function createLinks(sources: readonly Source[]): Links {
  const pages = new Map(sources.map((source) => [source.file, source]))
  const pictures = new Set<string>()
  const anchors: { from: string; url: string; id: string }[] = []
  let found: Source[] = []

  function urlOf(page: Source, link: string): string {
    const [path = '', id] = link.split('#')
    const file =
      path === ''
        ? page.file
        : normalize(join(page.folder, decodeURIComponent(path))).replace(/\/$/, '')
    if (path !== '' && (file.startsWith('..') || !existsSync(join(ROOT, file)))) {
      throw new Error(`${page.file}: ${link} leads nowhere`)
    }
    if (PICTURES.includes(extname(file))) {
      pictures.add(file)
      return pictureUrl(file)
    }
    const url = file === 'README.md' ? 'index.html' : pageFor(file).url
    if (id !== undefined) anchors.push({ from: page.file, url, id })
    return id === undefined ? url : `${url}#${id}`
  }

  function pageFor(file: string): Source {
    const known = pages.get(file)
    if (known) return known
    const made = readLinked(file)
    pages.set(file, made)
    found.push(made)
    return made
  }

  const relative = (from: string, to: string): string => {
    const [path = '', id] = to.split('#')
    const way = posix.relative(posix.dirname(from), path)
    return id === undefined ? way : `${way}#${id}`
  }

  return {
    pictures,
    anchors,
    relative,
    takeNew() {
      const taken = found
      found = []
      return taken
    },
    rewrite: (page, html) =>
      html.replaceAll(/ (href|src|srcset)="([^"]*)"/g, (_all, name: string, link: string) => {
        const isOwn = link.startsWith('#') || /^[a-z]+:/.test(link)
        if (link.startsWith('#'))
          anchors.push({ from: page.file, url: page.url, id: link.slice(1) })
        const url = isOwn ? link : escapeHtml(relative(page.url, urlOf(page, link)))
        return ` ${name}="${url}"`
      }),
  }
}
