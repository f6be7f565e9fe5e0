/**
 * The element in the JSX of React 19.
 * @module
 */
import type { CryptoCheckout } from 'crypto-checkout'
// oxlint-disable-next-line import/no-unassigned-import -- for its types
import 'crypto-checkout/types/react'
import { useRef } from 'react'

export function Plain() {
  const ref = useRef<CryptoCheckout>(null)
  return (
    <crypto-checkout
      ref={ref}
      proxy="https://pay.shop.example"
      order-token="eyJ"
      quantity={2}
      open
      texts={{ pay: 'Pay' }}
      className="cc-paper"
      oncc-paid={({ detail }) => detail.receipt?.length}
    />
  )
}

export const wrongPlain = [
  // @ts-expect-error -- no such mode
  <crypto-checkout mode="window" />,
  // @ts-expect-error -- that is another event's
  <crypto-checkout oncc-paid={({ detail }) => detail.url} />,
  // @ts-expect-error -- no such attribute
  <crypto-checkout orderNumber="1" />,
]
