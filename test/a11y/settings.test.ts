/**
 * The browser as its owner has set it up: no motion, colours of one's own, 400 % of zoom, other spacing of
 * text, a screen on its side, another language.
 * @module
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { PNG } from 'pngjs'
import { findMisfits } from '../gallery/fit.ts'
import { focusOf, tabThrough } from './focus.ts'
import { inEveryCard, openStage } from './stage.ts'

/** 1280 × 1024 at 400 %. */
const ZOOMED = { viewport: { width: 320, height: 256 } }
const SIDEWAYS = { viewport: { width: 740, height: 320 } }
const FORCED = { forcedColors: 'active' } as const
const TEST_MS = 120_000

const stage = await openStage()
after(() => stage.close())

for (const scene of ['loading', 'starting', 'waiting', 'processing', 'transfer', 'said-paid']) {
  test(`nothing moves where nothing shall: ${scene}`, async () => {
    const moving = await stage.open(scene, { reducedMotion: 'no-preference' })
    assert.ok((await countAnimations(moving.page)) > 0, 'there is something that could')
    await moving.close()
    const still = await stage.open(scene, { reducedMotion: 'reduce' })
    assert.equal(await countAnimations(still.page), 0)
    await still.close()
  })
}

test('in forced colours, what can be operated has an edge or looks like a link', async () => {
  const { page, close } = await stage.openAll(FORCED)
  const bare = await inEveryCard(page, (root, scene) =>
    [...root.querySelectorAll<HTMLElement>('button, input, a')]
      .filter((each) => each.checkVisibility())
      .filter((each) => {
        const { borderTopWidth, borderTopColor, textDecorationLine, appearance } =
          getComputedStyle(each)
        const card = root.querySelector('.card')
        const behind = card ? getComputedStyle(card).backgroundColor : ''
        const hasEdge = parseFloat(borderTopWidth) > 0 && borderTopColor !== behind
        const isIcon = each.querySelector('svg') !== null
        const isBox = appearance !== 'none' && each instanceof HTMLInputElement
        return !hasEdge && !isIcon && !isBox && !textDecorationLine.includes('underline')
      })
      .map((each) => `${scene}: ${each.textContent.trim()}`)
      // the choice between two: the group has an edge, and what is chosen has one of its own
      .filter((each) => !/: (Wallet link|Address only)$/.test(each)),
  )
  assert.deepEqual(bare, [])
  await close()
})

test('in forced colours, what is chosen is told from what is not, and from what has the focus', async () => {
  const { page, card, close } = await stage.open('transfer-with-a-wallet-link', FORCED)
  const chosen = card.getByRole('button', { name: 'Wallet link', exact: true })
  const other = card.getByRole('button', { name: 'Address only' })
  const edges = await Promise.all(
    [chosen, other].map((each) => each.evaluate((it) => getComputedStyle(it).borderTopWidth)),
  )
  assert.deepEqual(edges, ['2px', '0px'])
  assert.equal(await chosen.evaluate((it) => getComputedStyle(it).outlineStyle), 'none')
  await card.getByRole('button', { name: /Enlarge/ }).focus()
  await page.keyboard.press('Tab')
  assert.deepEqual(await focusOf(page), { what: 'button: Wallet link', flaw: null })
  await close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`in forced colours a code stays black on white, and every ring can be seen: ${colorScheme}`, async () => {
    const options = { ...FORCED, colorScheme, theme: colorScheme }
    const { page, card, close } = await stage.open('transfer-with-a-wallet-link', options)
    const code = card.locator('[part=qr]')
    const { all, edge } = coloursOf(await code.screenshot())
    assert.deepEqual(all, ['#000000', '#ffffff'])
    assert.equal(edge, '#ffffff', 'it is not turned inside out')
    await card.locator('h2').focus()
    const stops = await tabThrough(page)
    assert.deepEqual(
      stops.filter(({ flaw }) => flaw),
      [],
    )
    assert.ok(stops.length > 8)
    await close()
  })
}

