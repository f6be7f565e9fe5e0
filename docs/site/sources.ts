/**
 * What the site is made of: each page by its place in the repository and in the site, with its Markdown.
 * @module
 */
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { GROUPS } from './navigation.ts'
import { configurationPage } from './pages/configuration.ts'
import { DECISIONS, decisionsPage } from './pages/decisions.ts'
import { elementPage } from './pages/element.ts'
import type { Manifest } from './pages/element.ts'
import { httpPage } from './pages/http.ts'
import { merchantPage } from './pages/merchant.ts'
import { statesPage } from './pages/states.ts'
import { ROOT } from './root.ts'

export interface Source {
  /** In the repository. What is made of a file stands for that file: links to the one lead to the other. */
  readonly file: string
  /** Where its links start from. */
  readonly folder: string
  /** In the site. */
  readonly url: string
  readonly markdown: string
}

const MADE: Readonly<Record<string, { readonly url: string; make(): Promise<string> | string }>> = {
  '.env.example': { url: 'configuration.html', make: configurationPage },
  'proxy/operations.ts': { url: 'http.html', make: httpPage },
  'widget/crypto-checkout.ts': {
    url: 'element.html',
    make: async () => elementPage(await readManifest()),
  },
  'merchant/index.ts': { url: 'merchant-helpers.html', make: merchantPage },
  'demo/gallery/scenes.ts': { url: 'states.html', make: statesPage },
  'docs/decisions': { url: 'decisions/index.html', make: decisionsPage },
}

/** Every page that the menu or the list of decisions names. */
export async function readSources(): Promise<readonly Source[]> {
  const named = GROUPS.flatMap(({ entries }) => entries.map(({ file }) => file.split('#')[0] ?? ''))
  const files = [...new Set([...named, ...DECISIONS])]
  return Promise.all(
    files.map(async (file) => (MADE[file] ? await makePage(file) : readPage(file))),
  )
}

async function makePage(file: string): Promise<Source> {
  const made = MADE[file]
  if (!made) throw new Error(`nothing makes ${file}`)
  return { file, folder: '', url: made.url, markdown: await made.make() }
}

function readPage(file: string): Source {
  const url = file.replace(/^docs\//, '').replace(/\.md$/, '.html')
  return {
    file,
    folder: dirname(file),
    url: file.includes('/') ? url : url.toLowerCase(),
    markdown: readFileSync(ROOT + file, 'utf8'),
  }
}

const LANGUAGES: Readonly<Record<string, string>> = { '.mjs': 'js', '.tsx': 'ts', '.yml': 'yaml' }

/** A page for what a document links to and is none: a file as it is, a folder with what is in it. */
export function readLinked(file: string): Source {
  const path = join(ROOT, file)
  if (statSync(path).isDirectory()) {
    const names = readdirSync(path, { withFileTypes: true })
      .filter(({ name }) => !['node_modules', 'dist', 'README.md'].includes(name))
      .map((each) => `- \`${each.name}${each.isDirectory() ? '/' : ''}\``)
    const readme = join(path, 'README.md')
    const intro = existsSync(readme) ? readFileSync(readme, 'utf8') : `# ${file}`
    const markdown = `${intro}\n## Files\n\n${names.join('\n')}\n`
    return { file, folder: file, url: `source/${file}/index.html`, markdown }
  }
  const text = readFileSync(path, 'utf8')
  const url = `source/${file}.html`
  if (file.endsWith('.md')) return { file, folder: dirname(file), url, markdown: text }
  const language = LANGUAGES[extname(file)] ?? extname(file).slice(1)
  const markdown = `# ${basename(file)}\n\n\`${file}\`\n\n~~~~~${language}\n${text}\n~~~~~\n`
  return { file, folder: '', url, markdown }
}

/** Of the sources: the site needs no build before its own. */
async function readManifest(): Promise<Manifest> {
  const module = (await import(new URL('../../scripts/manifest.mjs', import.meta.url).href)) as {
    createManifest(): Manifest
  }
  return module.createManifest()
}
