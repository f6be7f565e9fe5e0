/**
 * What the shop says about an order, by how the proxy says it stands. Shared by the page and its
 * script.
 * @module
 */
export interface Told {
  readonly title: string
  readonly text: string
  /** How many of the steps are done. */
  readonly step: number
  readonly tone: 'wait' | 'good' | 'bad'
}

export const STEPS: readonly string[] = ['Placed', 'Paid', 'Roasting', 'Posted']

const TEXTS: Readonly<Record<string, Told>> = {
  pending: {
    title: 'Waiting for your payment',
    text: 'Nothing has arrived yet. Your cart is kept for a day.',
    step: 1,
    tone: 'wait',
  },
  processing: {
    title: 'Your payment is on its way',
    text: 'We have seen it, and wait for it to be confirmed. This page follows.',
    step: 1,
    tone: 'wait',
  },
  review: {
    title: 'Your payment is being checked',
    text: 'Somebody is looking at it. You need not do anything; please do not pay again.',
    step: 1,
    tone: 'wait',
  },
  paid: {
    title: 'Paid. Thank you!',
    text: 'We roast on Monday and post on Tuesday.',
    step: 2,
    tone: 'good',
  },
  expired: {
    title: 'This order has expired',
    text: 'It was not paid in time. If you did pay, it still arrives, and we will see it here.',
    step: 0,
    tone: 'bad',
  },
  refunding: {
    title: 'Your money is on its way back',
    text: 'It can take a few days.',
    step: 0,
    tone: 'wait',
  },
  refunded: { title: 'Refunded', text: 'The money was sent back to you.', step: 0, tone: 'wait' },
  unknown: {
    title: 'We cannot ask just now',
    text: 'The payment service does not answer. Nothing is lost; this page keeps asking.',
    step: 1,
    tone: 'wait',
  },
}

/** The proxy's own notification, in words: what the shop ships on. */
export function tellNotice(notice: NoticeOf | undefined): string {
  if (!notice) return 'The proxy has not notified the shop yet.'
  const receipt = { true: ', receipt verified', false: ', receipt NOT valid', null: '' }
  return `Notified: ${notice.type}${receipt[`${notice.isReceiptGood}`]}.`
}

interface NoticeOf {
  readonly type: string
  readonly isReceiptGood: boolean | null
}

/** In words. A status that is not in the table is told as waiting, never as paid. */
export function tell({ status, reason }: { status: string; reason: string | null }): Told {
  const found = (Object.hasOwn(TEXTS, status) ? TEXTS[status] : TEXTS['pending']) as Told
  return status === 'paid' && reason === 'overpaid'
    ? { ...found, text: `${found.text} You paid more than the price; we send the rest back.` }
    : found
}
