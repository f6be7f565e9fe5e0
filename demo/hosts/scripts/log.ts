/**
 * A merchant's script that hears what the element says, wherever it stands, and writes it down.
 * @module
 */
const EVENTS = [
  'cc-ready',
  'cc-select',
  'cc-redirect',
  'cc-return',
  'cc-state',
  'cc-partial',
  'cc-paid',
  'cc-expired',
  'cc-canceled',
  'cc-failed',
  'cc-error',
  'cc-close',
]

interface Detail {
  readonly orderId?: string
  readonly status?: string
  readonly code?: string
}

const log = document.createElement('ol')
log.id = 'log'
document.body.append(log)
for (const type of EVENTS)
  document.addEventListener(type, (event) => {
    const { detail, target } = event as CustomEvent<Detail | null>
    const line = document.createElement('li')
    const from = target instanceof Element && target.id ? `${target.id} ` : ''
    line.dataset['order'] = detail?.orderId ?? ''
    line.textContent = `${from}${type} ${detail?.status ?? detail?.code ?? ''}`.trim()
    log.append(line)
  })
