/**
 * The order's page: asks the shop, which asks the proxy, until the order stands still.
 * @module
 */
import type { Standing } from '../../orders.ts'
import { tell, tellNotice } from '../../pages/standing.ts'
import { showCount } from './lib/cart.ts'
import { byId } from './lib/dom.ts'
import { speech } from './lib/speech.ts'

const EVERY_MS = 3000
const SETTLED = ['paid', 'refunded']

const { t } = speech()
const place = byId('standing')
const orderId = place.dataset['order'] ?? ''

showCount()
void follow()

async function follow(): Promise<void> {
  const standing = document.hidden ? undefined : await ask()
  if (standing) show(standing)
  const isSettled =
    standing &&
    SETTLED.includes(standing.status) &&
    standing.notice?.type === `checkout.${standing.status}`
  if (!isSettled) setTimeout(() => void follow(), EVERY_MS)
}

async function ask(): Promise<Standing | undefined> {
  try {
    const answer = await fetch(`/api/orders/${encodeURIComponent(orderId)}`)
    return answer.ok ? ((await answer.json()) as Standing) : undefined
  } catch {
    return undefined
  }
}

function show(standing: Standing): void {
  const { title, text, step, tone } = tell(standing, t)
  const heading = byId('standing-title')
  if (heading.textContent !== title) heading.textContent = title
  byId('standing-text').textContent = text
  byId('standing-notice').textContent = tellNotice(standing.notice, t)
  place.className = `standing ${tone}`
  byId('to-checkout').hidden = step !== 1
  for (const [index, each] of [...byId('steps').children].entries()) {
    each.className = index < step ? 'done' : ''
  }
}
