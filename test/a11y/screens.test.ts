/**
 * Every screen as it is read: its accessibility tree, compared with the one that somebody has read.
 * @module
 */
import { test } from 'node:test'
import { SCENES } from '../../demo/gallery/scenes.ts'
import { openStage } from './stage.ts'
import { compare, treeOf } from './transcript.ts'

test('every screen reads as it did when somebody last read it', { timeout: 120_000 }, async () => {
  const stage = await openStage()
  const { page } = await stage.openAll()
  const screens: string[] = []
  for (const { id, title, frame } of SCENES) {
    const scene = page.locator(`[data-scene="${id}"]`)
    const card = (frame ? scene.frameLocator('iframe') : scene).locator('crypto-checkout')
    // the tree of the tool, not the browser's, leaves out what stands in `display: contents`
    await card.evaluate((host: HTMLElement) => (host.style.display = 'block'))
    const tree = await treeOf(card)
    screens.push([`${title} (${id})`, ...tree].join('\n'))
  }
  await stage.close()
  compare('screens', screens.join('\n\n'))
})
