/**
 * "Play the payer": the sandbox's panel beside a checkout. Demo tooling, and marked as such; a real
 * shop has nothing like it.
 * @module
 */
import { canKillProxy, killProxy } from '../lib/demo-proxy.ts'
import { el } from '../lib/dom.ts'
import { createClient } from './client.ts'
import type { Fault, Notification, NotifyMode, SandboxClient, SandboxPayment } from './client.ts'
import { fillDrawer, redraw } from './drawer.ts'
import { OrderPayments } from './order-payments.ts'
import { notifications } from './notifications.ts'
import { mishaps, paymentCard } from './view.ts'
import type { PanelActs } from './view.ts'

const EVERY_MS = 1500

const NOTHING_HERE = `Choose a way to pay. It then appears here, and you can play what the payer and the
  payment company do. A card payment appears when its page is done.`
const NOTHING_AT_ALL = 'No payment has been made yet.'

/** Fills the panel, where the page has one. Call it before the widget is there: it listens to it. */
export function startPanel(): void {
  const place = document.querySelector<HTMLElement>('#sandbox-panel')
  if (place) void new Panel(place).follow()
}

/** What the sandbox told. */
interface Found {
  readonly payments: readonly SandboxPayment[]
  readonly waiting: readonly Fault[]
  readonly sent: readonly Notification[]
  readonly modes: readonly NotifyMode[]
}

class Panel {
  readonly #place: HTMLElement
  readonly #client: SandboxClient
  readonly #hasCheckout = document.querySelector('crypto-checkout') !== null
  readonly #list = el('div', { class: 'plays' })
  readonly #tools = el('div')
  readonly #notices = el('div')
  readonly #said = el('p', { class: 'said', role: 'status' })
  readonly #acts: PanelActs
  #order: OrderPayments | null = null
  #canKill = false
  #shown = ''

  constructor(place: HTMLElement) {
    this.#place = place
    this.#client = createClient(place.dataset['control'] ?? '')
    this.#acts = this.#makeActs()
    this.#listenToWidget()
    fillDrawer(place, !this.#hasCheckout, [this.#list, this.#said, this.#notices, this.#tools])
  }

  /** Shows what there is, again and again. */
  async follow(): Promise<void> {
    this.#canKill = await canKillProxy()
    const next = async (): Promise<void> => {
      if (!document.hidden) await this.#refresh()
      setTimeout(() => void next(), EVERY_MS)
    }
    await next()
  }

  #listenToWidget(): void {
    document.addEventListener('cc-ready', (event) => {
      this.#order = new OrderPayments((event as CustomEvent<{ orderId: string }>).detail.orderId)
      void this.#refresh()
    })
    document.addEventListener('cc-redirect', (event) => {
      this.#order?.noteLink((event as CustomEvent<{ url: string }>).detail.url)
    })
    document.addEventListener('cc-state', () => void this.#refresh())
  }

  async #refresh(): Promise<void> {
    try {
      const client = this.#client
      const [all, waiting, sent, modes] = await Promise.all([
        client.payments(),
        client.faults(),
        client.notifications(),
        client.notifyModes(),
      ])
      const others = this.#hasCheckout ? [] : all
      const payments = this.#order ? await this.#order.filter(all) : others
      this.#show({ payments, waiting, sent, modes })
    } catch {
      this.#said.textContent = 'The sandbox does not answer.'
    }
  }

  #show(found: Found): void {
    const { payments, waiting } = found
    const now = JSON.stringify(found)
    if (now === this.#shown) return
    this.#shown = now
    redraw(this.#place, () => {
      const nothing = el('p', { class: 'none' }, this.#hasCheckout ? NOTHING_HERE : NOTHING_AT_ALL)
      const cards = payments.map((payment) => paymentCard(payment, this.#acts))
      this.#list.replaceChildren(...(cards.length > 0 ? cards : [nothing]))
      this.#notices.replaceChildren(...notifications(found, this.#acts))
      this.#tools.replaceChildren(mishaps(waiting, this.#acts, this.#canKill))
    })
  }

  async #run(done: string, task: Promise<unknown>): Promise<void> {
    try {
      await task
      this.#said.textContent = done
    } catch (error) {
      this.#said.textContent = error instanceof Error ? error.message : 'That did not work.'
    }
    await this.#refresh()
  }

  #makeActs(): PanelActs {
    const client = this.#client
    const run = (done: string, task: Promise<unknown>): void => void this.#run(done, task)
    return {
      act: (payment, action, amount) =>
        run(`Played: ${action}.`, client.act(payment, action, amount)),
      addFault: (text, fault) => run(`Next: ${text.toLowerCase()}.`, client.addFault(fault)),
      notifyNext: (text, mode) => run(`${text}: set.`, client.notifyNext(mode)),
      replay: (id) => run('Sent once more.', client.replay(id)),
      clearFaults: () => run('Nothing goes wrong any more.', client.clearFaults()),
      expireTokens: () => run('The proxy has to log in again.', client.expireTokens()),
      killProxy: () => run('The proxy is dead. It comes back in a second.', killProxy()),
    }
  }
}
