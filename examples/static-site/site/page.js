for (const article of document.querySelectorAll('article')) {
  const checkout = article.querySelector('crypto-checkout')
  const places = article.querySelector('select')

  places.addEventListener('change', () => {
    checkout.quantity = Number(places.value)
  })

  checkout.addEventListener('cc-paid', ({ detail }) => {
    article.querySelector('[role=status]').textContent =
      `Thank you! Your order ${detail.orderId} is paid.`
  })

  // What was paid and closed is over: the next click is another order.
  let isOver = false
  checkout.addEventListener('cc-close', ({ detail }) => {
    isOver = detail?.status === 'paid'
  })
  article.querySelector('button').addEventListener('click', () => {
    if (isOver) checkout.reset()
    isOver = false
  })
}
