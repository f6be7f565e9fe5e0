/**
 * Every scene of the gallery: it gets there, it fits, it is accessible, nothing goes wrong on the way,
 * and it looks as it did when somebody last looked.
 * @module
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, test } from 'node:test'
import type { TestContext } from 'node:test'
import type { AxeResults } from 'axe-core'
import type { Frame } from 'playwright-core'
import { KEY_SCENES, SCENES } from '../../demo/gallery/scenes.ts'
import { THEMES } from '../../demo/gallery/themes.ts'
import { findMisfits } from './fit.ts'
import { clearPictures, comparePicture, isUpdate, knownPictures } from './picture.ts'
import { openMuseum } from './wall.ts'
import type { Wall } from './wall.ts'

const WIDTHS = [280, 360, 640]
const WALL_MS = 240_000
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Its letters come from the machine's own fonts. */
const UNPICTURED = ['arabic']

/** Of which scenes there are pictures. */
function picturedIn(theme: string, width: number): readonly string[] {
  const name = `${theme}-${width}`
  const all = SCENES.map(({ id }) => id).filter((id) => !UNPICTURED.includes(id))
  if (['light-360', 'light-280', 'dark-360'].includes(name)) return all
  return name === 'light-640' || (width === 360 && theme !== 'dark') ? KEY_SCENES : []
}

clearPictures()
const museum = await openMuseum()
after(() => museum.close())

for (const { name: theme, className } of THEMES) {
  test(theme, { timeout: WALL_MS }, async (t) => {
    const wall = await museum.open(theme, className ? KEY_SCENES : undefined)
    await t.test('every scene gets there', () => assert.deepEqual(wall.stuck, []))
    for (const width of className ? [360] : WIDTHS) {
      await wall.resize(width)
      await t.test(`everything fits into ${width} px`, async () => {
        assert.deepEqual(await wall.page.evaluate(findMisfits), [])
      })
      if (width === 360) await audit(t, wall)
      await comparePictures(t, wall, theme, width)
    }
    await t.test('nothing goes wrong', () => assert.deepEqual(wall.problems, []))
    await wall.close()
  })
}

test('there is no picture of anything else', { skip: isUpdate }, () => {
  const known = THEMES.flatMap(({ name: theme }) =>
    WIDTHS.flatMap((width) => picturedIn(theme, width).map((id) => `${theme}-${width}/${id}`)),
  )
  assert.deepEqual(
    knownPictures().filter((name) => !known.includes(name)),
    [],
  )
})

async function comparePictures(
  t: TestContext,
  wall: Wall,
  theme: string,
  width: number,
): Promise<void> {
  for (const scene of picturedIn(theme, width)) {
    if (!wall.scenes.includes(scene)) continue
    const name = `${theme}-${width}/${scene}`
    await t.test(name, async () => {
      const problem = comparePicture(name, await wall.shoot(scene))
      assert.equal(problem, null, problem ?? '')
    })
  }
  await wall.showAll()
}

/** One look for the page and one for each frame. */
async function audit(t: TestContext, wall: Wall): Promise<void> {
  await t.test('no accessibility violation', async () => {
    const found = await Promise.all(wall.page.frames().map(violations))
    assert.deepEqual(found.flat(), [])
  })
}

async function violations(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(AXE)
  return frame.evaluate(async (values) => {
    const { axe } = window as unknown as {
      axe: { run(context: object, options: object): Promise<AxeResults> }
    }
    const found = await axe.run(
      { include: [['crypto-checkout']] },
      { resultTypes: ['violations'], iframes: false, runOnly: { type: 'tag', values } },
    )
    return found.violations.flatMap(({ id, nodes }) =>
      nodes.map(({ target, html }) => `${id}: ${JSON.stringify(target)} ${html.slice(0, 120)}`),
    )
  }, RULES)
}
