export interface Order {
  readonly orderId: string
  readonly proxy: string
  readonly orderToken: string
}

/** The backend prices and signs it. */
export async function placeOrder(quantity: number): Promise<Order> {
  const response = await fetch('/api/orders', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ quantity }),
  })
  if (!response.ok) throw new Error(`No order: ${response.status}`)
  return response.json()
}
