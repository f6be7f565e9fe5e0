/**
 * The code that the playground shows where nothing is set that need not be.
 * @module
 */

/** The least that each can be. */
export const LEAST = {
  'script-tag': `<style>
  crypto-checkout:not(:defined) {
    display: block;
    min-height: 30rem;
  }
</style>
<script src="https://pay.shop.example/crypto-checkout.js" defer></script>

<crypto-checkout proxy="https://pay.shop.example" product="mug" quantity="2"></crypto-checkout>
<p role="status"></p>

<script type="module">
  const checkout = document.querySelector('crypto-checkout')
  checkout.addEventListener('cc-paid', ({ detail }) => {
    // A hint for the page. What you ship on is the webhook.
    document.querySelector('[role=status]').textContent = \`Thank you! \${detail.orderId} is paid.\`
  })
</script>
`,
  esm: `// npm install crypto-checkout; any bundler
import 'crypto-checkout/define'

const checkout = document.createElement('crypto-checkout')
checkout.proxy = 'https://pay.shop.example'
checkout.product = 'mug'
checkout.quantity = 2
checkout.addEventListener('cc-paid', ({ detail }) => {
  // A hint for the page. What you ship on is the webhook.
  checkout.after(\`Thank you! \${detail.orderId} is paid.\`)
})
document.body.append(checkout)
`,
  react: `// npm install crypto-checkout
import 'crypto-checkout/define'
import 'crypto-checkout/types/react'
import { useState } from 'react'

export function Checkout() {
  const [paid, setPaid] = useState('')

  return (
    <>
      <crypto-checkout
        proxy="https://pay.shop.example"
        product="mug"
        quantity={2}
        oncc-paid={({ detail }) => setPaid(detail.orderId)}
      />
      {/* A hint for the page. What you ship on is the webhook. */}
      <p role="status">{paid && \`Thank you! \${paid} is paid.\`}</p>
    </>
  )
}
`,
  vue: `<script setup lang="ts">
// npm install crypto-checkout; in vite.config.ts:
// vue({ template: { compilerOptions: { isCustomElement: (tag) => tag === 'crypto-checkout' } } })
import 'crypto-checkout/define'
import 'crypto-checkout/types/vue'
import { ref } from 'vue'

const paid = ref('')
</script>

<template>
  <crypto-checkout
    proxy="https://pay.shop.example"
    product="mug"
    :quantity="2"
    @cc-paid="({ detail }) => (paid = detail.orderId)"
  ></crypto-checkout>
  <!-- A hint for the page. What you ship on is the webhook. -->
  <p role="status"><template v-if="paid">Thank you! {{ paid }} is paid.</template></p>
</template>
`,
  svelte: `<script lang="ts">
  // npm install crypto-checkout
  import 'crypto-checkout/define'
  import 'crypto-checkout/types/svelte'

  let paid = $state('')
</script>

<crypto-checkout
  proxy="https://pay.shop.example"
  product="mug"
  quantity={2}
  oncc-paid={({ detail }) => (paid = detail.orderId)}
></crypto-checkout>
<!-- A hint for the page. What you ship on is the webhook. -->
<p role="status">{paid && \`Thank you! \${paid} is paid.\`}</p>
`,
  angular: `// npm install crypto-checkout
import { CUSTOM_ELEMENTS_SCHEMA, Component, signal } from '@angular/core'
import 'crypto-checkout/define'

@Component({
  selector: 'app-checkout',
  schemas: [CUSTOM_ELEMENTS_SCHEMA],
  template: \`
    <crypto-checkout
      proxy="https://pay.shop.example"
      product="mug"
      quantity="2"
      (cc-paid)="paid.set($event.detail.orderId)"
    ></crypto-checkout>
    <!-- A hint for the page. What you ship on is the webhook. -->
    <p role="status">@if (paid()) { Thank you! {{ paid() }} is paid. }</p>
  \`,
})
export class Checkout {
  readonly paid = signal('')
}
`,
  curl: `set -eu

# What became of it. Ship on "status":"paid", and on what docs/merchant.md says.
curl -sS --fail-with-body -H "authorization: Bearer $MERCHANT_API_KEY" \\
  'https://internal.shop.example:8788/v1/merchant/checkouts?orderId=A-1001'
`,
} as const
