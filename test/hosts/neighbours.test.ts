/**
 * Pages on which the element is not alone: another Lit, another version of ours, another library with
 * our name, and several of them.
 * @module
 */
import assert from 'node:assert/strict'
import type { Page } from 'playwright-core'
import { startHosts } from './harness.ts'
import { elementOn, isPaid, pays, picksCoin, seesChoice, seesPaid } from './paying.ts'

const { world, situation } = await startHosts()

situation('another Lit: both work, before and after the payment', async ({ page, open }) => {
  const { order } = await open('/hosts/other-lit')
  const counters = page.getByRole('button', { name: /Stickers/ })
  await counters.first().click()
  await pays(elementOn(page), world, order)
  await counters.last().click()
  await counters.last().click()
  assert.deepEqual(await counters.allTextContents(), ['Stickers: 1', 'Stickers: 2'])
})

situation('an older version of ours stays, and nothing is said', async ({ page, open }) => {
  await open('/hosts/older')
  await page.getByText('An older version', { exact: true }).waitFor()
  assert.equal(await elementOn(page).getByRole('button').count(), 0)
})

situation('where our name is taken, another name: paid', async ({ page, open }) => {
  const { order } = await open('/hosts/taken')
  await pays(elementOn(page, 'lantern-checkout'), world, order)
  assert.equal(await elementOn(page).textContent(), 'Another library')
})

situation(
  'where our name is taken and nobody said so, the console does',
  async ({ page, open }) => {
    await open('/hosts/taken-unnamed')
    await page.getByText('Another library').waitFor()
  },
  { expected: [/^crypto-checkout: <crypto-checkout> belongs to another library/] },
)

situation('the script twice, each with its hash: paid', async ({ page, open }) => {
  const { order } = await open('/hosts/twice')
  assert.equal(await page.locator('script[integrity]').count(), 2)
  await pays(elementOn(page), world, order)
})

situation('the script twice, under two names: both work', async ({ page, open }) => {
  await open('/hosts/two-names')
  await seesChoice(elementOn(page))
  await seesChoice(elementOn(page, 'lantern-checkout'))
})

situation(
  'the script twice, under two names, without duplicates: the second does not run',
  async ({ page, open }) => {
    await open("/hosts/two-names?without='allow-duplicates'")
    await seesChoice(elementOn(page))
    const isSecond = await page.evaluate(() => customElements.get('lantern-checkout') !== undefined)
    assert.equal(isSecond, false)
  },
  { expected: [/breach: trusted-types/, /./] },
)

situation('modules first, then the script tag: paid, on one Lit', async ({ page, open }) => {
  const { order } = await open('/hosts/modules-first')
  await pays(elementOn(page), world, order)
  assert.equal(await isOfModules(page), true)
})

situation('the script tag first, then modules: paid', async ({ page, open }) => {
  const { order } = await open('/hosts/modules-second')
  await pays(elementOn(page), world, order)
  assert.equal(await page.locator('html[data-modules=run]').count(), 1)
  assert.equal(await isOfModules(page), false)
})

situation('two for one order: one checkout, and both say the same', async ({ page, open }) => {
  const { order } = await open('/hosts/two-same')
  const [first, second] = [elementOn(page, '#first'), elementOn(page, '#second')]
  await seesChoice(second)
  await picksCoin(first)
  await second.getByRole('heading', { name: 'Send USDT on TRON' }).waitFor()
  const gaps = await gapsOf(page, 8000)
  assert.ok(gaps.length > 0 && Math.min(...gaps) > 1000, `asked after ${gaps.join()} ms`)
  await isPaid(first, world, order)
  await seesPaid(second)
  const { payments } = await world.merchantSees(order, 'paid')
  assert.equal(payments.length, 1)
  for (const id of ['first', 'second'])
    assert.deepEqual(await linesOf(page, id, 'cc-paid'), [`${id} cc-paid paid`])
})

situation('two orders: each is paid for itself', async ({ page, open }) => {
  const { order, other } = await open('/hosts/two-orders')
  const [first, second] = [elementOn(page, '#first'), elementOn(page, '#second')]
  await picksCoin(first)
  await picksCoin(second)
  await isPaid(second, world, other)
  await first.getByRole('heading', { name: 'Send USDT on TRON' }).waitFor()
  assert.deepEqual(await linesOf(page, 'first', 'cc-paid'), [])
  await isPaid(first, world, order)
  assert.deepEqual(await linesOf(page, 'first', 'cc-paid'), ['first cc-paid paid'])
  assert.deepEqual(await linesOf(page, 'second', 'cc-paid'), ['second cc-paid paid'])
})

/** Milliseconds from one question to the next, whoever asks. */
async function gapsOf(page: Page, ms: number): Promise<readonly number[]> {
  const times: number[] = []
  page.on('request', (request) => {
    if (request.url().includes('/v1/checkouts')) times.push(Date.now())
  })
  await page.waitForTimeout(ms)
  return times.slice(1).map((time, index) => time - (times[index] ?? 0))
}

const linesOf = (page: Page, id: string, type: string): Promise<string[]> =>
  page
    .locator('#log li')
    .filter({ hasText: `${id} ${type}` })
    .allTextContents()

/** The script-tag file shortens the names that nobody outside sees. */
const isOfModules = (page: Page): Promise<boolean> =>
  page.evaluate(() => 'environment' in (document.querySelector('crypto-checkout') ?? {}))
