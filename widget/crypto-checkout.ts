/**
 * The element. Importing this file registers nothing; `define.ts` does.
 * @module
 */
import { LitElement } from 'lit'
import type { PropertyValues, TemplateResult } from 'lit'
import { browserEnvironment } from './core/environment.ts'
import type { Environment } from './core/environment.ts'
import { createFlow } from './create-flow.ts'
import { createFocus } from './focus.ts'
import type { Focus } from './focus.ts'
import { createFormValue } from './form-value.ts'
import type { Flow } from './flow.ts'
import type { Answers, FlowHost } from './inputs.ts'
import type { Texts } from './locales/en.ts'
import { ORDER_ATTRIBUTES } from './order.ts'
import { browserPage } from './page.ts'
import type { Page } from './page.ts'
import { returnedId } from './redirect.ts'
import type { RedirectMode } from './redirect.ts'
import { base } from './styles/base.ts'
import { controls } from './styles/controls.ts'
import { screens } from './styles/screens.ts'
import { tokens } from './styles/tokens.ts'
import type { View } from './view.ts'
import { choose } from './views/choose.ts'
import { frame } from './views/frame.ts'
import { closing, error, loading, misconfigured, visit } from './views/notice.ts'
import { outcome } from './views/outcome.ts'
import { message } from './views/parts.ts'
import { redirect } from './views/redirect.ts'
import { shell } from './views/shell.ts'
import { transfer } from './views/transfer.ts'

/** By this, two copies of the library on one page know each other. */
const OURS = Symbol.for('crypto-checkout')

/** What `whenPaid()` resolves to. */
export interface PaidCheckout {
  readonly checkoutId: string
  readonly orderId: string
  /** A signed receipt (JWS); only the merchant's own check of it, or of the proxy, is proof. */
  readonly receipt: string | null
}

