/**
 * Keys of ours: whether somebody could guess them, uses one for two things, or forgot to end a replacement.
 * @module
 */
import { partsOf } from '../environment.ts'
import type { Finding } from './finding.ts'
import { OWN_KEYS, ownKeys, secretsOf } from './secrets.ts'
import type { Subject } from './subject.ts'

/** What `randomBytes(16)` has; less can be searched. */
const MIN_BITS = 100
/** What people type; in random letters it stands once in a million keys. */
const TYPED = /secret|passw|change|example|qwert|01234|12345|abcdef|aaaa|0000|-key-|test-/i

export const checkKeys = (subject: Subject): readonly Finding[] => [
  ...findWeak(subject),
  ...findShared(subject),
  ...findRotations(subject),
]

/** What the proxy refuses is told already. */
function findWeak({ variables, mistakes }: Subject): readonly Finding[] {
  const refused = new Set(mistakes.map(({ variable }) => variable))
  const weak = ownKeys(variables).filter(
    ({ variable, value }) => !refused.has(variable) && isGuessable(value),
  )
  return [...new Set(weak.map(({ variable }) => variable))].map((variable) => ({
    severity: 'error',
    code: 'weak-key',
    about: variable,
    what: 'looks typed, not made by chance',
    why: 'Whoever guesses it signs orders, reads what is sealed, or acts as you.',
    fix: `Make one: crypto-checkout keys ${variable}`,
  }))
}

/** Judged by its letters alone; what was made by chance passes. */
export function isGuessable(key: string): boolean {
  const text = key.replace(/^whsec_/, '')
  return TYPED.test(text) || bitsOf(text) < MIN_BITS || isRepetition(text)
}

/** Shannon's: how much its letters could say, as often as each of them occurs. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>()
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  const shares = [...counts.values()].map((count) => count / text.length)
  return -text.length * shares.reduce((sum, share) => sum + share * Math.log2(share), 0)
}

/** A piece of it, again and again. */
const isRepetition = (text: string): boolean =>
  text.length > 1 && `${text}${text}`.indexOf(text, 1) < text.length

/** One value in two variables, of which one is ours. */
function findShared({ variables }: Subject): readonly Finding[] {
  const owners = new Map<string, Set<string>>()
  for (const { variable, value } of secretsOf(variables)) {
    owners.set(value, (owners.get(value) ?? new Set()).add(variable))
  }
  return [...owners.values()]
    .filter((names) => names.size > 1 && OWN_KEYS.some((own) => names.has(own)))
    .map((names) => ({
      severity: 'error' as const,
      code: 'shared-key',
      about: [...names].join(', '),
      what: 'have the same value',
      why: 'Whoever has it for one thing can do the other.',
      fix: 'Make one for each: crypto-checkout keys',
    }))
}

/** A list is for the time of a replacement. */
function findRotations({ variables }: Subject): readonly Finding[] {
  return OWN_KEYS.flatMap((variable): Finding[] => {
    const keys = partsOf(variables[variable])
    if (new Set(keys).size < keys.length) {
      return [
        {
          severity: 'warning',
          code: 'same-key-twice',
          about: variable,
          what: 'lists one key twice',
          why: 'Nothing is being replaced, although it looks so.',
          fix: 'Write the new one first and the old one second, or only one.',
        },
      ]
    }
    if (keys.length < 2) return []
    return [
      {
        severity: keys.length > 2 ? 'warning' : 'note',
        code: 'old-keys',
        about: variable,
        what: `lists ${keys.length} keys`,
        why: 'An old key opens as much as a new one, for as long as it is listed.',
        fix: 'Take the old one out once everybody has the new one: docs/operations.md, "Replace a key".',
      },
    ]
  })
}
