/**
 * Mounts the element in a made-up world, and asks what a shopper perceives.
 * @module
 */
// oxlint-disable-next-line import/no-unassigned-import -- it sets the global `axe`
import 'axe-core/axe.min.js'
import type { AxeResults } from 'axe-core'
import { expect } from 'chai'
import type { Checkout } from '../../protocol/payment.ts'
import { CryptoCheckout } from '../../widget/crypto-checkout.ts'
import type { CheckoutEventDetails } from '../../widget/events.ts'
import { PROXY } from '../../demo/gallery/fixtures.ts'
import { FakePage, World } from './world.ts'

CryptoCheckout.define()

/** An element with its world, and the questions of a test. */
export interface Mounted {
  readonly element: CryptoCheckout
  readonly world: World
  readonly page: FakePage
  /** What happened, as `cc-ready`. */
  readonly events: readonly CustomEvent[]
  named<Name extends keyof CheckoutEventDetails>(name: Name): readonly CheckoutEventDetails[Name][]
  /** Everything that can be read, without what is for screen readers only. */
  text(): string
  heading(): string | undefined
  spoken(): string
  find(selector: string): HTMLElement | null
  /** The button or link that is called so. */
  control(name: string | RegExp): HTMLElement
  has(name: string | RegExp): boolean
  click(name: string | RegExp): Promise<void>
  settle(ignoring?: number): Promise<void>
  pass(ms: number, ignoring?: number): Promise<void>
}

interface MountOptions {
  readonly world?: World
  readonly page?: FakePage
  readonly attributes?: Readonly<Record<string, string>>
  /** How many requests are meant to hang. */
  readonly hanging?: number
}

const mounted: CryptoCheckout[] = []

afterEach(() => {
  for (const element of mounted.splice(0)) element.remove()
})

/** Mounts an element that is answered with `state`. */
export async function mount(
  state: Checkout | Response | (() => Checkout | Response | Promise<Checkout | Response>),
  { world = new World(), page = new FakePage(), attributes = {}, hanging = 0 }: MountOptions = {},
): Promise<Mounted> {
  world.answers(typeof state === 'function' ? state : () => state)
  const element = document.createElement('crypto-checkout')
  element.environment = world
  element.page = page
  const given = { proxy: PROXY, checkout: 'Qm3xT8vLr2Kp9ZsW4yNb7A', ...attributes }
  for (const [name, value] of Object.entries(given)) if (value) element.setAttribute(name, value)
  const events: CustomEvent[] = []
  for (const name of EVENTS)
    element.addEventListener(name, (event) => events.push(event as CustomEvent))
  mounted.push(element)
  document.body.append(element)

  const root = element.shadowRoot ?? element
  const settle = async (ignoring = hanging) => {
    await element.updateComplete
    await world.settle(ignoring)
    await element.updateComplete
    await element.updateComplete
  }
  const find = (selector: string) => root.querySelector<HTMLElement>(selector)
  const nameOf = (it: Element) => {
    const copy = it.cloneNode(true) as Element
    for (const hidden of copy.querySelectorAll('[aria-hidden=true]')) hidden.remove()
    return (it.getAttribute('aria-label') ?? copy.textContent).replaceAll(/\s+/g, ' ').trim()
  }
  const search = (name: string | RegExp) =>
    [...root.querySelectorAll<HTMLElement>('button, a, summary')].find((it) =>
      typeof name === 'string' ? nameOf(it) === name : name.test(nameOf(it)),
    )
  const control = (name: string | RegExp) => {
    const found = search(name)
    if (!found) throw new Error(`nothing is called ${name} in: ${find('.card')?.textContent}`)
    return found
  }
  await settle()
  return {
    element,
    world,
    page,
    events,
    named: (name) =>
      events.filter((event) => event.type === name).map((event) => event.detail as never),
    text: () => (find('.card')?.innerText ?? '').replaceAll(/\s+/g, ' '),
    heading: () => find('h2')?.textContent.trim(),
    spoken: () => find('[role=status]')?.textContent ?? '',
    find,
    control,
    has: (name) => search(name) !== undefined,
    async click(name) {
      control(name).click()
      await settle()
    },
    settle,
    async pass(ms, ignoring = hanging) {
      await world.pass(ms, ignoring)
      await settle(ignoring)
    },
  }
}

const EVENTS: readonly (keyof CheckoutEventDetails)[] = [
  'cc-ready',
  'cc-select',
  'cc-redirect',
  'cc-return',
  'cc-state',
  'cc-partial',
  'cc-paid',
  'cc-expired',
  'cc-canceled',
  'cc-failed',
  'cc-error',
  'cc-close',
]

declare const axe: { run(context: Element, options: object): Promise<AxeResults> }

/** No violation of WCAG 2.2 AA or of axe's best practices. */
export async function expectAccessible(element: Element): Promise<void> {
  const { violations } = await axe.run(element, {
    resultTypes: ['violations'],
    // of the page, not of an element in it
    rules: { region: { enabled: false }, 'page-has-heading-one': { enabled: false } },
  })
  const found = violations.map(
    ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
  )
  expect(found).to.deep.equal([])
}

/** An error of the API. */
export function problem(
  code: string,
  status: number,
  headers: Record<string, string> = {},
): Response {
  return Response.json(
    { type: 'about:blank', title: '', status, code, requestId: 'r' },
    { status, headers },
  )
}

/** A promise that a test keeps open until it calls `resolve`. */
export function gate<T>(): PromiseWithResolvers<T> {
  return Promise.withResolvers<T>()
}
