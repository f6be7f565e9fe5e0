import 'crypto-checkout/define'
import 'crypto-checkout/types/react'
import { useState } from 'react'
import { placeOrder } from './order.ts'
import type { Order } from './order.ts'

export function App() {
  const [order, setOrder] = useState<Order | null>(null)

  async function checkOut(cart: FormData) {
    setOrder(await placeOrder(Number(cart.get('quantity'))))
  }

  return (
    <>
      <h1>Checkout</h1>
      {order ? (
        <Payment order={order} onBack={() => setOrder(null)} />
      ) : (
        <form action={checkOut}>
          <label>
            Mugs <input type="number" name="quantity" min="1" max="9" defaultValue="1" />
          </label>
          <button>Check out</button>
        </form>
      )}
    </>
  )
}

function Payment({ order, onBack }: { order: Order; onBack: () => void }) {
  const [isDark, setDark] = useState(false)
  const [paid, setPaid] = useState('')

  return (
    <>
      <p>
        Order <output>{order.orderId}</output>
      </p>
      <p>
        <label>
          <input type="checkbox" checked={isDark} onChange={() => setDark(!isDark)} /> Dark
        </label>
        <button onClick={onBack}>Back to the cart</button>
      </p>
      <crypto-checkout
        proxy={order.proxy}
        orderToken={order.orderToken}
        theme={isDark ? 'dark' : 'light'}
        oncc-paid={({ detail }) => setPaid(detail.orderId)}
      />
      <p role="status">{paid && `Thank you! ${paid} is paid.`}</p>
    </>
  )
}
