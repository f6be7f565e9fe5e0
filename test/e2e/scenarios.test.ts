/**
 * The playground's drawer: every scenario, one click each, with every company that can play it. Where it
 * ends is held against what the merchant is told.
 * @module
 */
import assert from 'node:assert/strict'
import { startFlows } from './harness.ts'

const { world, flow } = await startFlows()

/** The browser logs each answer that is an error, and what a killed connection leaves. */
const EXPECTED = [/Failed to load resource/]
const PLAY_MS = 45_000
const played = new Set<string>()

const CREATORS = ['cryptom', 'lipaykripto', 'paycrypto', 'lincoln']
const NOTIFIERS = ['lipaykripto', 'paycrypto', 'lincoln']
const CARD = ['redoya']
const ALL = [...CREATORS, ...CARD]

plays('pay', ALL, 'paid')
plays('top-up', ['cryptom'], 'paid')
plays('overpay', ['cryptom'], 'paid', 'overpaid')
plays('late', ['cryptom', 'paycrypto'], 'paid', 'late')
plays('fail', [...NOTIFIERS, ...CARD], 'pending', null, 'failed')
plays('expire', ALL, 'pending', null, 'expired')
plays('cancel', CREATORS, 'pending', null, 'canceled')
plays('too-many', CREATORS, 'paid')
plays('create-500', CREATORS, 'paid')
plays('create-hang', CREATORS, 'paid')
plays('webhook-lost', NOTIFIERS, 'paid')
plays('webhook-doubled', NOTIFIERS, 'paid')
// the third notifies once for each payment
plays('webhook-reordered', ['paycrypto', 'lincoln'], 'paid')
plays('webhook-forged', NOTIFIERS, 'paid')
plays('webhook-delayed', NOTIFIERS, 'paid')
plays('return-forged', CARD, 'paid')
plays('order-replayed', CARD, 'review', 'conflict')
plays('clock-skew', CREATORS, 'paid')
plays('clock-skew-card', CARD, 'review', 'conflict')

flow('the drawer has these scenarios and no other', async ({ page, open }) => {
  await open('/playground')
  const rows = await page.locator('.scenario').evaluateAll((all) => all.map(({ id }) => id))
  assert.deepEqual(
    rows,
    [...played].map((id) => `scenario-${id}`),
  )
})

/** One flow for each company. */
function plays(
  id: string,
  companies: readonly string[],
  status: string,
  reason: string | null = null,
  payment = status,
): void {
  played.add(id)
  for (const company of companies)
    flow(
      `the scenario ${id}, with ${company}`,
      async ({ page, open }) => {
        await open(`/playground?provider=${company}`)
        const row = page.locator(`#scenario-${id}`)
        await row.getByRole('button').click()
        const verdict = row.locator('.steps :is(.good, .bad)')
        await verdict.waitFor({ timeout: PLAY_MS })
        assert.match(await verdict.innerText(), /^As it should be/, await row.innerText())
        const foot = await page.locator('crypto-checkout [part~=reference]').innerText()
        const orderId = /PG-[\w-]+/.exec(foot)?.[0] ?? ''
        const checkout = await world.merchantSees(orderId, status)
        assert.equal(checkout.reason, reason)
        assert.equal(checkout.payments.at(-1)?.status, payment)
        assert.ok(checkout.payments.every(({ provider }) => provider === company))
      },
      { expected: EXPECTED },
    )
}
