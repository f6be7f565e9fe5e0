/**
 * Reading what the proxy answered, before anybody sees it: is it a checkout at all, is it newer than
 * what is shown, and may its address be paid to?
 * @module
 */
import { checkAddress, isSum } from '../../protocol/address.ts'
import { NETWORKS } from '../../protocol/assets.ts'
import { isDecimal } from '../../protocol/money.ts'
import type { Checkout, TransferAction } from '../../protocol/payment.ts'
import { TRANSITIONS, isPaidFor } from '../../protocol/status.ts'
import type { Environment } from './environment.ts'
import type { ErrorCode } from './error.ts'
import { keccak256 } from './keccak.ts'
import { safeUrl } from './url.ts'

const { hasOwn } = Object

/** Whether `value` has what the engine relies on. An unknown status never passes as anything. */
export function isCheckout(value: unknown): value is Checkout {
  const it = value as Checkout | null
  return (
    typeof it?.id === 'string' &&
    typeof it.orderId === 'string' &&
    isDecimal(it.price?.amount) &&
    hasOwn(TRANSITIONS, it.status) &&
    Array.isArray(it.methods) &&
    (it.payment === null || hasOwn(TRANSITIONS, it.payment?.status))
  )
}

/**
 * Whether `next` says what was true before `shown`, or is about something else: money is never taken
 * back, steps are never undone.
 */
export function isOlder(shown: Checkout, next: Checkout): boolean {
  if (shown.id !== next.id) return true
  if (isPaidFor(shown.status) && !isPaidFor(next.status)) return true
  const [from, to] = [shown.payment, next.payment]
  if (!from || !to || from.id !== to.id || from.status === to.status) return false
  return !TRANSITIONS[from.status].includes(to.status)
}

/** What {@link createGuard} makes. */
export interface Guard {
  /** Checks the address of a payment, once. Never rejects. */
  learn(checkout: Checkout): Promise<void>
  /** The reason to refuse where a payment leads to, or null. What was not learned is refused. */
  refuse(checkout: Checkout): ErrorCode | null
}

/**
 * Remembers the address of each payment, and finds what must not be paid to: a broken checksum,
 * another coin than the method's, an address that changed, a page that is not `https:`.
 */
export function createGuard({ sha256 }: Environment): Guard {
  const pins = new Map<string, string>()
  const right = new Set<string>()

  const verify = async ({ asset, address }: TransferAction): Promise<boolean> => {
    if (!hasOwn(NETWORKS, asset.network)) return false
    const rest = checkAddress(asset.network, address, keccak256)
    return typeof rest === 'boolean' ? rest : isSum(rest, await sha256(await sha256(rest.payload)))
  }
  const learn = async ({ payment }: Checkout): Promise<void> => {
    const action = payment?.nextAction
    if (action?.type !== 'transfer' || right.has(nameOf(action))) return
    if (await verify(action).catch(() => false)) right.add(nameOf(action))
  }
  const refuse = ({ methods, payment }: Checkout): ErrorCode | null => {
    const action = payment?.nextAction
    if (!action) return null
    // of a kind that is not known, too
    if (action.type !== 'transfer') return safeUrl(action.url) ? null : 'address_invalid'
    const { amount, asset } = action
    const picked = methods.find(({ id }) => id === payment.methodId)?.asset ?? asset
    const isRight =
      picked.symbol === asset.symbol &&
      picked.network === asset.network &&
      isDecimal(amount) &&
      right.has(nameOf(action))
    if (!isRight) return 'address_invalid'
    const target = nameOf(action)
    const isSame = (pins.get(payment.id) ?? target) === target
    // once it has changed, neither the old nor the new one is trusted again
    pins.set(payment.id, isSame ? target : '')
    return isSame ? null : 'address_changed'
  }
  return { learn, refuse }
}

const nameOf = ({ asset, address }: TransferAction): string =>
  `${asset.symbol} ${asset.network} ${address}`
