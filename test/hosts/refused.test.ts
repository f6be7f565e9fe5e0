/**
 * Browsers that refuse a page storage, locks or channels: a shopper who blocks cookies, a frame whose
 * outer page is not trusted. One is taken away at a time, then all.
 * @module
 */
import { startHosts } from './harness.ts'
import { elementOn, pays } from './paying.ts'

const { world, situation } = await startHosts()

const TAKEN = [['storage'], ['locks'], ['channels'], ['storage', 'locks', 'channels']]

for (const taken of TAKEN)
  situation(`without ${taken.join(', ')}: paid`, async ({ page, open }) => {
    await page.addInitScript(refuse, taken)
    const { order } = await open('/hosts/strict')
    await pays(elementOn(page), world, order)
  })

/** In the page: throws, or rejects, as browsers do. */
function refuse(taken: readonly string[]): void {
  const error = () => new DOMException('refused', 'SecurityError')
  const no = () => {
    throw error()
  }
  if (taken.includes('storage'))
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, { get: no })
  if (taken.includes('locks') && 'LockManager' in window)
    LockManager.prototype.request = () => Promise.reject(error())
  if (taken.includes('channels')) Object.assign(window, { BroadcastChannel: no })
}
