/**
 * What scenarios are played with: the element for the shopper, the sandbox for everybody else.
 * @module
 */
import type { Checkout, Method } from '../../../../../protocol/payment.ts'
import type { SandboxClient } from '../../panel/client.ts'
import { OrderPayments, returnOf } from '../../panel/order-payments.ts'
import type { CheckoutElement } from '../stage.ts'
import { COMPANIES } from './companies.ts'
import type { Act, Company } from './companies.ts'
import type { Tools } from './scenario.ts'
import { waitFor } from './wait-for.ts'

/** The room that a scenario is played in. */
export interface Room {
  readonly sandbox: SandboxClient
  readonly proxyUrl: string
  /** The `fetch` that the journal does not hear. */
  readonly ask: typeof fetch
  /** Puts a new order of this company on the stage. */
  renew(company: Company): Promise<CheckoutElement>
  /** Lets time pass for the whole demo. */
  advance(ms: number): Promise<void>
  /** Writes down what is being done. */
  say(text: string): void
}

const PATIENCE_MS = 30_000
const TRIES = 6
const PAUSE_MS = 1500
const MINUTE_MS = 60_000

const SAID: Readonly<Record<Act, string>> = {
  pay: 'The payer pays.',
  part: 'The payer sends half.',
  over: 'The payer sends too much.',
  fail: 'The company says that it failed.',
  expire: 'The company says that the time is up.',
  first: 'The company says that something is under way.',
}

export function createTools(room: Room, company: Company): Tools {
  const { sandbox, proxyUrl, ask, renew, advance, say } = room
  let element: CheckoutElement
  let checkoutId = ''
  let own: OrderPayments | null = null
  let page = ''

  /** As the shopper's page may read it. */
  const read = async (): Promise<Checkout> =>
    (await (await ask(`${proxyUrl}/v1/checkouts/${checkoutId}`)).json()) as Checkout
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

  async function follow(url: string): Promise<void> {
    await ask(url, { mode: 'no-cors' })
    await element.refresh()
  }

  const tools: Tools = {
    company,
    async order() {
      say('A new order.')
      element = await renew(company)
      // The payment page stays closed: the payer is played.
      element.redirect = 'self'
      element.addEventListener('cc-redirect', (event) => {
        event.preventDefault()
        page = event.detail.url
      })
      const { detail } = await once(element, 'cc-ready')
      checkoutId = detail.checkoutId
      own = new OrderPayments(detail.orderId)
    },
    async begin() {
      const { methods } = await read()
      const method = methods[0]
      if (!method) throw new Error(`${company.name} does not take this order.`)
      say(`The shopper picks ${method.label}.`)
      return element.start(method.id, answersFor(method))
    },
    async beginUntilItWorks() {
      for (let tries = 0; tries < TRIES; tries += 1) {
        if (await tools.begin()) return
        say('It did not work. The shopper tries again.')
        await pause(PAUSE_MS)
      }
      throw new Error('The payment could not be started.')
    },
    async act(act) {
      say(SAID[act])
      const action = company.acts[act] ?? ''
      // Card payments are known to the company only once somebody was on its page.
      if (company.create === null) return follow((await sandbox.payByCard(page, action)).redirect)
      const payment = await waitFor('the payment at the company', PATIENCE_MS, async () =>
        (await own?.filter(await sandbox.payments()))?.find(
          ({ provider }) => provider === company.id,
        ),
      )
      await sandbox.act(payment, action)
    },
    async payOnPage() {
      say('The payer pays on the payment page.')
      return (await sandbox.payByCard(page, 'success')).orderId
    },
    async comeBack(orderNumber) {
      say(`The browser comes back with the order number ${orderNumber}.`)
      await follow((returnOf(page) ?? '') + orderNumber)
    },
    async fault(kind, more) {
      say(`The company’s next answer is spoiled: ${kind}.`)
      const operation = company.create ?? ''
      await sandbox.addFault({ provider: company.id, operation, kind, ...more })
    },
    async notify(kind) {
      say(`What happens to its next notification: ${kind}.`)
      await sandbox.notifyNext({ provider: company.id, kind })
    },
    async cancel() {
      say('The shopper cancels.')
      await element.cancel()
    },
    async pass(minutes) {
      say(`${minutes} minutes pass.`)
      await advance(minutes * MINUTE_MS)
      await element.refresh()
    },
    async skew(minutes) {
      say(`The companies’ clocks are ${minutes} minutes ahead.`)
      await sandbox.setSkew(minutes * MINUTE_MS)
    },
    look: read,
    refresh: () => element.refresh(),
    async payment(status) {
      await waitFor(`a payment that is ${status}`, PATIENCE_MS, async () =>
        (await read()).payment?.status === status ? true : undefined,
      )
    },
    async partial() {
      await waitFor('a part of the money', PATIENCE_MS, async () =>
        (await read()).payment?.remaining ? true : undefined,
      )
    },
  }
  return tools
}

/** The companies by the id that is in a choice; the default where it cannot play the scenario. */
export const companyFor = (wanted: string, able: readonly string[]): Company => {
  const id = able.includes(wanted) ? wanted : able[0]
  const company = COMPANIES.find((each) => each.id === id)
  if (!company) throw new Error('No payment company can play this.')
  return company
}

/** What an imagined shopper answers. */
function answersFor({ fields, consent }: Method): {
  fields: Record<string, string>
  consent: boolean
} {
  const known: Readonly<Record<string, string>> = { email: 'shopper@shop.example' }
  const answers = fields
    .filter(({ required }) => required)
    .map(({ id, hint }) => [id, known[id] ?? hint ?? 'Ada'] as const)
  return { fields: Object.fromEntries(answers), consent: consent !== null }
}

function once<Name extends keyof HTMLElementEventMap>(
  target: HTMLElement,
  name: Name,
): Promise<HTMLElementEventMap[Name]> {
  return new Promise((resolve) => target.addEventListener(name, resolve, { once: true }))
}
