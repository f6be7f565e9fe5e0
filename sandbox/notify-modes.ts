/**
 * What can go wrong with a notification on its way, and which of it waits to be played.
 *
 * @module
 */
import { isObject } from './json.ts'
import { invalidField, unknownWord } from './problem.ts'

export const NOTIFY_KINDS = ['lose', 'double', 'delay', 'reorder', 'forge', 'hold'] as const

/** See the table in `notifier.ts`. */
export type NotifyKind = (typeof NOTIFY_KINDS)[number]

/** Concerns the next notifications of a provider. */
export interface NotifyMode {
  readonly provider: string
  readonly kind: NotifyKind
  /** How many notifications it still meets, 1 by default; 0 means until cleared. */
  readonly times?: number
  /** Of the kind `delay`; 1000 by default. Not scaled. */
  readonly delayMs?: number
}

/** The waiting modes, first come first served. */
export interface NotifyModes {
  add(mode: NotifyMode): void
  take(provider: string): NotifyMode | undefined
  list(): readonly NotifyMode[]
  clear(): void
}

export function createNotifyModes(): NotifyModes {
  let modes: NotifyMode[] = []
  return {
    add: (mode) => void modes.push(mode),
    take: (provider) => {
      const index = modes.findIndex((mode) => mode.provider === provider)
      const mode = modes[index]
      if (!mode) return undefined
      const { times = 1 } = mode
      if (times === 1) modes.splice(index, 1)
      else if (times > 1) modes[index] = { ...mode, times: times - 1 }
      return mode
    },
    list: () => modes,
    clear: () => {
      modes = []
    },
  }
}

/** Reads the body of `POST /notify`; throws a `ProblemError` (400) that names what is legal. */
export function parseNotifyMode(
  { provider, kind, times = 1, delayMs }: Record<string, unknown>,
  providers: readonly string[],
): NotifyMode {
  const name = providers.find((each) => each === provider)
  if (name === undefined) throw unknownWord('provider', provider, providers)
  const known = NOTIFY_KINDS.find((each) => each === kind)
  if (known === undefined) throw unknownWord('kind', kind, NOTIFY_KINDS)
  if (!isCount(times)) throw invalidField('times')
  if (delayMs !== undefined && !isCount(delayMs)) throw invalidField('delayMs')
  const mode = { provider: name, kind: known, times }
  return delayMs === undefined ? mode : { ...mode, delayMs }
}

/** Headers to put over others; null takes one away. Throws a `ProblemError` (400). */
export function parseHeaders(value: unknown): Readonly<Record<string, string | null>> {
  if (value === undefined) return {}
  if (!isObject(value)) throw invalidField('headers')
  const entries = Object.entries(value).map(([name, text]) => {
    if (typeof text !== 'string' && text !== null) throw invalidField('headers')
    return [name.toLowerCase(), text] as const
  })
  return Object.fromEntries(entries)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 2 ** 31
}
