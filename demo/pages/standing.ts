/**
 * What the shop says about an order, by how the proxy says it stands. Shared by the page and its
 * script.
 * @module
 */
import { fill } from '../../widget/locales/fill.ts'
import type { Notice } from '../notifications.ts'
import type { Standing } from '../orders.ts'
import type { ShopTexts } from '../texts/en.ts'

export interface Told {
  readonly title: string
  readonly text: string
  /** How many of the steps are done. */
  readonly step: number
  readonly tone: 'wait' | 'good' | 'bad'
}

const STANDINGS: Readonly<Record<keyof ShopTexts['standings'], Pick<Told, 'step' | 'tone'>>> = {
  pending: { step: 1, tone: 'wait' },
  processing: { step: 1, tone: 'wait' },
  review: { step: 1, tone: 'wait' },
  paid: { step: 2, tone: 'good' },
  expired: { step: 0, tone: 'bad' },
  refunding: { step: 0, tone: 'wait' },
  refunded: { step: 0, tone: 'wait' },
  unknown: { step: 1, tone: 'wait' },
}

/** The proxy's own notification, in words: what the shop ships on. */
export function tellNotice(notice: Notice | undefined, t: ShopTexts): string {
  if (!notice) return t.notNotified
  const { notified, notifiedWithReceipt, notifiedWithBadReceipt } = t
  const texts = { true: notifiedWithReceipt, false: notifiedWithBadReceipt, null: notified }
  return fill(texts[`${notice.isReceiptGood}`], notice.type)
}

/** In words. A status that is not in the table is told as waiting, never as paid. */
export function tell({ status, reason }: Pick<Standing, 'status' | 'reason'>, t: ShopTexts): Told {
  const known = (Object.hasOwn(STANDINGS, status) ? status : 'pending') as keyof typeof STANDINGS
  const told = { ...STANDINGS[known], ...t.standings[known] }
  return status === 'paid' && reason === 'overpaid'
    ? { ...told, text: `${told.text} ${t.overpaid}` }
    : told
}
