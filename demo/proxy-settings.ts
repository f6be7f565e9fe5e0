/**
 * How the demo's proxy is configured: the same variables that a merchant would set, with the
 * sandbox's synthetic accounts.
 * @module
 */
import { join } from 'node:path'
import { SANDBOX_CREDENTIALS } from '../sandbox/index.ts'
import type { Sandbox } from '../sandbox/index.ts'
import type { DemoSecrets } from './secrets.ts'

export interface ProxySettings {
  readonly port: number
  readonly shopUrl: string
  readonly sandboxUrls: Sandbox['urls']
  readonly secrets: DemoSecrets
  readonly dataDir: string
}

/** What a donation page may ask for without a signature. */
export const UNSIGNED_MAX = '100'

/** The proxy's whole environment. */
export function proxyEnvironment(settings: ProxySettings): Readonly<Record<string, string>> {
  const { port, shopUrl, sandboxUrls, secrets, dataDir } = settings
  const { cryptom, redoya } = SANDBOX_CREDENTIALS
  return {
    PORT: String(port),
    PUBLIC_URL: `http://localhost:${port}`,
    ALLOWED_ORIGINS: shopUrl,
    DATABASE_URL: `file:${join(dataDir, 'demo.db')}`,
    ORDER_SECRET: secrets.orderSecret,
    PROXY_SECRET: secrets.proxySecret,
    MERCHANT_API_KEY: secrets.merchantKey,
    CATALOGUE: join(import.meta.dirname, 'catalogue.json'),
    ALLOW_UNSIGNED_ORDERS: 'true',
    UNSIGNED_MAX_AMOUNT: UNSIGNED_MAX,

    CRYPTOM_BASE_URL: sandboxUrls.cryptom,
    CRYPTOM_EMAIL: cryptom.email,
    CRYPTOM_PASSWORD: cryptom.password,
    CRYPTOM_ASSETS: 'USDT@TRX,USDT@ETH,USDT@BSC,TRX@TRX,ETH@ETH,BTC@BTC',

    REDOYA_BASE_URL: sandboxUrls.redoya,
    REDOYA_IDENTIFIER: redoya.identifier,
    REDOYA_SECRET: redoya.secret,
    REDOYA_TEST_MODE: 'true',
  }
}
