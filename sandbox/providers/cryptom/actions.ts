/**
 * What `POST /payments/cryptom/:id` can play. All of it is ours.
 *
 * A transfer makes a transaction TRANSFERRED, complete once the sum reaches `coinAmount`, also
 * after TIMEOUT or CANCELLED (late money). The other actions set a status and touch no money.
 *
 * @module
 */
import { formatDecimal, parseDecimal } from '../../decimal.ts'
import { ProblemError } from '../../problem.ts'
import { keysOf } from '../../tables.ts'
import { COIN_SCALE } from './quotes.ts'
import { due, isComplete, sumTransfers } from './transaction.ts'
import type { Status, Transaction } from './transaction.ts'

/** One action: whether it is possible now, and what it does. */
interface Action {
  readonly can: (transaction: Transaction) => boolean
  readonly perform: (transaction: Transaction, amount: string | undefined, at: string) => void
}

const TABLE = {
  /** The rest, in full. */
  pay: {
    can: (transaction) => !isComplete(transaction),
    perform: (transaction, amount, at) => {
      if (amount !== undefined) throw badAmount('pay takes no amount: it pays the rest.')
      transfer(transaction, rest(transaction), at)
    },
  },
  /** `amount`, half of what is due by default. */
  'pay-part': {
    can: (transaction) => !isComplete(transaction),
    perform: (transaction, amount, at) =>
      transfer(transaction, readAmount(amount) ?? due(transaction) / 2n, at),
  },
  /** `amount`, which must be more than the rest; the rest and a tenth of the whole by default. */
  overpay: {
    can: () => true,
    perform: (transaction, amount, at) => {
      const left = rest(transaction)
      const sum = readAmount(amount) ?? left + due(transaction) / 10n + 1n
      if (sum <= left) throw badAmount('overpay needs more than the rest.')
      transfer(transaction, sum, at)
    },
  },
  timeout: {
    can: (transaction) => transaction.status !== 'TIMEOUT' && !isComplete(transaction),
    perform: (transaction) => void (transaction.status = 'TIMEOUT'),
  },
  'manual-check': setStatus('MANUAL_CHECK'),
  converting: setStatus('CONVERTING'),
  converted: setStatus('CONVERTED'),
  'wallet-charged': setStatus('WALLET_CHARGED'),
  done: setStatus('DONE'),
  /** As the provider's own cancel: only while nothing has happened. */
  cancel: {
    can: ({ status, transfers }) => status === 'PENDING' && transfers.length === 0,
    perform: (transaction) => void (transaction.status = 'CANCELLED'),
  },
} as const satisfies Record<string, Action>

/** An action's name. */
export type ActionName = keyof typeof TABLE

/** Every action there is. */
export const ACTIONS: readonly ActionName[] = keysOf(TABLE)

/** Every action that is possible now. */
export function listActions(transaction: Transaction): readonly ActionName[] {
  return ACTIONS.filter((name) => TABLE[name].can(transaction))
}

/** Throws a `ProblemError`: 409 `action_not_possible`, 400 `invalid_amount`. */
export function perform(
  transaction: Transaction,
  action: ActionName,
  amount: string | undefined,
  at: string,
): void {
  const legal = listActions(transaction)
  if (!legal.includes(action)) {
    const detail = `${action} is not possible in ${transaction.status}.`
    throw new ProblemError(409, 'action_not_possible', detail, { legal })
  }
  const { perform: run }: Action = TABLE[action]
  run(transaction, amount, at)
}

function setStatus(status: Status): Action {
  return {
    can: (transaction) => transaction.status !== status,
    perform: (transaction) => void (transaction.status = status),
  }
}

function transfer(transaction: Transaction, sum: bigint, at: string): void {
  transaction.transfers.push({ at, amount: formatDecimal(sum, COIN_SCALE) })
  transaction.status = 'TRANSFERRED'
}

function rest(transaction: Transaction): bigint {
  const left = due(transaction) - sumTransfers(transaction)
  return left > 0n ? left : 0n
}

function readAmount(amount: string | undefined): bigint | undefined {
  if (amount === undefined) return undefined
  const sum = parseDecimal(amount, COIN_SCALE)
  if (sum === undefined || sum === 0n) {
    throw badAmount('The amount is no decimal text above 0 with at most 6 decimals.')
  }
  return sum
}

function badAmount(detail: string): ProblemError {
  return new ProblemError(400, 'invalid_amount', detail)
}