/**
 * @summary A checkout that takes a payment in coins, here or on a payment page, and follows it to
 *   its end.
 * @tag crypto-checkout
 *
 * @fires cc-ready - The checkout is known. `detail`: checkoutId, orderId, status, reason.
 * @fires cc-select - The shopper picked a method. `detail`: methodId, flow.
 * @fires cc-redirect - About to open a payment page; cancelable. `detail`: checkoutId, url, isPopup.
 * @fires cc-return - The shopper is back from a payment page, and the proxy has answered.
 * @fires cc-state - The status or its reason changed. `detail`: as cc-ready, and previous.
 * @fires cc-partial - Less than the price has arrived. `detail`: received, remaining.
 * @fires cc-paid - Paid, once per checkout. `detail`: as cc-ready, and receipt. A hint for the page;
 *   what the merchant ships on is the proxy's word.
 * @fires cc-expired - The time to pay ran out; cancelable: the page offers the way on, not we.
 * @fires cc-canceled - The payment was canceled.
 * @fires cc-failed - The payment failed.
 * @fires cc-error - Something went wrong. `detail`: code.
 * @fires cc-close - The dialog is about to close; cancelable. `detail`: as cc-ready, or null.
 *
 * @slot header - Above the price.
 * @slot footer - Below the reference.
 * @slot button - A button of the page's own, for `mode="button"`.
 * @slot processing - On the screen of a payment that is being confirmed.
 * @slot review - On the screen of a payment that somebody looks at.
 * @slot paid - On the screen of a payment that is complete.
 * @slot failed - On the screen of a payment that failed.
 * @slot expired - On the screen of an order whose time ran out.
 * @slot canceled - On the screen of a canceled payment.
 * @slot refunding - On the screen of a payment that is being given back.
 * @slot refunded - On the screen of a payment that was given back.
 *
 * @csspart card - Everything.
 * @csspart dialog - The dialog around it, with `mode`.
 * @csspart close - Its cross.
 * @csspart header - The head.
 * @csspart price - The price in it.
 * @csspart badge - "Test mode" in it.
 * @csspart body - The screen.
 * @csspart heading - Its title.
 * @csspart back - The arrow beside the title.
 * @csspart banner - A strip to be read; with `warn`, `bad` or `info`.
 * @csspart methods - The list of coins or networks.
 * @csspart method - A coin or a network in it.
 * @csspart coin - The sign of a coin.
 * @csspart search - The search above the list.
 * @csspart form - What a method asks.
 * @csspart field - A question in it.
 * @csspart input - Where it is answered.
 * @csspart consent - A consent in it.
 * @csspart terms - The link to the terms.
 * @csspart amount - The amount to send.
 * @csspart address - The address to send to.
 * @csspart copy - A button that copies.
 * @csspart code - The QR code with what belongs to it.
 * @csspart qr - The QR code.
 * @csspart enlarge - The button that enlarges it.
 * @csspart switch - The choice between wallet link and address.
 * @csspart countdown - The time left.
 * @csspart list - Names with values: rate and fee, what arrived, a receipt.
 * @csspart partial - What arrived and what is missing.
 * @csspart progress - How much of it arrived.
 * @csspart waiting - "Waiting for your payment".
 * @csspart message - Sign, title and text; with `check`, `cross`, `clock` or `wait`.
 * @csspart sign - The sign of a message.
 * @csspart button - Every button; with `primary`, `plain`, `quiet`, `bad` or `link`.
 * @csspart confirm - The question before a cancel, or before closing.
 * @csspart details - The address while a payment is being confirmed.
 * @csspart skeleton - The room kept while loading.
 * @csspart spinner - Something is under way.
 * @csspart status - The live region; a toast after a copy.
 * @csspart footer - The foot.
 * @csspart reference - The number that support asks for.
 * @csspart support - The link to the support.
 * @csspart primary - Of a `button`: the one that leads on.
 * @csspart plain - Of a `button`: any other.
 * @csspart quiet - Of a `button`: one that looks like text.
 * @csspart link - Of a `button`: one that opens a page.
 * @csspart bad - Of a `button`: what cannot be undone. Of a `banner`: a failure.
 * @csspart warn - Of a `banner`: a warning.
 * @csspart info - Of a `banner`: a note.
 * @csspart check - Of a `message`: it is done.
 * @csspart cross - Of a `message`: it failed.
 * @csspart clock - Of a `message`: the time ran out.
 * @csspart wait - Of a `message`: it is under way.
 *
 * @cssproperty --cc-accent - The one colour.
 * @cssproperty --cc-on-accent - Text on it.
 * @cssproperty --cc-background - The card.
 * @cssproperty --cc-surface - Quiet areas in it.
 * @cssproperty --cc-text - Text.
 * @cssproperty --cc-muted - Quieter text.
 * @cssproperty --cc-good - A payment that is complete.
 * @cssproperty --cc-warn - A warning.
 * @cssproperty --cc-bad - A failure.
 * @cssproperty --cc-border - Lines.
 * @cssproperty --cc-shadow - The card's shadow.
 * @cssproperty --cc-radius - Its corners.
 * @cssproperty --cc-max-width - Its widest.
 * @cssproperty --cc-min-height - Its least height, so that nothing below it jumps from screen to screen.
 * @cssproperty --cc-font-family - Text.
 * @cssproperty --cc-font-mono - Addresses.
 *
 * @cssstate loading - Nothing is known yet.
 * @cssstate pending - Not paid yet.
 * @cssstate processing - A payment is being confirmed.
 * @cssstate review - Somebody of the shop looks at it.
 * @cssstate paid - Paid.
 * @cssstate failed - The payment failed.
 * @cssstate expired - The time ran out.
 * @cssstate canceled - Canceled.
 * @cssstate refunding - Being given back.
 * @cssstate refunded - Given back.
 */
export class CryptoCheckout extends LitElement implements FlowHost {
  static override styles = [tokens, base, controls, screens]

  static readonly formAssociated = true

