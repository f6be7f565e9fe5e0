/**
 * Each theme: nothing but what the element promises, delivered with the package, and legible.
 * @module
 */
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, test } from 'node:test'
import { KEY_SCENES } from '../../demo/gallery/scenes.ts'
import { THEMES, THEME_NAMES } from '../../demo/gallery/themes.ts'
import { readContrasts } from './contrast.ts'
import { openMuseum } from './wall.ts'

const ROOT = join(import.meta.dirname, '../..')
const SOURCES = join(ROOT, 'widget/themes')
/** What the element's own description names: after `@csspart` and `@cssproperty`, or in backticks. */
const PROMISED = readFileSync(join(ROOT, 'widget/crypto-checkout.ts'), 'utf8')
/** In all scenes of a theme there is far more to read than this. */
const FEWEST_TEXTS = 80

/** Where the colours of warnings, errors and questions are. */
const READ = [
  ...KEY_SCENES,
  'last-minute',
  'time-up',
  'cancel',
  'failed',
  'connection-lost',
  'enlarged',
]

const RULE = /([^{}]+)\{([^{}]*)\}/g

const museum = await openMuseum()
after(() => museum.close())

test('every theme is in the gallery, and every theme of the gallery is there', () => {
  assert.deepEqual(
    readdirSync(SOURCES).toSorted(),
    THEME_NAMES.map((name) => `${name}.css`).toSorted(),
  )
})

test('the package brings the themes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-themes-'))
  try {
    spawnSync(process.execPath, [join(ROOT, 'scripts/copy-themes.mjs'), join(folder, 'themes')])
    assert.deepEqual(readdirSync(join(folder, 'themes')), readdirSync(SOURCES))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
  const { exports, files, scripts } = JSON.parse(
    readFileSync(join(ROOT, 'package.json'), 'utf8'),
  ) as Record<'exports' | 'scripts', Record<string, string>> & { files: string[] }
  assert.equal(exports['./themes/*.css'], './dist/themes/*.css')
  assert.ok(files.includes('dist/themes'))
  assert.match(scripts['build'] ?? '', /copy-themes\.mjs/)
})

for (const name of THEME_NAMES) {
  test(`${name} sets only documented properties and parts, and of its class alone`, () => {
    assert.deepEqual(findBreaches(name, readFileSync(join(SOURCES, `${name}.css`), 'utf8')), [])
  })
}

test('a theme that reaches further is found', () => {
  const text = '.cc-x { --cc-accent: red } crypto-checkout.cc-x { --_bad: red; --cc-colour: red }'
  assert.equal(
    findBreaches('x', `${text} crypto-checkout.cc-x::part(inside) { color: red }`).length,
    4,
  )
})

for (const { name } of THEMES) {
  test(`${name}: every text can be read`, async () => {
    const wall = await museum.open(name, READ)
    assert.deepEqual(wall.stuck, [])
    const { texts, lines } = await wall.page.evaluate(readContrasts)
    await wall.close()
    assert.ok(texts.length > FEWEST_TEXTS, `${texts.length} texts`)
    const [enough, visible] = name === 'contrast' ? [7, 3] : [4.5, 0]
    const tell = ({ scene, text, ratio }: (typeof texts)[number]): string =>
      `${scene}: ${text.slice(0, 60)}: ${ratio.toFixed(2)}`
    assert.deepEqual(texts.filter(({ ratio }) => ratio < enough).map(tell), [])
    assert.deepEqual(lines.filter(({ ratio }) => ratio < visible).map(tell), [])
  })
}

function findBreaches(name: string, css: string): readonly string[] {
  const problems: string[] = []
  const text = css.replaceAll(/\/\*[^]*?\*\//g, '')
  for (const [, selectors = '', body = ''] of text.matchAll(RULE)) {
    const parts: string[] = []
    for (const selector of selectors.split(',').map((each) => each.trim())) {
      const own = new RegExp(
        `^crypto-checkout\\.cc-${name}(?:::part\\(([\\w -]+)\\)(?::[\\w-]+)?)?$`,
      )
      const found = own.exec(selector)
      if (!found) problems.push(`the selector ${selector}`)
      parts.push(...(found?.[1]?.split(' ') ?? []))
    }
    problems.push(...parts.filter((part) => !isPart(part)).map((part) => `the part ${part}`))
    if (parts.length > 0) continue
    for (const declaration of body.split(';').filter((each) => each.trim())) {
      const property = declaration.split(':')[0]?.trim() ?? ''
      if (!PROMISED.includes(`@cssproperty ${property} `)) problems.push(`the property ${property}`)
    }
  }
  return problems
}

/** `button-primary` in the description stands for the part `primary` of a `button`. */
function isPart(part: string): boolean {
  return new RegExp(`@csspart ${part} |\`(?:\\w+-)?${part}\``).test(PROMISED)
}
