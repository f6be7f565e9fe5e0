/**
 * Everything that can be operated, in every scene: its size, its name, its order, and that nothing happens
 * before the finger is lifted.
 * @module
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { tabThrough } from './focus.ts'
import { inEveryCard, openStage } from './stage.ts'

/** WCAG 2.2, 2.5.8. */
const LEAST_PX = 24
/** In all scenes there is far more to operate than this. */
const FEWEST_CONTROLS = 300

const stage = await openStage()
const all = await stage.openAll()
after(() => stage.close())

for (const rem of ['16px', '10px'])
  test(`everything that can be operated is 24 px or more, either way, with a rem of ${rem}`, async () => {
    await all.page.evaluate((size) => (document.documentElement.style.fontSize = size), rem)
    await checkSizes()
    await all.page.evaluate(() => (document.documentElement.style.fontSize = ''))
  })

async function checkSizes(): Promise<void> {
  const sizes = await inEveryCard(all.page, (root, scene) =>
    [...root.querySelectorAll<HTMLElement>('button, a, input, summary')]
      .filter((each) => each.checkVisibility())
      .map((each) => {
        const { width, height } = (each.closest('label') ?? each).getBoundingClientRect()
        const name = each.getAttribute('aria-label') ?? each.textContent.trim()
        return `${Math.floor(Math.min(width, height))} px: ${scene}: ${each.localName} ${name}`
      }),
  )
  assert.ok(sizes.length > FEWEST_CONTROLS, `${sizes.length} of them`)
  assert.deepEqual(
    sizes.filter((each) => parseInt(each) < LEAST_PX),
    [],
  )
}

test('what is written on a control is in its name, and every control has one', async () => {
  const wrong = await inEveryCard(all.page, (root, scene) => {
    const textOf = (of: Element): string => {
      const copy = of.cloneNode(true) as Element
      for (const hidden of copy.querySelectorAll('[aria-hidden=true], svg')) hidden.remove()
      return copy.textContent.replaceAll(/\s+/g, ' ').trim()
    }
    return [...root.querySelectorAll<HTMLElement>('button, a, input, summary')]
      .filter((each) => each.checkVisibility())
      .filter((each) => {
        const name = each.getAttribute('aria-label')
        const text = textOf(each.closest('label') ?? each)
        return name === null ? !text : !name.includes(text)
      })
      .map((each) => `${scene}: <${each.localName} aria-label="${each.ariaLabel}">`)
  })
  assert.deepEqual(wrong, [])
})

test('the order of Tab is that of the page, and one title leads each screen', async () => {
  const odd = await inEveryCard(all.page, (root, scene) => {
    const ordered = root.querySelectorAll('[tabindex]:not([tabindex="0"], [tabindex="-1"])').length
    const titles = [...root.querySelectorAll('h2')].filter((each) => each.checkVisibility())
    const isEmpty = root.querySelector('.skeleton, dialog:not([open])') !== null
    const others = root.querySelectorAll('h1, h3, h4, h5, h6').length
    // a question before closing stands in place of the screen
    const wanted = isEmpty || scene === 'dialog-close' ? 0 : 1
    return ordered || others || titles.length !== wanted
      ? [`${scene}: ${ordered}, ${titles.length} titles, ${others}`]
      : []
  })
  assert.deepEqual(odd, [])
})

test('no two things have the same name and do different things', async () => {
  const twins = await inEveryCard(all.page, (root, scene) => {
    const names = [...root.querySelectorAll<HTMLElement>('button, a')]
      .filter((each) => each.checkVisibility())
      .map((each) => (each.getAttribute('aria-label') ?? each.textContent).trim())
    // the arrow and the button at the end; the cross and the answer to its question
    const known = scene === 'dialog-close' ? /^Close$/ : /^Pay another way$/
    return names
      .filter((name, index) => names.indexOf(name) !== index && !known.test(name))
      .map((name) => `${scene}: ${name}`)
  })
  assert.deepEqual(twins, [])
})