  static override properties = {
    proxy: {},
    checkout: {},
    orderToken: { attribute: 'order-token' },
    product: {},
    quantity: { type: Number },
    amount: {},
    currency: {},
    orderId: { attribute: 'order-id' },
    assets: {},
    mode: { reflect: true },
    isOpen: { type: Boolean, attribute: 'open', reflect: true },
    // only so that a value from before the definition is kept
    open: { attribute: false, noAccessor: true },
    required: { type: Boolean, reflect: true },
    disabled: { type: Boolean, reflect: true },
    redirect: {},
    theme: { reflect: true },
    locale: {},
    texts: { attribute: false },
    successUrl: { attribute: 'success-url' },
    failUrl: { attribute: 'fail-url' },
    cancelUrl: { attribute: 'cancel-url' },
    supportUrl: { attribute: 'support-url' },
    name: {},
  }

  static readonly [OURS] = true

  /** Registers the element; a second time does nothing. Another name helps where ours is taken. */
  static define(name = 'crypto-checkout'): void {
    const known = customElements.get(name)
    if (!known) customElements.define(name, class extends this {})
    else if (!(OURS in known))
      // oxlint-disable-next-line no-console -- the only way to tell whoever builds the page
      console.error(
        `crypto-checkout: <${name}> belongs to another library. Please give it another name.`,
      )
  }

  /** Whether `url` is one that a payment page sent the shopper back to. */
  static hasReturned(url = location.href): boolean {
    return returnedId(url) !== null
  }

  readonly #flow: Flow
  readonly #focus: Focus
  readonly #updateForm = createFormValue(this)

  /** The proxy's URL. */
  declare proxy: string | null
  /** A checkout that the merchant's backend created. */
  declare checkout: string | null
  /** A signed order. */
  declare orderToken: string | null
  /** An article of the proxy's price catalogue. */
  declare product: string | null
  /** How many of it. */
  declare quantity: number | null
  /** An order that nobody signed, where the proxy allows it. */
  declare amount: string | null
  /** The currency of `amount`: `EUR`. */
  declare currency: string | null
  /** The merchant's number for a `product` or `amount` order; a random one is made and kept. */
  declare orderId: string | null
  /** Which coins to offer: `USDT:TRON,BTC`. Ways to pay that name no coin are always offered. */
  declare assets: string | null
  /** In the page (`inline`), in a dialog (`modal`), or in one with a button of its own (`button`). */
  declare mode: 'inline' | 'modal' | 'button' | null
  /** The attribute `open`: the dialog is open. */
  declare isOpen: boolean
  /** Keeps its form from being sent until paid. */
  declare required: boolean
  /** Cannot be used, as a button that is disabled. */
  declare disabled: boolean
  /** Where payment pages open: `auto`, `self`, `popup`. */
  declare redirect: RedirectMode
  /** `auto`, `light`, `dark`. */
  declare theme: 'auto' | 'light' | 'dark' | null
  /** The language of texts and numbers; else the one of the page around it (`lang`). */
  declare locale: string | null
  /** Texts of the page's own, in place of ours: `{ pay: 'Pay in coins' }`. */
  declare texts: Texts | null
  /** Where "Back to the shop" leads once paid. */
  declare successUrl: string | null
  /** Where it leads after a failure or expiry. */
  declare failUrl: string | null
  /** Where it leads after a cancel. */
  declare cancelUrl: string | null
  /** Where "Get help" leads. */
  declare supportUrl: string | null
  /** The name in a form. */
  declare name: string | null

  /** Clock, network and storage; replaced in tests and in unusual hosts. */
  declare environment: Environment
  /** URL, windows and clipboard of the page; likewise. */
  declare page: Page

  constructor() {
    super()
    for (const name of Object.keys(CryptoCheckout.properties)) Object.assign(this, { [name]: null })
    // what was set before the definition stays
    this.environment ??= browserEnvironment()
    this.page ??= browserPage()
    this.redirect = 'auto'
    this.isOpen = this.required = this.disabled = false
    this.#flow = createFlow(this)
    this.#focus = createFocus(this, this.#flow)
  }

