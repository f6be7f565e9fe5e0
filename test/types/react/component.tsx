/**
 * The component for React 18 and 19. `../react-18` has the same file under the older types.
 * @module
 */
import { CryptoCheckout } from 'crypto-checkout/react'
import type { CryptoCheckoutProps } from 'crypto-checkout/react'
import type { CryptoCheckout as CheckoutElement } from 'crypto-checkout'
import { useRef } from 'react'

const props: CryptoCheckoutProps = { proxy: 'https://pay.shop.example', orderToken: undefined }

export function Component() {
  const ref = useRef<CheckoutElement>(null)
  return (
    <CryptoCheckout
      ref={ref}
      {...props}
      orderToken="eyJ"
      quantity={2}
      mode="button"
      open={false}
      required
      texts={{ pay: 'Pay' }}
      className="cc-paper"
      style={{ maxWidth: 400 }}
      aria-label="Checkout"
      onClick={() => ref.current?.open()}
      onPaid={({ detail }) => detail.receipt?.length}
      onError={({ detail }) => detail.code === 'offline'}
      onClose={(event) => event.preventDefault()}
    >
      <b slot="footer">Thank you</b>
    </CryptoCheckout>
  )
}

export const wrong = [
  // @ts-expect-error -- no such mode
  <CryptoCheckout mode="window" />,
  // @ts-expect-error -- a number
  <CryptoCheckout quantity="two" />,
  // @ts-expect-error -- that is another event's
  <CryptoCheckout onPaid={({ detail }) => detail.url} />,
  // @ts-expect-error -- no such event
  <CryptoCheckout onPayed={() => {}} />,
  // @ts-expect-error -- a method, not to be replaced
  <CryptoCheckout cancel={() => {}} />,
]
