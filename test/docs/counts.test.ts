/**
 * Counts, versions and ports that the documents name, and how long the short ones may be.
 * @module
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { THEME_NAMES } from '../../demo/gallery/themes.ts'
import { ROOT } from './blocks.ts'
import { PROSE_PAGES } from './prose.ts'

const NUMBERS = 'no one two three four five six seven eight nine ten eleven twelve'.split(' ')
const read = (path: string): string => readFileSync(ROOT + path, 'utf8')

describe('what the documents count', () => {
  const playground = 'demo/shop/scripts/playground'
  const features = read('docs/features.md')

  it('docs/features.md: scenarios, and places that there is code for', () => {
    const scenarios = read(`${playground}/scenarios/scenarios.ts`).match(/^ {4}id: '/gm)
    assert.match(features, new RegExp(`\\| ${scenarios?.length}, with each provider`))
    const lists = read(`${playground}/snippets/index.ts`).matchAll(/Snippet\[\] = \[([^\]]+)\]/g)
    const places = [...lists].flatMap(([, list = '']) => list.split(','))
    assert.match(features, new RegExp(`code for ${NUMBERS[places.length]} places`))
    assert.match(features, new RegExp(`${NUMBERS[THEME_NAMES.length]} themes of CSS`))
  })

  it('docs/runtimes.md: what it was tried on', () => {
    const page = read('docs/runtimes.md')
    const versions = (file: string): Readonly<Record<string, string>> =>
      (JSON.parse(read(file)) as { devDependencies: Record<string, string> }).devDependencies
    const { bun = '', deno = '' } = versions('examples/runtimes/package.json')
    assert.match(page, new RegExp(`\\| Bun ${bun.replace(/\.\d+$/, '')} `))
    assert.match(page, new RegExp(`\\| Deno ${deno.replace(/\.\d+$/, '')} `))
    const { node = '' } = versions('package.json')
    for (const [image, version] of page.matchAll(/node:(\d[\d.]+)-alpine/g)) {
      assert.equal(version, node)
      assert.ok(read('Dockerfile').includes(image))
    }
  })

  it('the demo’s ports', () => {
    const [, ports = ''] = /const USUAL = \{(.+)\}/.exec(read('demo/stack.ts')) ?? []
    const of = (name: string): string => new RegExp(`${name}: (\\d+)`).exec(ports)?.[1] ?? ''
    for (const page of ['README.md', 'docs/providers.md']) {
      const [, port] = /^M=http:\/\/localhost:(\d+)\/v1\/merchant$/m.exec(read(page)) ?? []
      assert.equal(port, of('merchant'), page)
    }
  })

  it('what is short stays short', () => {
    const lines = (path: string): number => read(path).trimEnd().split('\n').length
    const most = (path: string): number =>
      path === 'README.md' ? 150 : path === 'ARCHITECTURE.md' ? 200 : 40
    const short = PROSE_PAGES.filter((path) => /^(README|ARCHITECTURE)|decisions\//.test(path))
    assert.deepEqual(
      short.filter((path) => lines(path) > most(path)),
      [],
    )
  })
})
