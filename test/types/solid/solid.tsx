/**
 * The element in the JSX of Solid.
 * @module
 */
import type { CryptoCheckout } from 'crypto-checkout'
// oxlint-disable-next-line import/no-unassigned-import -- for its types
import 'crypto-checkout/types/solid'
import { createSignal } from 'solid-js'

export function Right() {
  const [token] = createSignal('eyJ')
  let element: CryptoCheckout | undefined
  return (
    <crypto-checkout
      ref={(it) => (element = it)}
      proxy="https://pay.shop.example"
      order-token={token()}
      quantity={2}
      open={false}
      texts={{ pay: 'Pay' }}
      class="cc-paper"
      onClick={() => element?.open()}
      on:cc-paid={({ detail }) => detail.receipt?.length}
    >
      <b slot="footer">Thank you</b>
    </crypto-checkout>
  )
}

export const wrong = () => [
  // @ts-expect-error -- no such mode
  <crypto-checkout mode="window" />,
  // @ts-expect-error -- that is another event's
  <crypto-checkout on:cc-paid={({ detail }) => detail.url} />,
  // @ts-expect-error -- no such attribute
  <crypto-checkout orderNumber="1" />,
]
