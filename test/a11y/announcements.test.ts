/**
 * What is said by itself: the time at four moments, a copy, an error, each once, and by a region that was
 * there before its words.
 * @module
 */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Page } from 'playwright-core'
import { listen, takeSaid } from './hearing.ts'
import type { Said } from './hearing.ts'
import { openStage } from './stage.ts'
import type { SceneOptions, Shown } from './stage.ts'

const stage = await openStage()
after(() => stage.close())

const before: SceneOptions['before'] = (page) => listen(page.context())
const TEST_MS = 60_000

test(
  'the time left is said at 3 minutes, 1 minute, 30 seconds and its end, and at no other time',
  { timeout: TEST_MS },
  async () => {
    const { page, close } = await openTimed('transfer')
    const said: string[] = []
    for (let left = 15 * 60; left > -5;) {
      const step = left > 200 ? 10 : 1
      await page.clock.runFor(step * 1000)
      left -= step
      said.push(...(await takeSaid(page)).map(({ text }) => text))
    }
    assert.equal(
      said.join('; ').replaceAll(/59|58/g, '60').replaceAll(/29|28/g, '30'),
      '3 minutes left; 60 seconds left; 30 seconds left; Time is up: please do not send any more.',
    )
    await page.unrouteAll({ behavior: 'ignoreErrors' })
    await close()
  },
)

test('a countdown of which nothing is said is no live region', async () => {
  const { card, close } = await stage.open('transfer')
  const isLive = await card
    .locator('[role=timer]')
    .evaluate((timer) => timer.closest('[aria-live], [role=status], [role=alert]') !== null)
  assert.equal(isLive, false)
  await close()
})

test('a copy is said, each time anew', { timeout: TEST_MS }, async () => {
  const { page, card, close } = await stage.open('transfer', { before })
  await takeSaid(page)
  const copy = card.getByRole('button', { name: 'Copy: Amount to send, USDT' })
  for (let time = 0; time < 2; time += 1) {
    await copy.press('Enter')
    await card.getByText('Copied: Amount to send, USDT').waitFor()
    assert.deepEqual(await texts(page), ['status: Copied: Amount to send, USDT'])
    await card.getByText('Copied:').waitFor({ state: 'detached' })
  }
  await close()
})

test('what is said is silent again soon: it is not read as part of the next screen', async () => {
  const { page, card, close } = await stage.open('waiting', { before })
  await card.getByRole('button', { name: 'Check now' }).press('Enter')
  const region = card.getByRole('status')
  await page.waitForFunction(() => {
    const root = document.querySelector('crypto-checkout')?.shadowRoot
    return root?.querySelector('[role=status]')?.textContent === 'Looking for your payment…'
  })
  await page.waitForFunction(() => {
    const root = document.querySelector('crypto-checkout')?.shadowRoot
    return root?.querySelector('[role=status]')?.textContent === ''
  })
  assert.equal(await region.count(), 1, 'the region itself stays')
  await close()
})

test('a search that finds nothing says so', async () => {
  const { page, card, close } = await stage.open('choose-among-many', { before })
  await card.getByRole('searchbox').focus()
  await page.keyboard.type('sol')
  assert.deepEqual(await texts(page), [])
  await page.keyboard.type('x')
  await card.getByText('No coin matches.').first().waitFor()
  assert.deepEqual(await texts(page), ['status: No coin matches.'])
  await close()
})

for (const [scene, words] of [
  ['declined', /^This way to pay was declined/],
  ['not-available', /^This way to pay is not available now/],
  ['too-many-attempts', /^Too many attempts/],
  ['in-progress', /^A payment is already on its way/],
  ['offline', /^You are offline/],
] as const) {
  test(`an error is an alert, and said once: ${scene}`, async () => {
    const { page, close } = await stage.open(scene, { before })
    const alerts = (await takeSaid(page)).filter(({ role }) => role === 'alert')
    assert.equal(alerts.length, 1, JSON.stringify(alerts))
    assert.match(alerts[0]?.text ?? '', words)
    assert.equal(alerts[0]?.isSudden, false, 'the region was there before')
    await close()
  })
}

test('a lost connection is an alert; with it back, the alert is gone and the focus is not', async () => {
  const { page, card, close } = await stage.open('connection-lost', { before })
  const alert = card.getByRole('alert')
  await alert.getByText(/^No connection/).waitFor()
  await alert.getByRole('button', { name: 'Try again' }).focus()
  await page.unrouteAll()
  await page.route('**/v1/checkouts/**', async (route) => {
    await route.continue({ headers: { ...route.request().headers(), 'x-gallery-turn': '0' } })
  })
  await page.keyboard.press('Enter')
  await alert.getByText(/^No connection/).waitFor({ state: 'detached' })
  assert.equal(await focusedName(card), 'Send USDT on TRON')
  await close()
})

for (const [scene, words] of [
  ['unreachable', 'We cannot reach the payment service'],
  ['not-found', 'We cannot find this order'],
  ['too-late', 'This order has expired'],
] as const) {
  test(`what keeps the checkout from starting is said: ${scene}`, async () => {
    const { page, close } = await stage.open(scene, { before })
    assert.deepEqual(await texts(page), [`status: ${words}`])
    await close()
  })
}

test('a checkout that is there when the page comes says nothing by itself', async () => {
  for (const scene of ['choose-a-coin', 'transfer', 'paid']) {
    const { page, close } = await stage.open(scene, { before })
    assert.deepEqual(await takeSaid(page), [])
    await close()
  }
})

/** Its clock is moved by the test, and the proxy's with it. */
async function openTimed(scene: string): Promise<Shown> {
  let start = 0
  return stage.open(scene, {
    async before(page) {
      await listen(page.context())
      await page.clock.install()
      await page.route('**/v1/checkouts/**', async (route) => {
        const answer = await route.fetch()
        const body = (await answer.json()) as { serverNow: string }
        const now = await page.evaluate(() => Date.now())
        start ||= now - Date.parse(body.serverNow)
        await route.fulfill({
          response: answer,
          json: { ...body, serverNow: new Date(now - start).toISOString() },
        })
      })
    },
  })
}

const focusedName = (card: Shown['card']): Promise<string> =>
  card.evaluate((host) => host.shadowRoot?.activeElement?.textContent.trim() ?? 'nothing')

async function texts(page: Page): Promise<readonly string[]> {
  const said: readonly Said[] = await takeSaid(page)
  assert.deepEqual(
    said.filter(({ isSudden }) => isSudden),
    [],
  )
  return said.map(({ role, text }) => `${role}: ${text}`)
}
