/**
 * Faults: what a test or the demo asks a stand-in to do wrong, and when.
 *
 * Breaking faults replace the answer and are played in one place for all providers
 * (`broken-answers.ts`). Semantic faults are well-formed answers that say something untrue; each
 * provider plays those it lists under its operations.
 *
 * @module
 */
import { isObject } from './json.ts'
import { invalidField, ProblemError, unknownWord } from './problem.ts'

/** Faults of the line and the server. */
export const BREAKING_KINDS = [
  'status-500',
  'status-503',
  'status-429',
  'hang',
  'html',
  'truncated',
  'empty',
  'redirect',
  'huge',
  'drip',
  'reset',
] as const

/** Faults of the content. They never change what the operation does, only what it answers. */
export const SEMANTIC_KINDS = [
  'wrong-amount',
  'wrong-coin',
  'wrong-network',
  'unknown-status',
  'bad-address',
  'change-address',
] as const

export type BreakingKind = (typeof BREAKING_KINDS)[number]
export type SemanticKind = (typeof SEMANTIC_KINDS)[number]
export type FaultKind = BreakingKind | SemanticKind

/** A fault that waits for its operation. */
export interface Fault {
  readonly provider: string
  /** An operation of the provider, or `*` for any. */
  readonly operation: string
  readonly kind: FaultKind
  /** How many answers it still spoils; 0 means until cleared. */
  readonly times: number
  /** Sent as `Retry-After` with the status kinds. */
  readonly retryAfter?: string
  /** Do the operation, then break the answer: a lost answer. */
  readonly afterEffect: boolean
}

/** A provider's operations, each with the semantic faults it can play. */
export type Operations = Readonly<Record<string, readonly SemanticKind[]>>

/** The waiting faults of one sandbox, first come first served. */
export interface FaultTable {
  add(fault: Fault): void
  /** Takes the first fault of one of these kinds that concerns the operation. */
  take<Kind extends FaultKind>(
    provider: string,
    operation: string,
    kinds: readonly Kind[],
  ): (Fault & { readonly kind: Kind }) | undefined
  list(): readonly Fault[]
  clear(): void
}

/** An empty table. */
export function createFaultTable(): FaultTable {
  let faults: Fault[] = []
  return {
    add: (fault) => void faults.push(fault),
    take: (provider, operation, kinds) => {
      for (const [index, fault] of faults.entries()) {
        const isMeant = fault.provider === provider && ['*', operation].includes(fault.operation)
        const kind = kinds.find((each) => each === fault.kind)
        if (!isMeant || kind === undefined) continue
        if (fault.times === 1) faults.splice(index, 1)
        else if (fault.times > 1) faults[index] = { ...fault, times: fault.times - 1 }
        return { ...fault, kind }
      }
      return undefined
    },
    list: () => faults,
    clear: () => {
      faults = []
    },
  }
}

/** Reads the body of `POST /faults`; throws a `ProblemError` (400) that names what is legal. */
export function parseFault(
  body: unknown,
  providers: Readonly<Record<string, { readonly operations: Operations }>>,
): Fault {
  if (!isObject(body)) throw new ProblemError(400, 'invalid_body', 'The body is no JSON object.')
  const { provider, operation, kind, times = 1, retryAfter, afterEffect = false } = body
  const names = Object.keys(providers)
  if (typeof provider !== 'string') throw unknownWord('provider', provider, names)
  const definition = Object.hasOwn(providers, provider) ? providers[provider] : undefined
  if (!definition) throw unknownWord('provider', provider, names)

  const operations = [...Object.keys(definition.operations), '*']
  if (typeof operation !== 'string' || !operations.includes(operation)) {
    throw unknownWord('operation', operation, operations)
  }
  const semantic = Object.entries(definition.operations)
    .filter(([name]) => operation === '*' || operation === name)
    .flatMap(([, kinds]) => kinds)
  const kinds: FaultKind[] = [...BREAKING_KINDS, ...new Set(semantic)]
  const known = kinds.find((each) => each === kind)
  if (known === undefined) throw unknownWord('kind', kind, kinds)

  if (typeof times !== 'number' || !Number.isInteger(times) || times < 0)
    throw invalidField('times')
  if (retryAfter !== undefined && typeof retryAfter !== 'string') throw invalidField('retryAfter')
  if (typeof afterEffect !== 'boolean') throw invalidField('afterEffect')
  const fault = { provider, operation, kind: known, times, afterEffect }
  return retryAfter === undefined ? fault : { ...fault, retryAfter }
}
