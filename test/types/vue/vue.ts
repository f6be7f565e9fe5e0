/**
 * The element in templates of Vue: what Vue's language tools hold a tag's props and events against.
 * @module
 */
// oxlint-disable-next-line import/no-unassigned-import -- for its types
import 'crypto-checkout/types/vue'
import type { GlobalComponents } from 'vue'

type Element = InstanceType<GlobalComponents['crypto-checkout']>
type Props = Element['$props']

export const right: Props = {
  proxy: 'https://pay.shop.example',
  orderToken: 'eyJ',
  quantity: '2',
  open: true,
  texts: { pay: 'Pay' },
  class: 'cc-paper',
  onClick: (event) => event.preventDefault(),
}

export const wrong: readonly Props[] = [
  // @ts-expect-error -- no such mode
  { mode: 'window' },
  // @ts-expect-error -- a number
  { quantity: 'two' },
  // @ts-expect-error -- no such property
  { nothing: 1 },
]

export function listen(element: Element, event: CustomEvent<never>): void {
  element.$emit('cc-paid', event)
  // @ts-expect-error -- no such event
  element.$emit('cc-payed', event)
  element.open()
}
