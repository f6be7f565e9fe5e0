/**
 * The site: it is built of all that there is, everything in it leads somewhere, and nothing comes from elsewhere.
 * @module
 */
import assert from 'node:assert/strict'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { after, before, describe, it } from 'node:test'
import MiniSearch from 'minisearch'
import type { z } from 'zod'
import { SCENES } from '../../demo/gallery/scenes.ts'
import { buildSite } from '../../docs/site/build.ts'
import type { Built } from '../../docs/site/build.ts'
import { renderMarkdown } from '../../docs/site/markdown.ts'
import { GROUPS } from '../../docs/site/navigation.ts'
import { readSections } from '../../docs/site/pages/configuration.ts'
import { readDeclarations } from '../../docs/site/pages/merchant.ts'
import { SEARCH_OPTIONS } from '../../docs/site/search-options.ts'
import { findFile } from '../../docs/site/serve.ts'
import * as merchant from '../../merchant/index.ts'
import { PROBLEMS } from '../../protocol/api.ts'
import { VARIABLE_NAMES } from '../../proxy/config.ts'
import { DOCUMENTED } from '../../proxy/openapi.ts'
import { PROVIDERS } from '../../proxy/providers/index.ts'
import { PAGES, ROOT } from './blocks.ts'
import { readElement } from './element.ts'

