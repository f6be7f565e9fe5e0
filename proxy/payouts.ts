/**
 * The merchant's money to a wallet. One provider call for each request id, ever: the intent is stored
 * first, and an outcome that is not known is never tried again by itself.
 * @module
 */
import { addDecimal, compareDecimal } from '../protocol/money.ts'
import { ProviderError, ProxyError } from './errors.ts'
import { hashToken, mintToken } from './ids.ts'
import type { LogFields } from './log.ts'
import type { Services } from './services.ts'
import type { PayoutRules } from './payout-rules.ts'
import type { PayoutStatus, PayoutUpdate } from './payout.ts'
import type { Provider } from './provider.ts'
import type { PayoutRecord } from './records.ts'
import type { WebhookRequest } from './webhook.ts'

export interface PayoutOptions extends Services {
  readonly publicUrl: string
  readonly rules: PayoutRules | undefined
}

export interface PayoutOrder {
  readonly provider: string
  readonly requestId: string
  readonly amount: string
  readonly currency: string
  readonly asset: string
  readonly address: string
}

export interface Payouts {
  /** Throws `payouts_not_allowed`, `payout_conflict`; an outcome that is not known is a status, no error. */
  create(order: PayoutOrder): Promise<{ payout: PayoutRecord; isNew: boolean }>
  get(requestId: string): Promise<PayoutRecord>
  /** A notification that came to a payout's own address, by the address's hash. */
  takeWebhook(provider: Provider, hash: string, request: WebhookRequest): Promise<void>
}

const DAY_MS = 24 * 60 * 60_000
/** After this long without an answer the process that asked is gone. */
const ANSWERED_MS = 30_000

/** What may follow what; an end stays. */
const NEXT: Readonly<Record<PayoutStatus, readonly PayoutStatus[]>> = {
  created: ['pending', 'review', 'confirmed', 'failed', 'unknown'],
  pending: ['review', 'confirmed', 'failed'],
  review: ['pending', 'confirmed', 'failed'],
  unknown: ['pending', 'review', 'confirmed', 'failed'],
  confirmed: [],
  failed: [],
}

export function createPayouts(options: PayoutOptions): Payouts {
  const { store, providers, now, log, reached, publicUrl, rules } = options

  function checkAllowed(order: PayoutOrder, recent: readonly PayoutRecord[]): void {
    if (!rules) throw new ProxyError('payouts_not_allowed', 'PAYOUTS is not configured')
    if (compareDecimal(order.amount, rules.max) > 0) {
      throw new ProxyError('payouts_not_allowed', 'more than one payout may be', {
        field: 'amount',
      })
    }
    if (rules.addresses !== 'any' && !rules.addresses.includes(order.address)) {
      throw new ProxyError('payouts_not_allowed', 'not a wallet that may be paid to', {
        field: 'address',
      })
    }
    const sum = recent
      .filter(({ currency }) => currency === order.currency)
      .reduce((total, { amount }) => addDecimal(total, amount), order.amount)
    if (compareDecimal(sum, rules.daily) > 0) {
      throw new ProxyError('payouts_not_allowed', 'more than a day’s payouts may be', {
        field: 'amount',
      })
    }
  }

  async function record(
    requestId: string,
    update: PayoutUpdate,
  ): Promise<PayoutRecord | undefined> {
    let changed: LogFields<'payout.changed'> | undefined
    const after = await store.payouts.change(requestId, (payout) => {
      changed = undefined
      if (!NEXT[payout.status].includes(update.status)) return undefined
      changed = { payout: requestId, from: payout.status, to: update.status }
      return {
        status: update.status,
        providerStatus: update.providerStatus,
        ref: payout.ref ?? update.ref ?? null,
        updatedAt: now(),
      }
    })
    if (changed?.to === 'unknown') {
      log('warn', 'payout.changed', { ...changed, alarm: 'payout_unknown' })
    } else if (changed) log('info', 'payout.changed', changed)
    return after
  }

  async function send(provider: Provider, payout: PayoutRecord, token: string): Promise<void> {
    const { requestId, amount, currency, asset, address } = payout
    try {
      const update = await provider.payouts?.create({
        requestId,
        amount,
        currency,
        asset,
        address,
        webhookUrl: `${publicUrl}/v1/webhooks/${provider.id}/${token}`,
      })
      reached('payout_sent')
      if (update) await record(requestId, update)
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      log('warn', 'payout.failed', {
        payout: requestId,
        code: error.code,
        detail: error.message,
      })
      const status = error.mayHaveHappened ? 'unknown' : 'failed'
      await record(requestId, { status, providerStatus: error.code })
    }
  }

  async function get(requestId: string): Promise<PayoutRecord> {
    const payout = await store.payouts.find(requestId)
    if (!payout) throw new ProxyError('not_found')
    const isLost = payout.status === 'created' && now() - payout.createdAt > ANSWERED_MS
    if (isLost) {
      const lost = await record(requestId, { status: 'unknown', providerStatus: 'no answer' })
      return lost ?? payout
    }
    const ask = providers.get(payout.provider)?.payouts?.get
    if (!ask || NEXT[payout.status].length === 0 || payout.status === 'created') return payout
    try {
      return (await record(requestId, await ask(payout))) ?? payout
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error
      return payout
    }
  }

  return {
    async create(order) {
      const provider = providers.get(order.provider)
      const able = provider?.payouts
      if (!provider || !able) {
        throw new ProxyError('payouts_not_allowed', 'no such provider pays out', {
          field: 'provider',
        })
      }
      for (const [field, choices] of [
        ['currency', able.currencies],
        ['asset', able.assets],
      ] as const) {
        if (!choices.includes(order[field])) {
          throw new ProxyError('invalid_request', `must be ${choices.join(' or ')}`, { field })
        }
      }
      if (!able.isWallet(order.asset, order.address)) {
        throw new ProxyError('invalid_request', 'is no wallet of this coin’s network', {
          field: 'address',
        })
      }
      const token = mintToken()
      const fresh = newPayout(order, token, now())
      const { payout, isNew } = await store.payouts.insert(fresh, now() - DAY_MS, (recent) =>
        checkAllowed(order, recent),
      )
      if (!isNew) {
        if (!isSameOrder(order, payout)) {
          throw new ProxyError('payout_conflict', 'this id was used for another payout', {
            field: 'requestId',
          })
        }
        return { payout: await get(order.requestId), isNew }
      }
      reached('payout_stored')
      await send(provider, payout, token)
      return { payout: (await store.payouts.find(order.requestId)) ?? payout, isNew }
    },

    get,

    async takeWebhook(provider, hash, request) {
      const payout = await store.payouts.findByWebhook(hash)
      if (!payout || payout.provider !== provider.id || !provider.payouts) {
        throw new ProxyError('not_found')
      }
      const update = await provider.payouts.verifyWebhook(request, payout)
      if (update) await record(payout.requestId, update)
      else await get(payout.requestId)
    },
  }
}

const newPayout = (order: PayoutOrder, token: string, now: number): PayoutRecord => ({
  ...order,
  status: 'created',
  ref: null,
  providerStatus: null,
  webhookHash: hashToken(token),
  createdAt: now,
  updatedAt: now,
})

const isSameOrder = (order: PayoutOrder, payout: PayoutRecord): boolean =>
  (['provider', 'amount', 'currency', 'asset', 'address'] as const).every(
    (field) => order[field] === payout[field],
  )
