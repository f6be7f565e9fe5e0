/**
 * What the proxy would refuse at its start, and what it would pass over in silence: a variable whose name is
 * written almost right, a provider that lacks one.
 * @module
 */
import { VARIABLE_NAMES } from '../../proxy/config.ts'
import type { Mistake } from '../../proxy/config.ts'
import { PROVIDERS } from '../../proxy/providers/index.ts'
import { distance } from '../distance.ts'
import type { Finding } from './finding.ts'
import type { Subject } from './subject.ts'

const NEAR = 2
const KEYS = /^(PROXY_SECRET|ORDER_SECRET|MERCHANT_API_KEY|METRICS_KEY|RECEIPT_KEY)$/
const FIXES: Readonly<Record<string, string>> = {
  PUBLIC_URL: 'Set it to the https address that browsers reach the proxy at, without a query.',
  ALLOWED_ORIGINS:
    'List origins with commas between, such as https://shop.example: no path, no slash.',
  RETURN_URL_ORIGINS: 'List origins with commas between, such as https://shop.example.',
  MERCHANT_WEBHOOK_SECRET: 'Make one: crypto-checkout keys MERCHANT_WEBHOOK_SECRET',
  MERCHANT_WEBHOOK_URL: 'Set it to the https address of your receiver, or take the secret out.',
  TRUSTED_PROXIES: 'List addresses or ranges of your own proxies, such as 10.0.0.0/8.',
  DATABASE_URL: 'Set it to file:./data/checkout.db or postgres://user:password@host/database.',
  CATALOGUE: 'Name a file of JSON: {"mug": {"amount": "12.50", "currency": "TRY"}}',
  LINCOLN_VALUES: 'Set it to a file of JSON as .env.example shows it.',
  PAYOUTS:
    'Write it as max:1000;daily:5000;addresses:./wallets.txt, and see that the file can be read.',
  REDOYA_IDENTIFIER: 'Ask Redoya for an identifier that carries no secret, and for a new secret.',
}

const PROVIDE = 'Set the variables of one; for a try, crypto-checkout sandbox prints some.'

export const checkConfiguration = (subject: Subject): readonly Finding[] => [
  ...subject.mistakes.map(toFinding),
  ...findMisspelt(subject),
  ...findIncomplete(subject),
]

const toFinding = ({ variable, problem }: Mistake): Finding => ({
  severity: 'error',
  code: 'mistake',
  about: variable,
  what: problem,
  why: 'The proxy does not start with it.',
  fix: fixFor(variable),
})

function fixFor(variable: string): string {
  if (KEYS.test(variable)) return `Make one: crypto-checkout keys ${variable}`
  // Several at once: no provider is there.
  if (variable.includes('*, ')) return PROVIDE
  return FIXES[variable] ?? 'Correct it as .env.example says.'
}

/** The proxy does not know them, and so cannot complain. */
function findMisspelt({ file }: Subject): readonly Finding[] {
  if (!file) return []
  return Object.keys(file.variables).flatMap((name) => {
    const isKnown =
      VARIABLE_NAMES.includes(name) || PROVIDERS.some(({ prefix }) => name.startsWith(prefix))
    const near = VARIABLE_NAMES.find((known) => distance(known, name) <= NEAR)
    if (isKnown || near === undefined) return []
    return {
      severity: 'error' as const,
      code: 'misspelt',
      about: name,
      what: `is no variable of the proxy; ${near} is`,
      why: 'It is passed over in silence, and the default counts.',
      fix: `Rename it to ${near}, or take it out.`,
    }
  })
}

/** Something of a provider is set, and nothing that switches it on. */
function findIncomplete({ variables }: Subject): readonly Finding[] {
  return PROVIDERS.flatMap(({ prefix, required }) => {
    const names = Object.keys(variables).filter((name) => name.startsWith(prefix))
    const isOn = required.some((name) => variables[prefix + name])
    if (names.length === 0 || isOn) return []
    return {
      severity: 'warning' as const,
      code: 'provider-off',
      about: `${prefix}*`,
      what: `${names.join(', ')} set, and this provider is still off`,
      why: 'Shoppers are not offered it, and nothing says so.',
      fix: `Set ${required.map((name) => prefix + name).join(', ')}, or take the others out.`,
    }
  })
}
