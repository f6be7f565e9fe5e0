/**
 * The page of the scenes, `/gallery?theme=dark&width=280&locale=tr&scene=partial&still=1`: all of them or one,
 * each with its title above. Those that act on the whole page have a frame.
 * @module
 */
import { html, raw } from 'hono/html'
import type { Locale } from '../../widget/locales/en.ts'
import type { Markup } from '../pages/layout.ts'
import { LANGUAGE_NAMES } from '../texts/languages.ts'
import { LOCALES } from './locales.ts'
import { checkoutId, wordsIn } from './scene.ts'
import type { Scene, Step } from './scene.ts'
import { SCENES } from './scenes.ts'
import { THEMES, THEME_NAMES, WIDTHS } from './themes.ts'
import type { Theme } from './themes.ts'

/** What the URL asks for. */
export interface GalleryView {
  readonly theme: Theme
  readonly width: number
  readonly locale: Locale
  readonly scenes: readonly Scene[]
  /** Fixed fonts, and nothing moves: for pictures. */
  readonly isStill: boolean
  /** The scene alone, for a frame. */
  readonly isBare: boolean
}

/** Reads a query; what makes no sense is as if it were not there. */
export function readView(query: Readonly<Record<string, string>>): GalleryView {
  const wanted = query['scene']?.split(',')
  return {
    theme: THEMES.find(({ name }) => name === query['theme']) ?? THEMES[0],
    width: WIDTHS.find((width) => String(width) === query['width']) ?? WIDTHS[0],
    locale: LOCALES.find(({ lang }) => lang === query['locale']) ?? LOCALES[0],
    scenes: wanted ? SCENES.filter(({ id }) => wanted.includes(id)) : SCENES,
    isStill: query['still'] === '1',
    isBare: query['bare'] === '1',
  }
}

export function galleryPage(view: GalleryView): Markup {
  const { theme, width, scenes, isStill, isBare } = view
  return html`<!doctype html>
    <html
      lang="en"
      data-scheme="${theme.scheme}"
      data-width="${width}"
      data-still="${String(isStill)}"
      data-bare="${String(isBare)}"
    >
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>Gallery · crypto-checkout</title>
        <link rel="icon" href="/art/icon.svg" type="image/svg+xml" />
        <link rel="stylesheet" href="/styles/base.css" />
        <link rel="stylesheet" href="/styles/workbench.css" />
        <link rel="stylesheet" href="/styles/gallery.css" />
        ${THEME_NAMES.map((name) => html`<link rel="stylesheet" href="/themes/${name}.css" />`)}
        ${isStill ? html`<link rel="stylesheet" href="/fonts/fonts.css" />` : ''}
        <script type="module" src="/scripts/gallery-world.js"></script>
        <script src="/crypto-checkout.js" defer></script>
        <script type="module" src="/scripts/gallery.js"></script>
      </head>
      <body>
        ${isBare ? '' : controls(view)}
        <main id="main" class="scenes" tabindex="-1">
          ${scenes.map((scene) => figure(scene, view))}
        </main>
      </body>
    </html>`
}

function controls({ theme, width, locale }: GalleryView): Markup {
  const option = (value: string | number, text: string, current: string | number): Markup =>
    html`<option value="${value}" ${value === current ? 'selected' : ''}>${text}</option>`
  return html`<header class="bar controls">
    <h1><a href="/">Lantern Coffee</a> Gallery</h1>
    <form id="controls" role="search">
      <label
        >Theme
        <select name="theme">
          ${THEMES.map(({ name }) => option(name, name, theme.name))}
        </select></label
      >
      <label
        >Width
        <select name="width">
          ${WIDTHS.toSorted((a, b) => a - b).map((each) => option(each, `${each} px`, width))}
        </select></label
      >
      <label
        >Language
        <select name="locale">
          ${LANGUAGE_NAMES.map(([code, name]) => option(code, name, locale.lang))}
        </select></label
      >
      <label>Find <input name="find" type="search" autocomplete="off" /></label>
      <output id="count"></output>
    </form>
  </header>`
}

function figure(scene: Scene, view: GalleryView): Markup {
  const { id, title, frame } = scene
  const { lang, dir } = view.locale
  const query = `scene=${id}&theme=${view.theme.name}&width=${view.width}&locale=${lang}`
  const isFramed = frame !== undefined && !view.isBare
  return html`<section class="scene" data-scene="${id}" data-title="${title}" data-state="waiting">
    <h2><a href="?${query}">${title}</a></h2>
    <div class="stage" lang="${lang}" dir="${dir}">
      ${isFramed ? framed(scene, view) : element(scene, view)}
    </div>
  </section>`
}

function framed({ id, title, frame = {} }: Scene, view: GalleryView): Markup {
  const { theme, width, locale, isStill } = view
  const query = new URLSearchParams({
    scene: id,
    theme: theme.name,
    width: String(width),
    locale: locale.lang,
    bare: '1',
    ...(isStill && { still: '1' }),
    ...(frame.isReturn && { checkout: checkoutId(id) }),
  })
  const name = frame.isPopup ? 'crypto-checkout:gallery' : ''
  return html`<iframe
    src="/gallery?${query}"
    name="${name}"
    title="${title}"
    class="${frame.isDialog ? 'dialog' : ''}"
  ></iframe>`
}

function element(scene: Scene, { theme, locale }: GalleryView): Markup {
  const given = {
    class: theme.className,
    theme: theme.scheme,
    proxy: `/gallery/api/${scene.id}`,
    checkout: checkoutId(scene.id),
    'success-url': '/gallery',
    'fail-url': '/gallery',
    'cancel-url': '/gallery',
    'support-url': '/gallery',
    'data-steps': JSON.stringify((scene.steps ?? []).map((step) => stepIn(locale, step))),
    'data-shows': wordsIn(locale, scene.shows),
    'data-has': scene.has ?? null,
    'data-offline': scene.frame?.isOffline ? '' : null,
    ...scene.attributes,
  }
  const attributes = Object.entries(given).map(([name, value]) =>
    value === null ? '' : html` ${raw(name)}="${value}"`,
  )
  return html`<crypto-checkout ${attributes}></crypto-checkout>`
}

function stepIn(locale: Locale, step: Step): Step {
  if ('click' in step) return { ...step, click: wordsIn(locale, step.click) }
  return 'see' in step ? { see: wordsIn(locale, step.see) } : step
}