const folder = mkdtempSync(join(tmpdir(), 'cc-site-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const read = (path: string): string => readFileSync(join(folder, path), 'utf8')
const decode = (html: string): string =>
  html
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

/** As variables: `apiKey` is API_KEY. */
function optionsOf(schema: z.ZodType): readonly string[] {
  const { shape, in: inner } = schema as unknown as { shape?: object; in?: { shape: object } }
  const names = Object.keys(shape ?? inner?.shape ?? assert.fail('options of another kind'))
  return names.map((name) => name.replaceAll(/[A-Z]/g, '_$&').toUpperCase())
}

describe('the site', () => {
  let built: Built
  let files: readonly string[]
  before(async () => {
    built = await buildSite(folder)
    files = globSync('**/*.html', { cwd: folder })
  })

  it('has every document in its menu, or in the list of decisions', () => {
    const named = new Set(
      GROUPS.flatMap(({ entries }) => entries.map(({ file }) => file.split('#')[0])),
    )
    const rest = PAGES.filter((file) => !/^(README\.md|examples\/|docs\/decisions\/)/.test(file))
    assert.deepEqual(
      rest.filter((file) => !named.has(file)),
      [],
    )
    const decisions = read('decisions/index.html')
    for (const file of globSync('docs/decisions/*.md', { cwd: ROOT })) {
      assert.ok(
        decisions.includes(`href="${file.replace('docs/decisions/', '').replace('.md', '.html')}"`),
        file,
      )
    }
  })

  it('leads nowhere that is not there, section by section', () => {
    const ids = new Map(
      files.map((file) => [
        file,
        new Set([...read(file).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)),
      ]),
    )
    let count = 0
    for (const file of files) {
      for (const [, link = ''] of read(file).matchAll(/ (?:href|src|srcset)="([^"]+)"/g)) {
        if (/^[a-z]+:/.test(link)) continue
        count += 1
        const [path = '', id] = link.split('#')
        const target = path === '' ? file : normalize(join(dirname(file), path))
        assert.ok(existsSync(join(folder, target)), `${file}: ${link}`)
        if (id !== undefined) assert.ok(ids.get(target)?.has(id), `${file}: ${link}`)
      }
    }
    assert.ok(count > 3000, String(count))
  })

  it('loads nothing from elsewhere, and runs no script of a page', () => {
    for (const file of files) {
      const html = read(file)
      assert.doesNotMatch(
        html,
        /<(script|link|img|source)[^>]* (src|srcset|href)="(https?:|\/\/)/,
        file,
      )
      assert.doesNotMatch(html, /<script(?![^>]* src=)|<style|<[^>]* (on\w+|style)="/, file)
      assert.match(
        html,
        /content-security-policy" content="default-src 'none'; script-src 'self'; style-src 'self';/,
      )
    }
    assert.doesNotMatch(read('style.css'), /url\(|@import/)
  })

  it('has one title a page, a language, and a way to its text', () => {
    for (const file of files) {
      const html = read(file)
      assert.equal(html.match(/<h1/g)?.length, 1, file)
      assert.match(html, /<html lang="en">[\s\S]*href="#text"[\s\S]*<main id="text"/)
    }
  })

  it('describes every route and every problem', () => {
    const text = decode(read('http.html'))
    for (const route of DOCUMENTED) assert.ok(text.includes(`${route}#`), route)
    for (const code of Object.keys(PROBLEMS)) assert.ok(text.includes(code), code)
    assert.match(text, /orderToken\s*string/)
  })

  it('describes all of the element', async () => {
    const html = read('element.html')
    const { attributes, properties: _, ...rest } = await readElement()
    for (const name of [...attributes.keys(), ...Object.values(rest).flatMap((set) => [...set])]) {
      assert.ok(html.includes(`<code>${name}</code>`), name)
    }
    assert.ok(
      decode(html).includes('CustomEvent<CheckoutDetail & { readonly receipt: string | null }>'),
    )
  })

  it('declares all that a merchant imports, without its insides', () => {
    const html = read('merchant-helpers.html')
    for (const name of Object.keys(merchant))
      assert.ok(html.includes(`id="${name.toLowerCase()}"`), name)
    for (const { name, kind, code, about } of readDeclarations()) {
      assert.ok(about !== '' || kind === 'type' || kind === 'interface', name)
      assert.match(code, new RegExp(`^export (async )?${kind} ${name}\\b`))
      assert.doesNotMatch(code, /\b(return|await|constructor|throw)\b/, name)
      assert.equal(code.match(/[{(]/g)?.length, code.match(/[})]/g)?.length, name)
    }
  })

  it('explains every variable, and none that is not', () => {
    const sections = readSections(readFileSync(`${ROOT}.env.example`, 'utf8'))
    const explained = new Set(
      sections.flatMap(({ variables }) => variables.map(({ name }) => name)),
    )
    const ofProviders = PROVIDERS.flatMap(({ prefix, options }) =>
      optionsOf(options).map((name) => prefix + name),
    )
    assert.deepEqual(
      [...VARIABLE_NAMES, ...ofProviders].filter((name) => !explained.has(name)),
      [],
    )
    for (const name of explained) {
      assert.ok(VARIABLE_NAMES.includes(name) || ofProviders.includes(name), name)
      assert.ok(read('configuration.html').includes(`id="${name.toLowerCase()}"`), name)
    }
  })

  it('has a picture of every state, in light and in dark', () => {
    const html = read('states.html')
    assert.ok(SCENES.length > 70)
    for (const { id } of SCENES) {
      for (const theme of ['light', 'dark'])
        assert.ok(html.includes(`${theme}-360/${id}.png"`), `${theme} ${id}`)
    }
    assert.match(html, /“Cancel payment”/)
    assert.ok(built.pictures >= SCENES.length * 2)
  })

  it('finds what one looks for', () => {
    const index = MiniSearch.loadJSON(read('search.json'), SEARCH_OPTIONS)
    const first = (text: string): unknown => index.search(text)[0]?.id
    assert.equal(first('replace a key'), 'operations.html#replace-a-key')
    assert.equal(first('theming'), 'theming.html')
    assert.equal(first('order_conflict price'), 'price-safety.html#what-holds-a-price-in-place')
  })

  it('has a list for language models, by the rules of llms.txt', () => {
    const text = read('llms.txt')
    assert.match(text, /^# crypto-checkout\n\n> .+\n\n[^#]+\n\n## Start\n\n- \[/)
    const lines = text
      .split('\n## ')
      .slice(1)
      .flatMap((part) => part.split('\n').slice(2))
      .filter(Boolean)
    for (const line of lines) {
      const [, link = ''] = /^- \[[^\]]+\]\(([^)#]+)[^)]*\): .+$/.exec(line) ?? []
      assert.ok(link !== '' && existsSync(join(folder, link)), line)
    }
    assert.equal(lines.length, GROUPS.flatMap(({ entries }) => entries).length)
    assert.match(text, /\n## Optional\n/)
    assert.ok(read('llms-full.txt').includes('# Price safety'))
  })

  it('is served by its own server, and nothing beside it', () => {
    assert.equal(findFile(folder, '/'), join(folder, 'index.html'))
    assert.equal(findFile(folder, '/quickstart.html'), join(folder, 'quickstart.html'))
    assert.equal(findFile(folder, '/../../etc/passwd'), undefined)
    assert.equal(findFile(folder, '/nothing.html'), undefined)
  })

  it('does not get into the package', () => {
    const { files: packed } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as {
      files: string[]
    }
    assert.ok(packed.every((path) => !/^(dist-docs|docs|dist\/docs)/.test(path)))
    assert.match(readFileSync(`${ROOT}.gitignore`, 'utf8'), /^dist-docs\/$/m)
  })
})

describe('the list before going live', () => {
  it('leads to every scenario of the playground, and to none that is not there', () => {
    const source = readFileSync(
      `${ROOT}demo/shop/scripts/playground/scenarios/scenarios.ts`,
      'utf8',
    )
    const known = [...source.matchAll(/^ {4}id: '([\w-]+)'/gm)].map(([, id = '']) => id)
    const text = readFileSync(`${ROOT}docs/going-live.md`, 'utf8')
    const named = [...text.matchAll(/\/playground\?scenario=([\w-]+)/g)].map(([, id = '']) => id)
    assert.ok(known.length > 10)
    assert.deepEqual(new Set(named), new Set(known))
  })
})

describe('the figures of a deployment', () => {
  it('are those that were measured', () => {
    const page = readFileSync(`${ROOT}docs/deployment.md`, 'utf8')
    const measured = ['performance', 'operations', 'faults']
      .map((name) => readFileSync(`${ROOT}docs/${name}.md`, 'utf8'))
      .join('\n')
    const rows = page.split('## One machine')[0]?.match(/^\|.+\|$/gm) ?? []
    const figures = rows.flatMap((row) => row.split('|')[2]?.match(/[\d,]+(?: (?:ms|kB))?/g) ?? [])
    assert.ok(figures.length > 6)
    for (const figure of figures) assert.match(measured, new RegExp(`\\b${figure}\\b`), figure)
  })
})

describe('Markdown', () => {
  it('has the anchors of GitHub', () => {
    const { sections } = renderMarkdown('x.md', '# One\n## `a_b`, & c: “d”\n## Twice\n## Twice\n')
    assert.deepEqual(
      sections.map(({ id }) => id),
      ['one', 'a_b--c-d', 'twice', 'twice-1'],
    )
  })

  it('refuses what would vanish', () => {
    assert.throws(
      () => renderMarkdown('x.md', '# One\nGive <requestId> here.\n'),
      /<requestId> is no tag/,
    )
    assert.throws(() => renderMarkdown('x.md', 'Text.\n'), /no title/)
  })
})