test('help is in the same place on every screen: the reference, its copy, the support', async () => {
  const places = await inEveryCard(all.page, (root, scene) => {
    const footer = root.querySelector('footer')
    if (!footer) return []
    const parts = [...footer.querySelectorAll('[part]')].map((each) => each.getAttribute('part'))
    const isLast = root.querySelector('section')?.lastElementChild === footer
    return [`${parts.join(', ')}${isLast ? '' : `, not last: ${scene}`}`]
  })
  assert.deepEqual([...new Set(places)].toSorted(), ['reference, copy, support', 'support'])
})

test('live regions are in every card from its first moment, also in one that is empty', async () => {
  const regions = await inEveryCard(all.page, (root, scene) => {
    const cards = root.querySelectorAll('section').length
    const roles = ['status', 'alert'].map((role) => root.querySelectorAll(`[role=${role}]`).length)
    return roles.every((count) => count === cards) ? [] : [`${scene}: ${roles.join()}`]
  })
  assert.deepEqual(regions, [])
})

for (const [scene, name, consequence] of [
  ['transfer', 'Cancel payment', '[part=confirm]'],
  ['choose-a-coin', /^Tether/, '[part=back]'],
  ['redirect', 'Continue on your phone', '[part=qr]'],
] as const) {
  test(`nothing happens while the button is down, nor when it is let go elsewhere: ${scene}`, async () => {
    const { page, card, close } = await stage.open(scene)
    const control = card.getByRole('button', { name })
    await control.scrollIntoViewIfNeeded()
    const { x, y, width, height } = (await control.boundingBox()) ?? {
      x: 0,
      y: 0,
      width: 0,
      height: 0,
    }
    await page.mouse.move(x + width / 2, y + height / 2)
    await page.mouse.down()
    await page.waitForTimeout(100)
    assert.equal(await card.locator(consequence).count(), 0, 'while it is down')
    await page.mouse.move(2, 2)
    await page.mouse.up()
    await page.waitForTimeout(100)
    assert.equal(await card.locator(consequence).count(), 0, 'let go elsewhere')
    await control.click()
    await card.locator(consequence).waitFor()
    await close()
  })
}

test('in a root that no script can look into, the browser reads the same', async () => {
  const { page, close } = await stage.open('choose-a-coin', {
    before: (opened) =>
      opened.addInitScript(() => {
        const attach = Element.prototype.attachShadow
        Element.prototype.attachShadow = function (options) {
          if (this.localName !== 'crypto-checkout') return attach.call(this, options)
          // the gallery looks inside: it is told where, and nobody else
          const root = attach.call(this, { ...options, mode: 'closed' })
          Object.defineProperty(this, 'shadowRoot', { value: root })
          return root
        }
      }),
  })
  const read = await readTree(page)
  for (const each of [
    'region: To pay',
    'heading: How would you like to pay?',
    'button: Tether USDT · 2 networks',
    'button: Copy: Reference',
  ])
    assert.ok(read.includes(each), each)
  await close()
})

test('a dialog is read by its name, and what stands behind it is not', async () => {
  const { page, close } = await stage.open('dialog', {
    before: (opened) =>
      opened.addInitScript(() =>
        addEventListener('load', () => document.body.append(document.createElement('button'))),
      ),
  })
  await page.evaluate(() => document.querySelector('body > button')?.append('behind'))
  const read = await readTree(page)
  assert.ok(read.includes('dialog: Pay with crypto'))
  assert.ok(read.includes('heading: How would you like to pay?'))
  assert.ok(read.includes('button: Close'))
  assert.ok(!read.includes('button: behind'))
  await close()
})

test('what is switched off is neither read as a button nor reached', async () => {
  const { page, close } = await stage.open('disabled')
  assert.deepEqual(
    (await readTree(page)).filter((each) => each.startsWith('button')),
    [],
  )
  assert.deepEqual(await tabThrough(page), [])
  await close()
})

/** Role and name of everything, as the browser gives them to a screen reader. */
async function readTree(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page)
  await session.send('Accessibility.enable')
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  return nodes
    .filter(({ ignored }) => !ignored)
    .map(({ role, name }) => `${String(role?.value)}: ${String(name?.value)}`)
}
