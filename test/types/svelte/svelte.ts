/**
 * The element in templates of Svelte: what `svelte-check` holds an element's attributes against.
 * @module
 */
// oxlint-disable-next-line import/no-unassigned-import -- for its types
import 'crypto-checkout/types/svelte'
import type { SvelteHTMLElements } from 'svelte/elements'

type Attributes = SvelteHTMLElements['crypto-checkout']

export const right: Attributes = {
  proxy: 'https://pay.shop.example',
  'order-token': 'eyJ',
  quantity: '2',
  required: true,
  texts: { pay: 'Pay' },
  class: 'cc-paper',
  onclick: ({ currentTarget }) => currentTarget.open(),
  'oncc-paid': ({ detail }) => detail.receipt?.length,
  'on:cc-paid': ({ detail }) => detail.receipt?.length,
}

export const wrong: readonly Attributes[] = [
  // @ts-expect-error -- no such mode
  { mode: 'window' },
  // @ts-expect-error -- that is another event's
  { 'oncc-paid': ({ detail }) => detail.url },
  // @ts-expect-error -- no such attribute
  { orderNumber: '1' },
]
