/**
 * The playground: what is set is seen, stands in the URL and in the code; what happens is written down
 * without a secret; everything works by keyboard.
 * @module
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { findViolations } from './axe.ts'
import { choice, startFlows } from './harness.ts'

const { world, flow } = await startFlows()

const element = (page: Page) => page.locator('crypto-checkout')
const code = (page: Page, name: string) =>
  page.getByRole('region', { name: `Code: ${name}` }).locator('code')

async function type(page: Page, price: string): Promise<void> {
  const field = page.getByLabel('Price in lira')
  await field.selectText()
  await field.pressSequentially(price)
  await field.press('Enter')
}

flow('what is set is seen, and stands in the URL and in the code', async ({ page, open, sees }) => {
  await open('/playground')
  await sees('How would you like to pay?')
  await page.getByLabel('locale').selectOption('tr')
  await page.getByText('Custom properties').click()
  await page.getByLabel('--cc-accent', { exact: true }).fill('#0a7d55')
  await page.getByText('Texts', { exact: true }).click()
  await page.getByLabel('choose').fill('Hangi sikkeyle?')
  await page.getByLabel('Room for it').selectOption('360')
  await sees('Hangi sikkeyle?')
  const style = await element(page).evaluate((it) => it.style.getPropertyValue('--cc-accent'))
  assert.equal(style, '#0a7d55')
  assert.equal((await element(page).boundingBox())?.width, 360)
  const query = new URL(page.url()).searchParams
  assert.deepEqual(
    [query.get('locale'), query.get('--cc-accent'), query.get('text.choose'), query.get('width')],
    ['tr', '#0a7d55', 'Hangi sikkeyle?', '360'],
  )
  const shown = await code(page, 'Page').innerText()
  for (const part of ['locale="tr"', '--cc-accent: #0a7d55', 'Hangi sikkeyle?'])
    assert.ok(shown.includes(part), `${part} in\n${shown}`)

  await page.reload()
  await sees('Hangi sikkeyle?')
  assert.equal(await page.getByLabel('locale').inputValue(), 'tr')
})

flow(
  'a look keeps the order, another price makes a new one',
  async ({ page, open, sees }) => {
    let orders = 0
    page.on('request', (request) => {
      if (request.url().endsWith('/playground/api/orders')) orders += 1
    })
    await open('/playground')
    await sees('How would you like to pay?')
    await page.getByLabel('theme').selectOption('dark')
    await page.locator('crypto-checkout[theme=dark]').waitFor()
    await type(page, '500')
    await element(page).getByText('₺500').waitFor()
    assert.equal(orders, 2, 'one at each price')

    await type(page, 'much')
    await page.getByText('The amount is no decimal number').waitFor()
  },
  { expected: [/400 \(Bad Request\)/] },
)

for (const [source, words] of [
  ['product', '₺180'],
  ['amount', '₺45'],
  ['checkout', '₺460'],
] as const)
  flow(`the price comes from elsewhere: ${source}`, async ({ page, open }) => {
    await open('/playground')
    await page.getByLabel('Who says the price').selectOption(source)
    await element(page).getByText(words).first().waitFor()
    assert.equal(new URL(page.url()).searchParams.get('source'), source)
  })

test('orders and time are asked for in JSON, and refused with a reason', async () => {
  const post = (path: string, body: string, type = 'application/json') =>
    fetch(`${world.stack.shopUrl}/playground/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    })
  const before = world.stack.clock.offset()
  assert.equal((await post('clock', '{"advanceMs":60000}', 'text/plain')).status, 415)
  for (const body of [
    '',
    'null',
    '{}',
    '{"advanceMs":-1}',
    '{"advanceMs":"60000"}',
    '{"advanceMs":1e12}',
  ])
    assert.equal((await post('clock', body)).status, 400, body)
  for (const amount of ['0', '0.00', '1.234', '-1', '1e3', 5])
    assert.equal((await post('orders', JSON.stringify({ amount }))).status, 400, String(amount))
  assert.equal(world.stack.clock.offset(), before)
})

flow('one payment company alone is offered', async ({ page, open, sees }) => {
  await open('/playground')
  await page.getByLabel('Payment company').selectOption('redoya')
  await sees('How would you like to pay?')
  await choice(page, /^Card/).waitFor()
  assert.equal(await choice(page, /Tether/).count(), 0)
})

flow('the log tells who said what to whom, and no secret', async ({ page, open }) => {
  await open('/playground?provider=paycrypto')
  await page.locator('#scenario-pay').getByRole('button').click()
  await page.locator('#scenario-pay .steps .good').waitFor()
  const log = page.getByRole('region', { name: 'Log', exact: true })
  for (const line of ['event', 'page → proxy', 'proxy → company', 'company → proxy'])
    await log.locator('.line', { hasText: line }).first().waitFor()
  await log.getByText('cc-paid').waitFor()
  const text = (await log.textContent()) ?? ''
  const token = (await element(page).getAttribute('order-token')) ?? ''
  const { paycrypto } = await import('../../sandbox/credentials.ts').then(
    (it) => it.SANDBOX_CREDENTIALS,
  )
  const secrets = [token, ...Object.values(world.stack.secrets), ...Object.values(paycrypto)]
  for (const secret of secrets) assert.ok(!text.includes(secret), 'a secret in the log')
  assert.doesNotMatch(text, /eyJ[\w-]+\./)
  assert.match(text, /\[token\]/)
  await log.getByLabel('What is shown').selectOption('event')
  assert.equal(await log.locator('.line', { hasText: '→' }).count(), 0)
})

flow('the map lights the state that the order is in', async ({ page, open }) => {
  await open('/playground?provider=cryptom')
  const lit = page.locator('.node.now')
  await page.locator('.node.now[data-status=pending]').waitFor()
  await page.locator('#scenario-overpay').getByRole('button').click()
  await page.locator('.node.now[data-status=paid]').waitFor()
  assert.equal(await lit.count(), 1)
  await page.getByRole('img', { name: 'Now: paid. From here: refunding, refunded.' }).waitFor()
})

flow('time passes by the slider, for everybody', async ({ page, open, sees }) => {
  await open('/playground?provider=lipaykripto')
  await sees('How would you like to pay?')
  const before = world.stack.clock.offset()
  const slider = page.getByRole('slider')
  await slider.focus()
  await slider.press('End')
  await page.getByText('120 min').waitFor()
  await page.getByRole('button', { name: 'Jump' }).click()
  await page.getByText(/The demo is \d+ min ahead/).waitFor()
  assert.equal(world.stack.clock.offset() - before, 120 * 60_000)
  // an order that is signed after it is taken
  await page.locator('#scenario-pay').getByRole('button').click()
  await page.locator('#scenario-pay .steps .good').waitFor()
})

flow('a scenario is played by keyboard alone', async ({ page, open }) => {
  await open('/playground')
  await page.locator('#scenario-pay').waitFor()
  for (let tabs = 0; tabs < 80; tabs += 1) {
    await page.keyboard.press('Tab')
    const name = await page.evaluate(() => document.activeElement?.textContent.trim())
    if (name === 'Pay') break
  }
  await page.keyboard.press('Enter')
  await page.getByRole('status').getByText('As it should be: paid.').waitFor()
})

flow('the payer is played by hand, too', async ({ page, open, pickCoin, sees }) => {
  await open('/playground?provider=cryptom')
  await pickCoin(/Tether/, /TRON/)
  await sees(/Send USDT on TRON/)
  await page.getByText('By hand').click()
  const panel = page.getByRole('complementary', { name: /play the payer/i })
  await panel.getByRole('button', { name: 'Pay all' }).click()
  await sees('Payment complete')
  assert.equal(await panel.getByRole('article').count(), 1, 'payments of this order only')
})

flow(
  'the code is copied',
  async ({ page, open, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await open('/playground?source=product')
    const region = page.getByRole('region', { name: 'Code: Backend' })
    await region.getByRole('combobox').selectOption('php')
    await region.getByRole('button', { name: 'Copy' }).click()
    await region.getByRole('button', { name: 'Copied' }).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    assert.equal(copied.trim(), (await code(page, 'Backend').innerText()).trim())
  },
  { notInFirefox: 'its driver grants no permissions' },
)

for (const [scheme, width] of [
  ['light', 1440],
  ['dark', 320],
] as const)
  flow(
    `axe finds nothing, and nothing sticks out: ${scheme}, ${width} px`,
    async ({ page, open, sees }) => {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize({ width, height: 900 })
      await open('/playground')
      await sees('How would you like to pay?')
      await page.getByText('Custom properties').click()
      await page.locator('#scenario-pay').getByRole('button').click()
      await page.locator('#scenario-pay .steps .good').waitFor()
      assert.deepEqual(await findViolations(page), [])
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
    },
    { notInFirefox: 'its driver sets no colour schemes' },
  )
