/**
 * How to read each provider's ledger: whose payment an entry is, whether its money came, and whether it
 * is what that payment of ours asked for. Written from the sandbox's side alone.
 * @module
 */
import { createHash } from 'node:crypto'
import { compareDecimal } from '../../protocol/money.ts'
import type { PaymentRecord } from '../../proxy/records.ts'
import type { SandboxPayment } from '../../sandbox/index.ts'
import type { Ledgers } from './ledgers.ts'
import { PROVIDER_NAMES } from './sandbox-control.ts'
import type { ProviderLedger, ProviderName } from './sandbox-control.ts'

/** A payment at a provider, with the payment of ours that it belongs to. */
export interface Entry {
  readonly provider: ProviderName
  readonly payment: SandboxPayment
  readonly owner: PaymentRecord | undefined
  /** The shopper's money is there, all of it, as far as the provider is concerned. */
  readonly isPaid: boolean
  /** Nobody can have told us of it yet: paid on a page whose shopper never came back. */
  readonly isSecret: boolean
  /** What differs from what the owner asked for; undefined: nothing. */
  readonly differs: string | undefined
}

/** All payments at all providers. Payouts are none. */
export function readEntries(ledgers: Ledgers): readonly Entry[] {
  const index = indexOf(ledgers.proxy.payments)
  return PROVIDER_NAMES.flatMap((provider) =>
    ledgers.providers[provider].payments
      .filter(({ details }) => details['kind'] !== 'withdrawal')
      .map((payment): Entry => {
        const book = BOOKS[provider]
        const found = book.owner(payment, index, ledgers)
        const owner = found?.provider === provider ? found : undefined
        return {
          provider,
          payment,
          owner,
          isPaid: book.isPaid(payment, ledgers.providers[provider]),
          isSecret: provider === 'redoya' && !ledgers.returned.has(payment.id),
          differs: owner && book.differs(payment, owner),
        }
      }),
  )
}

interface Index {
  readonly byId: ReadonlyMap<string, PaymentRecord>
  readonly byRef: ReadonlyMap<string, PaymentRecord>
  readonly byToken: ReadonlyMap<string, PaymentRecord>
}

interface Book {
  owner(payment: SandboxPayment, index: Index, ledgers: Ledgers): PaymentRecord | undefined
  isPaid(payment: SandboxPayment, ledger: ProviderLedger): boolean
  differs(payment: SandboxPayment, owner: PaymentRecord): string | undefined
}

const byReference: Book['owner'] = ({ reference }, { byId }) => byId.get(reference ?? '')

/** Amount and currency as they were asked for; `currency` is the provider's word. */
const asAsked = (payment: SandboxPayment, { price }: PaymentRecord): string | undefined => {
  if (compareDecimal(payment.amount, price.amount) !== 0) return 'amount'
  // USDT-TRC20 is USDT, on a network.
  return payment.currency.split('-')[0] === price.currency ? undefined : 'currency'
}

const BOOKS: Readonly<Record<ProviderName, Book>> = {
  cryptom: {
    owner: byReference,
    isPaid: ({ details }) => details['isTransferComplete'] === true,
    differs: (payment, owner) =>
      asAsked(payment, owner) ??
      (payment.details['coin'] === owner.method.asset?.symbol ? undefined : 'coin'),
  },
  redoya: {
    owner: ({ details }, { byToken }) => ofToken(String(details['redirect']), 'returns', byToken),
    // After a day it does not say any more how an order went; the ledger does.
    isPaid: ({ id, status }, { calls }) =>
      status === 'success' ||
      (status === 'timed-out' &&
        calls.some(({ details }) => details['id'] === id && details['outcome'] === 'success')),
    differs: (payment, owner) =>
      asAsked(payment, owner) ?? (payment.details['isInTestMode'] === 1 ? undefined : 'mode'),
  },
  lipaykripto: {
    owner: byReference,
    isPaid: ({ status }) => status === 'confirmed',
    differs: asAsked,
  },
  paycrypto: {
    owner: byReference,
    isPaid: ({ status }) => PAYCRYPTO_PAID.has(status),
    differs: (payment, owner) => {
      const paid = String(payment.details['paidAmount'])
      const isShort = PAYCRYPTO_PAID.has(payment.status) && compareDecimal(paid, payment.amount) < 0
      return asAsked(payment, owner) ?? (isShort ? 'paid amount' : undefined)
    },
  },
  lincoln: {
    owner: ({ id }, { byRef, byToken }, { lincolnAddresses }) =>
      byRef.get(id) ?? ofToken(lincolnAddresses.get(id) ?? '', 'webhooks', byToken),
    isPaid: ({ status }) => status === 'done',
    differs: asAsked,
  },
}

const PAYCRYPTO_PAID = new Set(['success', 'refunding', 'refunded', 'refund-failed'])

function indexOf(payments: readonly PaymentRecord[]): Index {
  return {
    byId: new Map(payments.map((payment) => [payment.id, payment])),
    byRef: new Map(payments.map((payment) => [payment.ref ?? '', payment])),
    byToken: new Map(
      payments.flatMap((payment) => [
        [payment.webhookHash, payment],
        [payment.returnHash, payment],
      ]),
    ),
  }
}

/** The store has hashes of the tokens that stand in our addresses. */
function ofToken(
  url: string,
  kind: 'returns' | 'webhooks',
  byToken: Index['byToken'],
): PaymentRecord | undefined {
  const token = new RegExp(`/v1/${kind}/(?:lincoln/)?([\\w-]{43})`).exec(url)?.[1]
  return token === undefined ? undefined : byToken.get(hashOf(token))
}

/** What the store keeps of a token. */
export const hashOf = (token: string): string =>
  createHash('sha256').update(token).digest('base64url')
