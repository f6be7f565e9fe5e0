/**
 * Pay by link: the shop's backend asks the proxy for a page of this order's checkout, and the shopper copies or
 * opens its address.
 * @module
 */
import type { ShopTexts } from '../../../texts/en.ts'
import { button, byId, el } from './dom.ts'

/** Fills in the section of the checkout's page. */
export function offerLink(t: ShopTexts): void {
  const place = byId('by-link')
  const make = byId('make-link')
  const said = byId('link-said')
  make.addEventListener('click', () => void give())

  async function give(): Promise<void> {
    if (make.ariaDisabled === 'true') return
    make.ariaDisabled = 'true'
    said.textContent = ''
    const url = await askFor(place.dataset['order'] ?? '')
    make.ariaDisabled = null
    if (url === undefined) {
      said.textContent = t.noAnswer
      return
    }
    const field = el('input', { value: url, readonly: '', dir: 'ltr', translate: 'no' })
    const copy = button(t.copyLink, { class: 'button' }, async () => {
      field.select()
      said.textContent = (await isCopied(url)) ? t.linkCopied : ''
    })
    const open = el(
      'a',
      { class: 'button', href: url, target: '_blank', rel: 'noopener' },
      t.openLink,
    )
    make.replaceWith(
      el('label', {}, t.paymentLink, field),
      el('div', { class: 'link-actions' }, copy, open),
    )
    copy.focus()
    said.textContent = t.linkReady
  }
}

async function askFor(orderId: string): Promise<string | undefined> {
  try {
    const answer = await fetch(`/api/orders/${encodeURIComponent(orderId)}/link`, {
      method: 'POST',
    })
    return answer.ok ? ((await answer.json()) as { url: string }).url : undefined
  } catch {
    return undefined
  }
}

/** Where the browser does not let it, the address is selected at least. */
const isCopied = (text: string): Promise<boolean> =>
  navigator.clipboard.writeText(text).then(
    () => true,
    () => false,
  )
