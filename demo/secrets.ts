/**
 * The demo's own secrets: made once and kept beside its database, so that a proxy that is started
 * again can read what it wrote.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface DemoSecrets {
  /** Shared by the shop, which signs orders, and the proxy, which checks them. */
  readonly orderSecret: string
  /** The proxy's own. */
  readonly proxySecret: string
  /** With it the shop asks the proxy how an order stands. */
  readonly merchantKey: string
  /** With it the proxy signs what it tells the shop. */
  readonly webhookSecret: string
}

const NAMES = ['orderSecret', 'proxySecret', 'merchantKey', 'webhookSecret'] as const

/** Where they are kept. */
export const secretsFileIn = (dataDir: string): string => join(dataDir, 'demo-secrets.json')

/** Reads them, or makes them. */
export function readSecrets(dataDir: string): DemoSecrets {
  const file = secretsFileIn(dataDir)
  const known = readKnown(file)
  if (known) return known
  const [orderSecret, proxySecret, merchantKey] = [mint(), mint(), mint()]
  const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`
  const secrets = { orderSecret, proxySecret, merchantKey, webhookSecret }
  mkdirSync(dataDir, { recursive: true })
  writeFileSync(file, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  return secrets
}

const mint = (): string => randomBytes(32).toString('base64url')

function readKnown(file: string): DemoSecrets | undefined {
  try {
    const read = JSON.parse(readFileSync(file, 'utf8')) as Partial<DemoSecrets>
    const isWhole = NAMES.every((name) => (read[name]?.length ?? 0) >= 43)
    return isWhole ? (read as DemoSecrets) : undefined
  } catch {
    return undefined
  }
}
