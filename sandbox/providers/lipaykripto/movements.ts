/**
 * LiPayKripto's payments and withdrawals in memory, and what can happen to them.
 *
 * From the documents: `pending_coin_selection`, `pending`, `confirmed`, `failed`, `manual_process`,
 * and of the SDK's README `processing`. Ours: which may follow which; a failed payment can still be
 * confirmed (late money), a withdrawal that ended cannot change.
 *
 * @module
 */
import { ProblemError } from '../../problem.ts'
import type { Paid, SandboxPayment } from '../../provider.ts'
import { keysOf } from '../../tables.ts'
import type { Coin } from './coins.ts'

export type Status =
  'pending_coin_selection' | 'pending' | 'processing' | 'manual_process' | 'confirmed' | 'failed'

/** A payment or a withdrawal. */
export interface Movement {
  readonly kind: 'payment' | 'withdrawal'
  /** In the control API: the merchant's own id, that of a withdrawal after `withdrawal:`. */
  readonly id: string
  /** `paymentId` or `requestId`. */
  readonly reference: string
  /** `paymentRequestId` or `withdrawId`. */
  readonly number: number
  /** Lira, with two decimals. */
  readonly tryAmount: string
  readonly webhookUrl: string
  readonly createdMs: number
  endedMs: number
  status: Status
  /** What the shopper chose, or what the merchant sends. */
  coin: Coin | undefined
  /** Where the withdrawal goes. */
  readonly walletAddress: string | null
}

/** What the request says of a new movement. */
export type NewMovement = Pick<
  Movement,
  'kind' | 'reference' | 'tryAmount' | 'webhookUrl' | 'coin' | 'walletAddress'
>

/** Where an action leads, and from where. `isSdk`: only the SDK's README knows it. */
interface Action {
  readonly to: Status
  readonly payment: readonly Status[]
  readonly withdrawal: readonly Status[]
  readonly isSdk?: boolean
}

const OPEN = ['pending_coin_selection', 'pending'] as const
const TABLE = {
  confirm: {
    to: 'confirmed',
    payment: [...OPEN, 'failed'],
    withdrawal: ['pending', 'processing', 'manual_process'],
  },
  fail: {
    to: 'failed',
    payment: OPEN,
    withdrawal: ['pending', 'processing', 'manual_process'],
  },
  'manual-process': { to: 'manual_process', payment: [], withdrawal: ['pending', 'processing'] },
  processing: { to: 'processing', payment: [], withdrawal: ['pending'], isSdk: true },
  pending: { to: 'pending', payment: [], withdrawal: ['pending', 'processing'], isSdk: true },
} as const satisfies Record<string, Action>

/** Every action there is. */
export const ACTIONS = keysOf(TABLE)

/** The payments and withdrawals of one stand-in. */
export interface Movements {
  /** Undefined if the reference is taken. */
  readonly create: (movement: NewMovement) => Movement | undefined
  readonly find: (kind: Movement['kind'], reference: string) => Movement | undefined
  readonly list: () => readonly Movement[]
  /** Throws a `ProblemError`: 404 `unknown_payment`, 409 `action_not_possible`. */
  readonly act: (id: string, action: string) => Movement
  readonly listActions: (movement: Movement) => readonly string[]
  readonly reset: () => void
}

export function createMovements(now: () => number, isSdk: () => boolean): Movements {
  const movements = new Map<string, Movement>()
  let number = 500

  const listActions = ({ kind, status }: Movement): (keyof typeof TABLE)[] =>
    ACTIONS.filter((name) => {
      const action: Action = TABLE[name]
      return action[kind].includes(status) && (action.isSdk !== true || isSdk())
    })
  return {
    create: (movement) => {
      const id = toId(movement.kind, movement.reference)
      if (movements.has(id)) return undefined
      number += 1
      const createdMs = now()
      const status = movement.kind === 'payment' ? 'pending_coin_selection' : 'pending'
      const created: Movement = {
        ...movement,
        id,
        number,
        createdMs,
        endedMs: createdMs,
        status,
      }
      movements.set(id, created)
      return created
    },
    find: (kind, reference) => movements.get(toId(kind, reference)),
    list: () => [...movements.values()],
    act: (id, action) => {
      const movement = movements.get(id)
      const known = ACTIONS.find((each) => each === action)
      if (!movement || !known) {
        throw new ProblemError(404, 'unknown_payment', 'No such payment, withdrawal or action.')
      }
      const legal = listActions(movement)
      if (!legal.includes(known)) {
        const detail = `${action} is not possible in ${movement.status}.`
        throw new ProblemError(409, 'action_not_possible', detail, { legal })
      }
      movement.status = TABLE[known].to
      movement.endedMs = now()
      return movement
    },
    listActions,
    reset: () => movements.clear(),
  }
}

/** A movement as `GET /payments` shows it. */
export function toPayment(movement: Movement, actions: readonly string[]): SandboxPayment {
  const { id, kind, number, reference, status, tryAmount, coin, walletAddress } = movement
  return {
    id,
    status,
    amount: tryAmount,
    currency: 'TRY',
    reference,
    createdAt: new Date(movement.createdMs).toISOString(),
    actions,
    details: { kind, number, coin: coin ?? null, walletAddress },
  }
}

/** A payment's money as `GET /ledger` shows it; withdrawals bring none in. */
export function toPaid({ kind, id, tryAmount, status, endedMs }: Movement): Paid[] {
  if (kind !== 'payment' || status !== 'confirmed') return []
  return [{ id, amount: tryAmount, currency: 'TRY', at: new Date(endedMs).toISOString() }]
}

function toId(kind: Movement['kind'], reference: string): string {
  return kind === 'payment' ? reference : `withdrawal:${reference}`
}
