/**
 * The element as a component for React 18 and 19: typed, rendered on a server with its attributes, and
 * with the element's own events. Importing it registers the element, in a browser.
 * @module
 */
'use client'

import {
  createElement,
  forwardRef,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  version,
} from 'react'
import type { HTMLAttributes } from 'react'
import { CryptoCheckout as CheckoutElement } from '../widget/crypto-checkout.ts'
import type {
  AttributeName,
  CheckoutEvents,
  CheckoutObjects,
  CheckoutProps,
  PropName,
} from './element.ts'

/** `cc-paid` is `onPaid`. */
type HandlerName<Name> = Name extends `cc-${infer Rest}` ? `on${Capitalize<Rest>}` : never

/** They get the element's own event: `detail` is what it says. */
export type CheckoutHandlers = {
  [Name in keyof CheckoutEvents as HandlerName<Name>]?:
    ((event: CheckoutEvents[Name]) => void) | undefined
}

type OwnProps = CheckoutProps & CheckoutObjects & CheckoutHandlers

export type CryptoCheckoutProps = Omit<HTMLAttributes<CheckoutElement>, keyof OwnProps> & OwnProps

const ATTRIBUTES: {
  readonly [Name in keyof CheckoutElement as PropName<Name>]: AttributeName<Name>
} = {
  proxy: 'proxy',
  checkout: 'checkout',
  orderToken: 'order-token',
  product: 'product',
  quantity: 'quantity',
  amount: 'amount',
  currency: 'currency',
  orderId: 'order-id',
  assets: 'assets',
  mode: 'mode',
  open: 'open',
  required: 'required',
  disabled: 'disabled',
  redirect: 'redirect',
  theme: 'theme',
  locale: 'locale',
  successUrl: 'success-url',
  failUrl: 'fail-url',
  cancelUrl: 'cancel-url',
  supportUrl: 'support-url',
  name: 'name',
}

const EVENTS: { readonly [Name in keyof CheckoutEvents as HandlerName<Name>]: Name } = {
  onReady: 'cc-ready',
  onSelect: 'cc-select',
  onRedirect: 'cc-redirect',
  onReturn: 'cc-return',
  onState: 'cc-state',
  onPartial: 'cc-partial',
  onPaid: 'cc-paid',
  onExpired: 'cc-expired',
  onCanceled: 'cc-canceled',
  onFailed: 'cc-failed',
  onClose: 'cc-close',
  onError: 'cc-error',
}

const isBrowser = typeof document !== 'undefined'
/** Before the element has asked for anything; a server has no layout, and React 18 would say so. */
const useEarlyEffect = isBrowser ? useLayoutEffect : useEffect
/** React 18 writes `true` and `false` into attributes. */
const writesBooleans = /^1[0-8]\./.test(version)

if (isBrowser) CheckoutElement.define()

/** `<crypto-checkout>` with its attributes as props, and `onPaid` for `cc-paid`. `ref` is the element. */
export const CryptoCheckout = forwardRef<CheckoutElement, CryptoCheckoutProps>((props, ref) => {
  const element = useRef<CheckoutElement>(null)
  useImperativeHandle(ref, () => element.current as CheckoutElement, [])
  useEarlyEffect(() => {
    if (element.current) element.current.texts = props.texts ?? null
  }, [props.texts])
  useEarlyEffect(() => listen(element.current, props))
  // by then the element has written attributes of its own
  const shared = { ref: element, suppressHydrationWarning: true }
  return createElement('crypto-checkout', { ...attributesOf(props), ...shared })
})
CryptoCheckout.displayName = 'CryptoCheckout'

function attributesOf({ className, ...props }: CryptoCheckoutProps): object {
  const attributes: Record<string, unknown> = className ? { class: className } : {}
  for (const [name, value] of Object.entries(props)) {
    if (name === 'texts' || name in EVENTS) continue
    const isSwitch = typeof value === 'boolean' && !/^(aria|data)-/.test(name)
    const written = writesBooleans && isSwitch ? (value ? '' : undefined) : value
    attributes[name in ATTRIBUTES ? ATTRIBUTES[name as keyof typeof ATTRIBUTES] : name] = written
  }
  return attributes
}

function listen(element: CheckoutElement | null, props: CheckoutHandlers): () => void {
  const names = Object.keys(EVENTS) as (keyof typeof EVENTS)[]
  const listeners = names.map((name) => [EVENTS[name], props[name] as EventListener] as const)
  for (const [event, listener] of listeners) element?.addEventListener(event, listener)
  return () => {
    for (const [event, listener] of listeners) element?.removeEventListener(event, listener)
  }
}
