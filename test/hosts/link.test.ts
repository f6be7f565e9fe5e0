/**
 * A link inside the element: the way to pay for whoever has no JavaScript. In Chromium, where a driver can
 * take it away; what comes once there is a script, `lives.test.ts` asks of every engine.
 * @module
 */
import { startHosts } from './harness.ts'

const { situation } = await startHosts('chromium')

situation(
  'without JavaScript the link is there, and leads on',
  async ({ page, open }) => {
    const { order } = await open('/hosts/link')
    await page.getByRole('link', { name: 'Pay here' }).click()
    await page.waitForURL(`**/orders/${order}`)
    await page.getByText(order).first().waitFor()
  },
  { javaScriptEnabled: false },
)
