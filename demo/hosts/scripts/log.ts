/**
 * A merchant's script that hears what the element says, wherever it stands, and writes it down.
 * @module
 */
import { CHECKOUT_EVENTS } from '../../shop/scripts/lib/events.ts'

interface Detail {
  readonly orderId?: string
  readonly status?: string
  readonly code?: string
}

const log = document.createElement('ol')
log.id = 'log'
document.body.append(log)
for (const type of CHECKOUT_EVENTS)
  document.addEventListener(type, (event) => {
    const { detail, target } = event as CustomEvent<Detail | null>
    const line = document.createElement('li')
    const from = target instanceof Element && target.id ? `${target.id} ` : ''
    line.dataset['order'] = detail?.orderId ?? ''
    line.textContent = `${from}${type} ${detail?.status ?? detail?.code ?? ''}`.trim()
    log.append(line)
  })
