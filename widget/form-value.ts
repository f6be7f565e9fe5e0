/**
 * What a form, and a style sheet, see of the element: the receipt as its value, `required` until it is
 * paid, and where the payment stands as a custom state (`:state(paid)`).
 * @module
 */
import type { Checkout } from '../protocol/payment.ts'
import { progressOf } from './core/transitions.ts'

/** The parts of the element that a form asks for. */
interface FormHost extends HTMLElement {
  readonly required: boolean
}

/** Tells the form what is known; `text` is what it says of a payment that is missing. */
type UpdateForm = (checkout: Checkout | null, text: string) => void

/** The link of one element to its form. */
export function createFormValue(host: FormHost): UpdateForm {
  const internals = host.attachInternals()
  return (checkout, text) => {
    const isMissing = host.required && checkout?.status !== 'paid'
    // a browser leads the shopper only to what can have the focus
    if (isMissing && !host.hasAttribute('tabindex')) host.tabIndex = -1
    internals.setFormValue(checkout?.receipt ?? null)
    internals.setValidity({ valueMissing: isMissing }, isMissing ? text : '')
    internals.states.clear()
    internals.states.add(checkout ? progressOf(checkout).status : 'loading')
  }
}
