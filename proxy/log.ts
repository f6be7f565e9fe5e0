/**
 * Structured logs: one JSON object a line, whatever is in it, with the fields that its event may have and
 * no others, and with every secret blotted out.
 * @module
 */
import type { Alarm } from './alarms.ts'
import { COMMON_FIELDS, EVENTS, FIELD_LIMITS, USUAL_LIMIT } from './events.ts'
import type { EventName, FieldOf, LevelOf, LogLevel } from './events.ts'
import { createRedact } from './redact.ts'
import { currentTrace } from './trace.ts'

export type { LogLevel } from './events.ts'

export type LogValue = string | number | boolean | null | undefined
export type LogFields<E extends EventName = EventName> = Readonly<
  Partial<Record<Exclude<FieldOf<E>, 'alarm'>, LogValue>>
> & { readonly alarm?: Alarm | undefined }

/** `event` is a stable name (`payment.created`); fields are flat. Never throws. */
export type Log = <E extends EventName>(level: LevelOf<E>, event: E, fields?: LogFields<E>) => void

/** Hears of every event, for counting. */
export type Heard = (
  level: LogLevel,
  event: EventName,
  fields: Readonly<Record<string, LogValue>>,
) => void

export interface LogOptions {
  /** Values that must never appear, in any of the forms they travel in. */
  readonly secrets: readonly string[]
  readonly write?: (line: string) => void
  readonly now?: () => number
  readonly heard?: Heard
}

/** Controls and what is not seen (line separators, changes of direction): JSON lets them through. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** A log that writes lines to standard output, or to `write`. */
export function createLog(options: LogOptions): Log {
  const redact = createRedact(options.secrets)
  const write = options.write ?? ((line) => process.stdout.write(`${line}\n`))
  const now = options.now ?? Date.now

  function toValue(name: string, value: unknown): LogValue {
    if (typeof value === 'string') {
      // Cut afterwards: the half of a secret is not recognised any more.
      return cut(redact(value), FIELD_LIMITS[name] ?? USUAL_LIMIT)
    }
    const isScalar = typeof value === 'number' || typeof value === 'boolean' || value === null
    return isScalar ? value : undefined
  }

  return (level, event, fields) => {
    const known: Readonly<Record<string, unknown>> = { ...currentTrace(), ...fields }
    const names = [...COMMON_FIELDS, ...(Object.hasOwn(EVENTS, event) ? EVENTS[event].fields : [])]
    const values = names
      .filter((name) => Object.hasOwn(known, name))
      .map((name) => [name, toValue(name, known[name])] as const)
    const allowed = Object.fromEntries(values)
    const line = { time: new Date(now()).toISOString(), level, event, ...allowed }
    write(JSON.stringify(line).replace(UNSEEN, escapeUnits))
    options.heard?.(level, event, allowed)
  }
}

const cut = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit)}… (${text.length - limit} more)`

const escapeUnits = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('')