for (const [name, options, gallery] of [
  ['at 400 %', ZOOMED, 280],
  ['on a screen that lies on its side', SIDEWAYS, 640],
] as const) {
  test(
    `${name} every scene fits, and none has to be moved sideways`,
    { timeout: TEST_MS },
    async () => {
      const { page, close } = await stage.openAll({ ...options })
      await page.evaluate((width) => {
        document.documentElement.dataset['width'] = String(width)
      }, gallery)
      assert.deepEqual(await page.evaluate(findMisfits), [])
      const pinned = await inEveryCard(page, (root, scene) =>
        [...root.querySelectorAll('*')]
          .filter((each) => getComputedStyle(each).position === 'fixed')
          .filter((each) => each.localName !== 'dialog')
          .map((each) => `${scene}: ${each.className}`),
      )
      assert.deepEqual(pinned, [], 'nothing stays in the way')
      await close()
    },
  )

  for (const scene of ['choose-among-many', 'questions', 'transfer-with-a-wallet-link', 'cancel']) {
    test(`${name} all of it can be reached by Tab, and is seen then: ${scene}`, async () => {
      const { page, card, close } = await stage.open(scene, options)
      const { clientWidth, scrollWidth } = await page.evaluate(sizes)
      assert.ok(scrollWidth <= clientWidth, `${scrollWidth} px in ${clientWidth}`)
      await card.locator('h2').focus()
      const flaws = (await tabThrough(page)).filter(({ flaw }) => flaw)
      assert.deepEqual(flaws, [])
      await close()
    })
  }

  test(`${name} a dialog is scrolled to its end, and can be closed`, async () => {
    const { page, card, close } = await stage.open('dialog-transfer', options)
    await card.locator('h2').focus()
    for (let steps = 0; steps < 20; steps += 1) {
      await page.keyboard.press('Tab')
      const { what, flaw } = await focusOf(page)
      if (/^(button|a|input)/.test(what)) assert.equal(flaw, null, what)
      if (what === 'button: Close') break
    }
    assert.equal((await focusOf(page)).what, 'button: Close')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    assert.equal((await focusOf(page)).what, 'button: Close', 'asked first')
    await page.keyboard.press('Enter')
    assert.equal(await card.locator('dialog[open]').count(), 0)
    await close()
  })
}

for (const width of [280, 360]) {
  test(
    `with the spacing of WCAG 1.4.12 nothing is cut off, or lies on another: ${width} px`,
    { timeout: TEST_MS },
    async () => {
      const { page, close } = await stage.openAll({ viewport: { width: 720, height: 2000 } })
      await page.evaluate((to) => {
        document.documentElement.dataset['width'] = String(to)
      }, width)
      const cards = await inEveryCard(page, (root, scene) => {
        const sheet = new (root.ownerDocument.defaultView ?? window).CSSStyleSheet()
        sheet.replaceSync(`
        * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
        p { margin-block-end: 2em !important }`)
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
        return [scene]
      })
      assert.ok(cards.length > 60)
      assert.deepEqual(await page.evaluate(findMisfits), [])
      await close()
    },
  )
}

for (const [language, direction] of [
  ['en', 'ltr'],
  ['tr', 'ltr'],
  ['ru', 'ltr'],
  ['uk', 'ltr'],
  ['ar', 'rtl'],
] as const) {
  test(`the card says its language and direction: ${language}`, async () => {
    const { card, close } = await stage.open('transfer', { language })
    const said = await card
      .locator('section')
      .evaluate((it) => [(it as HTMLElement).lang, (it as HTMLElement).dir])
    assert.deepEqual(said, [language, direction])
    const values = card.locator('.sum bdi, .address')
    assert.equal(await values.count(), 2)
    for (const value of await values.all())
      assert.equal(await value.evaluate((it) => getComputedStyle(it).direction), 'ltr')
    await close()
  })
}

/** Runs in the page. */
function sizes(): Readonly<Record<'clientWidth' | 'scrollWidth', number>> {
  const { clientWidth, scrollWidth } = document.documentElement
  return { clientWidth, scrollWidth }
}

/** Of the page, and inside of the element. */
function countAnimations(page: Page): Promise<number> {
  return page.evaluate(() => {
    const root = document.querySelector('crypto-checkout')?.shadowRoot
    return new Set([...document.getAnimations(), ...(root?.getAnimations() ?? [])]).size
  })
}

/** Those that more than a few pixels have, not the edges between them; and the one of the quiet zone. */
function coloursOf(picture: Buffer): { readonly all: readonly string[]; readonly edge: string } {
  const { data, width, height } = PNG.sync.read(picture)
  const colourAt = (at: number): string => `#${data.subarray(at, at + 3).toString('hex')}`
  const counts = new Map<string, number>()
  for (let at = 0; at < data.length; at += 4) {
    const colour = colourAt(at)
    counts.set(colour, (counts.get(colour) ?? 0) + 1)
  }
  const all = [...counts].filter(([, count]) => count > width * height * 0.05)
  return {
    all: all.map(([colour]) => colour).toSorted(),
    edge: colourAt((6 * width + Math.floor(width / 2)) * 4),
  }
}