  override willUpdate(changed: PropertyValues): void {
    if (ORDER_ATTRIBUTES.some((name) => changed.has(name))) this.#flow.connect()
    else this.#flow.wake()
    this.#flow.texts.update()
    this.#focus.remember()
  }

  override updated(changed: PropertyValues): void {
    this.#updateForm(this.#flow.state.checkout, this.#flow.t.payFirst)
    // only then: what the browser has closed is not opened again before we hear of it
    if (changed.has('isOpen') || changed.has('mode')) this.#showDialog()
    this.#focus.follow()
  }

  /**
   * Whether there is something to see.
   * @internal
   */
  get isShown(): boolean {
    return this.isOpen || !this.#hasDialog
  }

  get #hasDialog(): boolean {
    return this.mode === 'modal' || this.mode === 'button'
  }

  #showDialog(): void {
    const dialog = this.renderRoot.querySelector('dialog')
    if (!dialog || dialog.open === this.isOpen) return
    if (this.isOpen) dialog.showModal()
    else dialog.close()
  }

  readonly #open = (): void => {
    this.isOpen = true
  }

  /** Opens the dialog. Frameworks assign to it what they read in the attribute. */
  get open(): () => void {
    return this.#open
  }
  set open(isOpen: unknown) {
    this.isOpen = Boolean(isOpen)
  }

  /** Closes the dialog; what was begun goes on being watched. */
  close(): void {
    this.#flow.close(true)
  }

  /**
   * By the form's `fieldset`, or by the attribute.
   * @internal
   */
  formDisabledCallback(isDisabled: boolean): void {
    this.inert = isDisabled
  }

  /** Starts paying by a method of the list. Call it inside a click: it may open a window. */
  async start(methodId: string, answers: Answers = {}): Promise<boolean> {
    const method = this.#flow.state.checkout?.methods.find(({ id }) => id === methodId)
    return method ? this.#flow.start(method, answers) : false
  }

  /** Cancels the active payment. */
  async cancel(): Promise<void> {
    await this.#flow.cancel()
  }

  /** Starts the last method again, for a new price. */
  async requote(): Promise<boolean> {
    return this.#flow.requote()
  }

  /** Asks the proxy now. */
  async refresh(): Promise<void> {
    await this.#flow.refresh()
  }

  /** Forgets the order that was remembered for this page, and opens a new one. */
  reset(): void {
    this.#flow.reset()
  }

  /** Resolves once paid; never rejects. */
  async whenPaid(): Promise<PaidCheckout> {
    // of the order that the attributes say by now
    await this.updateComplete
    const { id, orderId, receipt } = await this.#flow.paid
    return { checkoutId: id, orderId, receipt }
  }

  override render(): TemplateResult {
    const card = () => frame(this.#flow, this.#screen(this.#flow.view))
    return this.#hasDialog ? shell(this.#flow, this.mode === 'button', card) : card()
  }

  #screen(view: View): TemplateResult {
    const flow = this.#flow
    switch (view.kind) {
      case 'misconfigured':
        return misconfigured(flow, view.names)
      case 'loading':
        return loading(flow)
      case 'checking':
        return message('wait', flow.t.checking)
      case 'visit':
        return visit(flow)
      case 'closing':
        return closing(flow, view.checkoutId)
      case 'error':
        return error(flow, view.code)
      case 'choose':
        return choose(flow, view.checkout)
      case 'transfer':
        return transfer(flow, view.payment, view.action)
      case 'redirect':
        return redirect(flow, view.checkout, view.payment, view.action)
      case 'outcome':
        return outcome(flow, view.checkout, view.status, view.outcome)
      default:
        return view satisfies never
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'crypto-checkout': CryptoCheckout
  }
}
