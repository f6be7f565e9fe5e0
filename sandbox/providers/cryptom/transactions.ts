/**
 * Cryptom's transactions in memory.
 *
 * @module
 */
import { createHash, randomBytes } from 'node:crypto'
import { walletAddress } from '../../addresses.ts'
import { formatDecimal } from '../../decimal.ts'
import { ProblemError } from '../../problem.ts'
import type { SandboxPayment } from '../../provider.ts'
import { ACTIONS, listActions, perform } from './actions.ts'
import { COIN_SCALE, quote } from './quotes.ts'
import type { CreateRequest } from './requests.ts'
import { isComplete, sumTransfers, TIMEOUT_S } from './transaction.ts'
import type { Transaction } from './transaction.ts'

/** The transactions of one stand-in. */
export interface Transactions {
  readonly create: (request: CreateRequest) => Transaction
  readonly get: (id: string) => Transaction | undefined
  /** In the order in which they were made. */
  readonly list: () => readonly Transaction[]
  /** Throws a `ProblemError`: 404 `unknown_payment`, 409 `action_not_possible`, 400 `invalid_amount`. */
  readonly act: (id: string, action: string, amount: string | undefined) => void
  readonly reset: () => void
}

export function createTransactions(now: () => number): Transactions {
  const transactions = new Map<string, Transaction>()
  let sequenceID = 10_000

  const settle = (transaction: Transaction): Transaction => {
    const timeoutMs = (Math.floor(transaction.createdMs / 1000) + TIMEOUT_S) * 1000
    if (transaction.status === 'PENDING' && now() >= timeoutMs) transaction.status = 'TIMEOUT'
    return transaction
  }
  const get = (id: string): Transaction | undefined => {
    const transaction = transactions.get(id)
    return transaction && settle(transaction)
  }

  return {
    create: (request) => {
      const createdMs = now()
      const id = mintId(createdMs)
      sequenceID += 1
      const transaction: Transaction = {
        id,
        sequenceID,
        request,
        quote: quote(request.currencyAmount, request.coin),
        wallet: { id: walletId(id), address: walletAddress(request.network, id) },
        createdMs,
        updatedMs: createdMs,
        status: 'PENDING',
        transfers: [],
      }
      transactions.set(id, transaction)
      return transaction
    },
    get,
    list: () => [...transactions.values()].map(settle),
    act: (id, action, amount) => {
      const transaction = get(id)
      const known = ACTIONS.find((each) => each === action)
      if (!transaction || !known) {
        throw new ProblemError(404, 'unknown_payment', 'No such transaction or action.')
      }
      perform(transaction, known, amount, new Date(now()).toISOString())
      transaction.updatedMs = now()
    },
    reset: () => transactions.clear(),
  }
}

/** A transaction as `GET /payments` shows it. */
export function toPayment(transaction: Transaction): SandboxPayment {
  const { id, request, status, wallet, createdMs } = transaction
  return {
    id,
    status,
    amount: request.currencyAmount,
    currency: request.currency,
    reference: request.statusNote ?? null,
    createdAt: new Date(createdMs).toISOString(),
    actions: listActions(transaction),
    details: {
      coin: request.coin,
      network: request.network,
      coinAmount: transaction.quote.coinAmount,
      totalTransferAmount: formatDecimal(sumTransfers(transaction), COIN_SCALE),
      isTransferComplete: isComplete(transaction),
      address: wallet.address,
    },
  }
}

/** 24 hex digits that begin with the time in seconds, as the document's samples do. */
function mintId(nowMs: number): string {
  const seconds = Math.floor(nowMs / 1000).toString(16)
  return seconds.padStart(8, '0').slice(-8) + randomBytes(8).toString('hex')
}

/** 18 digits, the last one odd: no JS number holds it. */
function walletId(seed: string): string {
  const hash = createHash('sha256').update(`wallet ${seed}`).digest().readBigUInt64BE()
  return (428_000_000_000_000_000n + (hash % 10n ** 15n) * 2n + 1n).toString()
}
