/**
 * The demo's panel "Play the payer", and the demo as a process.
 * @module
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { choice, startFlows } from './harness.ts'
import { until } from './world.ts'

const { world, flow } = await startFlows()

flow('the payer is played from the panel, by keyboard alone', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place([{ product: 'dripper', quantity: 1 }])
  const other = await world.place([{ product: 'mug', quantity: 1 }])
  await shopper.open(checkoutUrl)
  await shopper.pickCoin(/Tether/, /TRON/)
  const panel = page.getByRole('complementary', { name: /play the payer/i })
  const part = panel.getByRole('button', { name: 'Pay part' })
  await part.waitFor()
  assert.equal(await panel.getByRole('article').count(), 1, 'payments of this order only')
  assert.equal(await world.merchant(other.orderId), undefined)

  await part.focus()
  await page.keyboard.press('Enter')
  await page.getByText('Part of the payment has arrived').first().waitFor()
  await panel.getByText('TRANSFERRED').waitFor()
  await panel.getByRole('button', { name: 'Pay all' }).focus()
  await page.keyboard.press('Space')
  await shopper.sees('Payment complete')
  await world.merchantSees(orderId, 'paid')
})

flow('a card payment that is confirmed later, from the panel', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place([{ product: 'samples', quantity: 1 }])
  await shopper.open(checkoutUrl)
  const [popup] = await Promise.all([page.waitForEvent('popup'), shopper.pickCard()])
  await popup.getByRole('button', { name: 'Confirm later' }).click()
  const panel = page.getByRole('complementary', { name: /play the payer/i })
  await panel.getByRole('button', { name: 'Confirm' }).click()
  await shopper.sees('Payment complete')
  await world.merchantSees(orderId, 'paid')
})

flow('a notification is lost and sent again, from the panel', async (shopper) => {
  const { page } = shopper
  const { orderId, checkoutUrl } = await world.place([{ product: 'samples', quantity: 1 }])
  await shopper.open(checkoutUrl)
  const popup = page.waitForEvent('popup')
  await choice(page, /TRX, USDT, ETH/).click()
  await popup
  const panel = page.getByRole('complementary', { name: /play the payer/i })
  await panel.getByRole('button', { name: 'Lose next' }).click()
  await panel.getByText('Next of LiPayKripto: lose').waitFor()
  await panel.getByRole('button', { name: 'Confirm' }).click()
  await panel.getByText('LiPayKripto: lost').waitFor()
  await panel.getByRole('button', { name: 'Replay' }).click()
  await panel.getByText('LiPayKripto: delivered, answered 200').waitFor()
  await shopper.sees('Payment complete')
  await world.merchantSees(orderId, 'paid')
})

const ENTRY = fileURLToPath(new URL('../../demo/start.ts', import.meta.url))

test('the demo starts, brings a killed proxy back, and closes', { timeout: 60_000 }, async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'checkout-demo-'))
  const demo = spawn(process.execPath, [ENTRY], {
    env: { ...process.env, DEMO_DATA: dataDir },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  demo.stdout.on('data', (data: Buffer) => {
    said += data.toString()
  })
  const hears = (words: RegExp): Promise<string> =>
    until(String(words), async () => words.exec(said)?.[1])
  const ended = new Promise<number | null>((resolve) => demo.once('exit', resolve))
  try {
    const shop = await hears(/Shop\s+(http:\S+)/)
    const home = await fetch(shop)
    assert.match(await home.text(), /Harbour Blend/)
    const policy = home.headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'/)
    assert.doesNotMatch(policy, /unsafe/)

    process.kill(Number(await hears(/\(pid (\d+)\)/)), 'SIGKILL')
    await hears(/The proxy is (back) /)
    const proxy = await hears(/Proxy\s+(http:\S+)/)
    assert.equal((await fetch(`${proxy}/readyz`)).status, 200)
  } finally {
    demo.kill('SIGINT')
  }
  assert.equal(await ended, 0)
  rmSync(dataDir, { recursive: true, force: true })
})
