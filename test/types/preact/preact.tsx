/**
 * The element in the JSX of Preact.
 * @module
 */
import type { CryptoCheckout } from 'crypto-checkout'
// oxlint-disable-next-line import/no-unassigned-import -- for its types
import 'crypto-checkout/types/preact'
import { createRef } from 'preact'

const ref = createRef<CryptoCheckout>()

export const right = (
  <crypto-checkout
    ref={ref}
    key="one"
    proxy="https://pay.shop.example"
    order-token="eyJ"
    quantity={2}
    open
    texts={{ pay: 'Pay' }}
    class="cc-paper"
    onClick={() => ref.current?.open()}
    oncc-paid={({ detail }) => detail.receipt?.length}
  >
    <b slot="footer">Thank you</b>
  </crypto-checkout>
)

export const wrong = [
  // @ts-expect-error -- no such mode
  <crypto-checkout mode="window" />,
  // @ts-expect-error -- that is another event's
  <crypto-checkout oncc-paid={({ detail }) => detail.url} />,
  // @ts-expect-error -- no such attribute
  <crypto-checkout orderNumber="1" />,
]
