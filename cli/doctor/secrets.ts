/**
 * Which variables are secrets, and every value in them.
 * @module
 */
import { VARIABLE_NAMES } from '../../proxy/config.ts'
import { PROVIDERS } from '../../proxy/providers/index.ts'
import { partsOf } from '../environment.ts'
import type { Environment } from '../environment.ts'

export interface Secret {
  readonly variable: string
  readonly value: string
}

/** Our own keys, lists of them. */
export const OWN_KEYS = [
  'PROXY_SECRET',
  'ORDER_SECRET',
  'MERCHANT_API_KEY',
  'METRICS_KEY',
  'MERCHANT_WEBHOOK_SECRET',
] as const

const NAME = /SECRET|KEY|PASSWORD|PASSPHRASE/
const WEBHOOK_PREFIX = 'whsec_'

/** Names of variables that hold a secret. */
export const isSecretName = (name: string): boolean =>
  (NAME.test(name) || name === 'DATABASE_URL') &&
  (VARIABLE_NAMES.includes(name) || PROVIDERS.some(({ prefix }) => name.startsWith(prefix)))

export const ownKeys = (variables: Environment): readonly Secret[] =>
  OWN_KEYS.flatMap((variable) => partsOf(variables[variable]).map((value) => ({ variable, value })))

/** Every value that nobody outside may know; a key's several forms are several values. */
export const secretsOf = (variables: Environment): readonly Secret[] =>
  Object.entries(variables)
    .filter(([name]) => isSecretName(name))
    .flatMap(([variable, text]) =>
      valuesOf(variable, text)
        .filter(Boolean)
        .map((value) => ({ variable, value })),
    )

function valuesOf(variable: string, text: string): readonly string[] {
  if (variable === 'DATABASE_URL') return passwordOf(text)
  if (variable === 'RECEIPT_KEY') return privateParts(text)
  if (!(OWN_KEYS as readonly string[]).includes(variable)) return [text]
  return partsOf(text).flatMap((part) =>
    part.startsWith(WEBHOOK_PREFIX) ? [part.slice(WEBHOOK_PREFIX.length)] : [part],
  )
}

const passwordOf = (url: string): readonly string[] =>
  URL.canParse(url) ? [decodeURIComponent(new URL(url).password)] : []

/** What of a JWK, or of a set of them, is nobody's business. */
function privateParts(json: string): readonly string[] {
  const parts: string[] = []
  try {
    JSON.parse(json, (key, value: unknown) => {
      if (key === 'd' && typeof value === 'string') parts.push(value)
      return value
    })
  } catch {
    // No key: the configuration says so.
  }
  return parts
}
