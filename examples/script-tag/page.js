const checkout = document.querySelector('crypto-checkout')

checkout.addEventListener('cc-paid', ({ detail }) => {
  document.querySelector('[role=status]').textContent = `Thank you! ${detail.orderId} is paid.`
})

document.querySelector('#dark').addEventListener('change', ({ target }) => {
  checkout.theme = target.checked ? 'dark' : 'light'
})
