/**
 * Which of the sandbox's payments belong to one order.
 * @module
 */
import type { PanelPayment } from '../../../panel-api.ts'
import type { SandboxPayment } from './client.ts'

/** An order's payments. Finds nothing while the proxy is dead, and keeps what it found. */
export class OrderPayments {
  readonly #orderId: string
  #own: readonly PanelPayment[] = []
  /** Return addresses of card payments: their id at the sandbox is known only once they are paid. */
  readonly #returns = new Set<string>()

  constructor(orderId: string) {
    this.#orderId = orderId
  }

  /** A link to a payment page that the widget is about to follow. */
  noteLink(url: string): void {
    const back = returnOf(url)
    if (back) this.#returns.add(back)
  }

  async filter(all: readonly SandboxPayment[]): Promise<readonly SandboxPayment[]> {
    const path = `/demo/payments?orderId=${encodeURIComponent(this.#orderId)}`
    const answer = await fetch(path).catch(() => undefined)
    const found = (await answer?.json().catch(() => undefined)) as
      { payments: readonly PanelPayment[] } | undefined
    if (found && found.payments.length > 0) this.#own = found.payments
    return all.filter((each) => this.#isOurs(each))
  }

  #isOurs({ id, reference, details }: SandboxPayment): boolean {
    return (
      this.#own.some((own) => own.ref === id || own.id === reference) ||
      [...this.#returns].some((back) => details.redirect?.startsWith(back))
    )
  }
}

/** The return address inside a card page's link: a signed token in the fragment. */
export function returnOf(url: string): string | null {
  const payload = /#[\w-]+\.([\w-]+)\./.exec(url)?.[1]
  if (!payload) return null
  try {
    const text = atob(payload.replaceAll('-', '+').replaceAll('_', '/'))
    const { successfulURL } = JSON.parse(text) as { successfulURL?: string }
    return successfulURL?.replace('{order_id}', '') ?? null
  } catch {
    return null
  }
}
