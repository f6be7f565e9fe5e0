/**
 * Which variables of a proxy's environment are secrets, and who may be sent them.
 * @module
 */
import type { Config } from '../../proxy/config.ts'
import { declare } from './recorder.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The password of a database stands in its address. */
const SECRET_NAME = /SECRET|KEY|PASSWORD|PASSPHRASE|^DATABASE_URL$/
/** Sent to their provider as they are; every other secret only ever signs, and is sent to nobody. */
const SENT: ReadonlySet<string> = new Set([
  'CRYPTOM_EMAIL',
  'CRYPTOM_PASSWORD',
  'LIPAYKRIPTO_CLIENT_SECRET',
  'LIPAYKRIPTO_STATUS_API_KEY',
  'PAYCRYPTO_API_KEY',
  'PAYCRYPTO_PASSPHRASE',
  'LINCOLN_API_KEY',
])
const OWNER = /^(CRYPTOM|REDOYA|LIPAYKRIPTO|PAYCRYPTO|LINCOLN)_/
const WEBHOOK_PREFIX = 'whsec_'

/** By `proxySecrets`: `createProxy` is given the configuration without the variables it was read from. */
const environments = new WeakMap<object, Environment>()

export const remember = (config: Config, environment: Environment): void =>
  void environments.set(config.proxySecrets, environment)

/** Declares every secret of a proxy that is made; returns the variables it was configured with. */
export function declareConfigured(config: Pick<Config, 'providers' | 'proxySecrets'>): Environment {
  const environment = environments.get(config.proxySecrets) ?? {}
  for (const [name, value = ''] of Object.entries(environment)) {
    if (!SECRET_NAME.test(name) && !SENT.has(name)) continue
    const owner = OWNER.exec(name)?.[1]?.toLowerCase() ?? 'proxy'
    const audience = SENT.has(name) ? 'owner' : 'nobody'
    for (const each of valuesOf(name, value)) declare({ value: each, name, owner, audience })
  }
  // Of a provider that was put in by hand, we know what it says of itself.
  for (const { id, secrets } of config.providers) {
    for (const value of secrets) declare({ value, name: `${id}*`, owner: id, audience: 'owner' })
  }
  return environment
}

function valuesOf(name: string, value: string): readonly string[] {
  if (name === 'RECEIPT_KEY') return privateParts(value)
  if (name === 'DATABASE_URL') return passwordOf(value)
  return value.split(',').flatMap((part) => {
    const text = part.trim()
    return text.startsWith(WEBHOOK_PREFIX) ? fromWebhookSecret(text) : [text]
  })
}

const passwordOf = (url: string): readonly string[] =>
  URL.canParse(url) ? [decodeURIComponent(new URL(url).password)] : []

/** As it is configured, and the bytes that it means. */
function fromWebhookSecret(text: string): readonly string[] {
  const bytes = Buffer.from(text.slice(WEBHOOK_PREFIX.length), 'base64')
  return [text, text.slice(WEBHOOK_PREFIX.length), bytes.toString('hex'), bytes.toString('latin1')]
}

/** What of a JWK, or of a set of them, is nobody's business. */
export function privateParts(json: string): readonly string[] {
  const parts: string[] = []
  try {
    JSON.parse(json, (key, value: unknown) => {
      if (key === 'd' && typeof value === 'string') parts.push(value)
      return value
    })
  } catch {
    // No key; the configuration says so, too.
  }
  return parts
}
