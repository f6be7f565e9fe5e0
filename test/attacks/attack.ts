/**
 * The form of the corpus. A family is one genuine request, and everything that is made of it by changing
 * one thing; the genuine one is proved to work after them, on the very checkout that they were played on.
 * @module
 */
import type { Answer, Request } from './send.ts'
import type { Mark, Stage } from './stage.ts'

/** Whose proof is attacked; `proxy` where it is our own. */
export type Target = 'cryptom' | 'redoya' | 'lipaykripto' | 'paycrypto' | 'lincoln' | 'proxy'

/**
 * What an attack may leave behind.
 * `nothing`: not a row, and no provider was called.
 * `asks`: the provider was asked, or the reason to ask was noted; what it says is unchanged.
 * `claims`: the attacker's own payment remembers what he said, and stands as it stood.
 * `review`: the attacker's own payment waits for a person, and nothing else changed.
 */
export type Effect = 'nothing' | 'asks' | 'claims' | 'review'

/** Makes the attack of the genuine request. */
export type Change = (request: Request, mark: Mark, stage: Stage) => Request | Promise<Request>

export type Try = readonly [name: string, change: Change]

/** Attacks that break the same rule and are refused alike. */
export interface Group {
  /** Of the threat model: `T7`. */
  readonly threat: string
  readonly rule: string
  /** A name in `answers.ts`. */
  readonly answer: string
  readonly effect?: Effect
  /** Each on a checkout of its own. */
  readonly isAlone?: true
  readonly tries: readonly Try[]
}

export interface Family {
  readonly name: string
  readonly target: Target
  /** How the proxy is set up; a name in `stage.ts`. */
  readonly variant: string
  /** What is attacked, and the genuine request for it. */
  arrange(stage: Stage): Promise<Mark>
  readonly works: Works
  readonly groups: readonly Group[]
}

/** How it is seen that the genuine request works. */
export interface Works {
  readonly status: number
  /** What the attacked checkout then is, at the latest shortly afterwards. */
  readonly becomes?: string
  /** What else must be true of the answer. */
  readonly shows?: (answer: Answer, mark: Mark) => boolean
}

/** What an attack did. */
export interface Outcome {
  readonly family: string
  readonly target: Target
  readonly threat: string
  readonly rule: string
  readonly name: string
  /** Rows that changed and may not, in words. */
  readonly changes: readonly string[]
  /** What is wrong with the answer, in words. */
  readonly faults: readonly string[]
}
