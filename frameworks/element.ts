/**
 * What a page may set on the element and hear from it, as types that every framework's are made of. They
 * follow the class: a property that is added there is known here.
 * @module
 */
import type { LitElement } from 'lit'
import type { CryptoCheckout } from '../widget/crypto-checkout.ts'
import type { CheckoutEventDetails } from '../widget/events.ts'

type Own = Exclude<keyof CryptoCheckout, keyof LitElement | 'isShown'>

/** Properties that an attribute can set: texts, numbers and switches. */
type Settable = {
  [Name in Own]: NonNullable<CryptoCheckout[Name]> extends string | number | boolean ? Name : never
}[Own]

type Kebab<Name extends string> = Name extends `${infer First}${infer Rest}`
  ? `${First extends Lowercase<First> ? First : `-${Lowercase<First>}`}${Kebab<Rest>}`
  : ''

/** The property `open` is a method, for frameworks a setter: what is set is `isOpen`. */
export type PropName<Name> = Name extends 'isOpen' ? 'open' : Name extends Settable ? Name : never

/** `orderToken` is `order-token`. */
export type AttributeName<Name> = Name extends Settable ? Kebab<PropName<Name>> : never

/** In a template a number is text. */
type Value<Type> =
  (NonNullable<Type> extends number ? `${number}` : never) | Exclude<Type, null> | null | undefined

/** The attributes, as they are written in HTML. */
type CheckoutAttributes = {
  [Name in keyof CryptoCheckout as AttributeName<Name>]?: Value<CryptoCheckout[Name]>
}

/** The same, as properties are named. */
export type CheckoutProps = {
  [Name in keyof CryptoCheckout as PropName<Name>]?: Value<CryptoCheckout[Name]>
}

/** What no attribute can say. Set as a property, so the element has to be known by then. */
export type CheckoutObjects = {
  [Name in keyof CryptoCheckout as Name extends 'texts' ? Name : never]?:
    CryptoCheckout[Name] | undefined
}

/** The events, by their names. */
export type CheckoutEvents = {
  [Name in keyof CheckoutEventDetails]: CustomEvent<CheckoutEventDetails[Name]>
}

/** Who listens, by the name of the event with what a framework puts before it. */
export type CheckoutListeners<Prefix extends string> = {
  [Name in keyof CheckoutEvents as `${Prefix}${Name}`]?:
    ((event: CheckoutEvents[Name]) => void) | undefined
}

/** What a template may say of the tag. On a server only attributes are written, spelled as in HTML. */
export type CheckoutTag = CheckoutAttributes & CheckoutProps & CheckoutObjects
