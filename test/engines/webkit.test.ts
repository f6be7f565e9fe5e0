/**
 * Paid orders in WebKit, with everything real behind them but the payment companies: one with each company,
 * one in each example, and one under the strictest policy.
 * @module
 */
import assert from 'node:assert/strict'
import { after, afterEach, test } from 'node:test'
import { createPorts } from '../../demo/ports.ts'
import { TRUSTED_TYPES, isPlain } from '../../examples/shared/policy.ts'
import type { ExampleName } from '../../examples/shared/policy.ts'
import { startShop } from '../../examples/shared/shop.ts'
import { startWorld, until } from '../e2e/world.ts'
import { buildExample } from '../examples/build.ts'
import { openWebKit } from './webkit-page.ts'

const TEST_MS = 180_000
const CART = [{ product: 'first-light', quantity: 2 }]
const EXAMPLES = Object.keys(TRUSTED_TYPES) as ExampleName[]

const port = await createPorts().find(0)
const url = `http://localhost:${port}`
const world = await startWorld([url])
const page = await openWebKit()
after(async () => {
  await page.close()
  await world.close()
})
afterEach(() => page.tidy())

company('cryptom', [], payByCoin)

company('redoya', [/^Card/], () => page.inWindow(() => page.press(/Pay by card/)))

company('lipaykripto', [/TRX, USDT, ETH/], () =>
  page.inWindow(async () => {
    await page.press(/^USDT/)
    await page.press(/^I paid$/)
  }),
)

company('paycrypto', [/^Tether/, /TRON.*payment page/], () =>
  page.inWindow(() => page.press(/^Pay 18.63/)),
)

company('lincoln', [/MasterCard/], async (orderId) => {
  await page.fill(/E-mail/, 'shopper@shop.example')
  await page.press(/I accept the terms/)
  await page.press(/^Continue$/)
  await page.inWindow(() => page.press(/I have paid/))
  await world.paymentIs(orderId, 'processing')
  await world.play(orderId, 'done')
})

for (const name of EXAMPLES) {
  test(`${name}: from the cart to a paid order`, { timeout: TEST_MS }, async () => {
    if (!isPlain(name)) await buildExample(name)
    const { proxyUrl, secrets } = world.stack
    const shop = await startShop({ name, port, proxyUrl, orderSecret: secrets.orderSecret })
    try {
      await page.open(url)
      if (!isPlain(name)) await page.press(/^Check out$/)
      const [, orderId = ''] = await page.reads(/\b(EX-[\w-]+)[^]*Tether/)
      await payByCoin(orderId)
      await page.reads(new RegExp(`Thank you! ${orderId} is paid\\.`))
      await world.merchantSees(orderId, 'paid')
    } finally {
      await shop.close()
    }
  })
}

test('the strictest policy: paid, and nothing is reported', { timeout: TEST_MS }, async () => {
  await page.open(`${world.stack.shopUrl}/hosts/strict`)
  const orderId = (await page.url()).searchParams.get('order') ?? ''
  await payByCoin(orderId)
  await page.reads(/Payment complete/)
  await world.merchantSees(orderId, 'paid')
  assert.deepEqual(await reports(), [])

  // it does report: a policy that lacks something
  await page.open(`${world.stack.shopUrl}/hosts/link?without=style-src`)
  await until('a report', async () => (await reports()).at(0))
})

async function reports(): Promise<readonly unknown[]> {
  const answer = await fetch(`${world.stack.shopUrl}/hosts/reports`)
  return (await answer.json()) as readonly unknown[]
}

/** Opens a checkout of the shop, picks a way to pay, pays, and sees that it is paid, as the merchant does. */
function company(
  provider: string,
  way: readonly RegExp[],
  pay: (orderId: string) => Promise<void>,
): void {
  test(`${provider}: paid`, { timeout: TEST_MS }, async () => {
    const { orderId, checkoutUrl } = await world.place(CART)
    await page.open(world.stack.shopUrl + checkoutUrl)
    for (const name of way) await page.press(name)
    await pay(orderId)
    await page.reads(/Payment complete/)
    const { payments } = await world.merchantSees(orderId, 'paid')
    assert.deepEqual(
      payments.map((each) => [each.provider, each.status]),
      [[provider, 'paid']],
    )
  })
}

async function payByCoin(orderId: string): Promise<void> {
  await page.press(/^Tether/)
  await page.press(/TRON/)
  await page.reads(/Send USDT on TRON/)
  await world.play(orderId, 'pay')
  await page.press(/^I have paid$/)
}
