/**
 * Cryptom's transaction history (document, "Transaction History"). Its records hold people's names,
 * addresses and numbers, in places that change: they are taken out unless they were asked for.
 * @module
 */
import { z } from 'zod'
import { ProxyError } from '../errors.ts'
import { providerId } from '../option-schemas.ts'
import { expectShape } from '../provider-fetch.ts'
import type { HistoryPage, HistoryWords } from '../provider.ts'

/** Every documented filter. */
const FILTERS: ReadonlySet<string> = new Set([
  'id',
  'sequenceID',
  'currency',
  'currencyAmount',
  'clientType',
  'coin',
  'network',
  'coinAmount',
  'status',
  'userEmail',
  'userMobile',
  'reservedFrom',
  'reservedUntil',
  'walletAddress',
])

/** What says nothing about a person. */
const IMPERSONAL: ReadonlySet<string> = new Set([
  '_id',
  'id',
  'sequenceID',
  'currency',
  'currencyAmount',
  'conversionRate',
  'exchangeFee',
  'clientType',
  'coin',
  'network',
  'coinAmount',
  'commission',
  'status',
  'statusNote',
  'acceptableThreshold',
  'totalTransferAmount',
  'isTransferComplete',
  'timestamps',
  'timeout',
  'date',
  'createdAt',
  'updatedAt',
  'reservedFrom',
  'reservedUntil',
])

const historyShape = z.object({
  data: z.object({
    results: z.array(z.record(z.string(), z.unknown())),
    totalDocs: z.number().optional(),
    page: z.number().optional(),
    totalPages: z.number().optional(),
  }),
})

export const HISTORY: HistoryWords = {
  filters: [...FILTERS, 'page', 'limit'],
  columns: ['_id', 'status', 'currencyAmount currency', 'coinAmount coin network', 'createdAt'],
  paymentId: 'statusNote',
}

/** `?status=PENDING&page=2`. Throws `invalid_request` naming a filter that the document does not have. */
export function toHistoryQuery(
  filters: Readonly<Record<string, string>>,
  names: PagingNames,
): string {
  const paging = new Map([
    ['page', names.pageParam],
    ['limit', names.limitParam],
  ])
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(filters)) {
    const parameter = paging.get(name) ?? (FILTERS.has(name) ? name : undefined)
    if (parameter === undefined) {
      throw new ProxyError('invalid_request', `must be one of ${[...FILTERS].join(', ')}`, {
        field: name,
      })
    }
    search.set(parameter, value)
  }
  return search.size > 0 ? `?${search.toString()}` : ''
}

export function readHistory(body: unknown, withPersonalData: boolean): HistoryPage {
  const { data } = expectShape(historyShape, body)
  return {
    payments: data.results.map((record) => (withPersonalData ? record : withoutPeople(record))),
    page: data.page ?? null,
    pages: data.totalPages ?? null,
    total: data.totalDocs ?? null,
  }
}

/** Names of the paging parameters, which the document does not tell. */
export interface PagingNames {
  readonly pageParam: string
  readonly limitParam: string
}

const PAGE_SIZE = 100
const MAX_PAGES = 20

/**
 * The id of the transaction with this `statusNote`, among those that are like it: by documented filters
 * whose meaning leaves no doubt. Null: there is none. Undefined: there are more than we read, or could.
 */
export async function findByNote(
  note: string,
  like: Readonly<Record<'coin' | 'network' | 'currency' | 'currencyAmount', string>>,
  names: PagingNames,
  ask: (search: string) => Promise<unknown>,
): Promise<string | null | undefined> {
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const filters = { ...like, page: String(page), limit: String(PAGE_SIZE) }
    const { data } = expectShape(notesShape, await ask(toHistoryQuery(filters, names)))
    const found = data.results.find(({ statusNote }) => statusNote === note)
    if (found) return found._id
    // The parameter has another name there, and this is not the page that was asked for.
    if (data.page !== undefined && data.page !== page) return undefined
    if (data.results.length === 0 || page >= (data.totalPages ?? MAX_PAGES + 1)) return null
  }
  return undefined
}

const notesShape = z.object({
  data: z.object({
    results: z.array(z.object({ _id: providerId, statusNote: z.string().optional() })),
    page: z.number().optional(),
    totalPages: z.number().optional(),
  }),
})

function withoutPeople(record: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = Object.entries(record).filter(([name]) => IMPERSONAL.has(name))
  const wallet = record['wallet']
  const address =
    typeof wallet === 'object' && wallet !== null && 'address' in wallet
      ? wallet.address
      : undefined
  return { ...Object.fromEntries(kept), ...(address !== undefined && { walletAddress: address }) }
}
