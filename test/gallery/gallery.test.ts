/**
 * Every scene of the gallery, in every language: it gets there, it fits, it is accessible, nothing goes
 * wrong on the way, and it looks as it did when somebody last looked.
 * @module
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { TestContext } from 'node:test'
import type { AxeResults } from 'axe-core'
import type { Frame } from 'playwright-core'
import { LOCALES } from '../../demo/gallery/locales.ts'
import { KEY_SCENES, SCENES } from '../../demo/gallery/scenes.ts'
import { THEMES } from '../../demo/gallery/themes.ts'
import { AXE } from '../e2e/axe.ts'
import { findMisfits } from './fit.ts'
import { clearPictures, comparePicture, isUpdate, knownPictures } from './picture.ts'
import { openMuseum } from './wall.ts'
import type { Wall } from './wall.ts'

const WIDTHS = [280, 360, 640]
const WALL_MS = 240_000
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
/** Where words are longest. */
const WORDY_SCENES = [
  'networks',
  'transfer',
  'on-the-phone',
  'stop-waiting',
  'dialog-close',
  'review-unconfirmed',
]

/** A wall of scenes, and the widths that it is seen in. */
interface Show {
  readonly language: string
  readonly theme: string
  readonly scenes?: readonly string[]
  readonly widths: readonly number[]
}

const SHOWS: readonly Show[] = [
  ...THEMES.map(({ name: theme, className }) => ({
    language: 'en',
    theme,
    ...(className && { scenes: KEY_SCENES }),
    widths: className ? [360] : WIDTHS,
  })),
  ...LOCALES.filter(({ lang }) => lang !== 'en').map(({ lang: language }) => ({
    language,
    theme: 'light',
    widths: [280, 360],
  })),
  ...LOCALES.filter(({ dir }) => dir === 'rtl').map(({ lang: language }) => ({
    language,
    theme: 'dark',
    widths: [360],
  })),
]

/** Of which scenes there are pictures: all of both directions, and of the rest what tells most. */
function picturedIn({ language, theme }: Show, width: number): readonly string[] {
  const all = SCENES.map(({ id }) => id)
  const name = `${language}-${theme}-${width}`
  if (['en-light-360', 'en-light-280', 'en-dark-360', 'ar-light-360'].includes(name)) return all
  if (language === 'en') return name === 'en-light-640' || width === 360 ? KEY_SCENES : []
  return width === 360 || language === 'ar' ? KEY_SCENES : WORDY_SCENES
}

/** `light-360/paid`, and `ar-light-360/paid`. */
const pictureName = ({ language, theme }: Show, width: number, scene: string): string =>
  `${language === 'en' ? '' : `${language}-`}${theme}-${width}/${scene}`

clearPictures()
const museum = await openMuseum()
after(() => museum.close())

for (const show of SHOWS) {
  const { language, theme, scenes, widths } = show
  test(`${theme}, ${language}`, { timeout: WALL_MS }, async (t) => {
    const wall = await museum.open(theme, scenes, language)
    await t.test('every scene gets there', () => assert.deepEqual(wall.stuck, []))
    for (const width of widths) {
      await wall.resize(width)
      await t.test(`everything fits into ${width} px`, async () => {
        assert.deepEqual(await wall.page.evaluate(findMisfits), [])
      })
      if (width === 360) await audit(t, wall)
      await comparePictures(t, wall, show, width)
    }
    await t.test('nothing goes wrong', () => assert.deepEqual(wall.problems, []))
    await wall.close()
  })
}

test('there is no picture of anything else', { skip: isUpdate }, () => {
  const known = SHOWS.flatMap((show) =>
    show.widths.flatMap((width) =>
      picturedIn(show, width).map((scene) => pictureName(show, width, scene)),
    ),
  )
  assert.deepEqual(
    knownPictures().filter((name) => !known.includes(name)),
    [],
  )
})

async function comparePictures(
  t: TestContext,
  wall: Wall,
  show: Show,
  width: number,
): Promise<void> {
  for (const scene of picturedIn(show, width)) {
    if (!wall.scenes.includes(scene)) continue
    const name = pictureName(show, width, scene)
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
