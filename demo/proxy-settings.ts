/**
 * How the demo's proxy is configured: the same variables that a merchant would set, with the
 * sandbox's synthetic accounts.
 * @module
 */
import { join } from 'node:path'
import { SANDBOX_CREDENTIALS } from '../sandbox/index.ts'
import type { Sandbox } from '../sandbox/index.ts'
import { writeLincolnValues } from './lincoln-values.ts'
import { WEBHOOK_PATH } from './notifications.ts'
import type { DemoSecrets } from './secrets.ts'

export interface ProxySettings {
  readonly port: number
  readonly merchantPort: number
  readonly shopUrl: string
  /** Other pages that may embed the checkout. */
  readonly origins?: readonly string[]
  readonly sandboxUrls: Sandbox['urls']
  readonly secrets: DemoSecrets
  readonly dataDir: string
}

/** What a donation page may ask for without a signature. */
export const UNSIGNED_MAX = '100'

/** The proxy's whole environment. Writes the file of Lincoln's receivers beside the database. */
export function proxyEnvironment(settings: ProxySettings): Readonly<Record<string, string>> {
  const { port, merchantPort, shopUrl, origins = [], sandboxUrls, secrets, dataDir } = settings
  const { cryptom, redoya, lipaykripto, paycrypto, lincoln } = SANDBOX_CREDENTIALS
  return {
    PORT: String(port),
    HOST: 'localhost',
    PUBLIC_URL: `http://localhost:${port}`,
    ALLOWED_ORIGINS: [shopUrl, ...origins].join(),
    DATABASE_URL: `file:${join(dataDir, 'demo.db')}`,
    ORDER_SECRET: secrets.orderSecret,
    PROXY_SECRET: secrets.proxySecret,
    MERCHANT_API_KEY: secrets.merchantKey,
    MERCHANT_PORT: String(merchantPort),
    MERCHANT_WEBHOOK_URL: `${shopUrl}${WEBHOOK_PATH}`,
    MERCHANT_WEBHOOK_SECRET: secrets.webhookSecret,
    CATALOGUE: join(import.meta.dirname, 'catalogue.json'),
    ALLOW_UNSIGNED_ORDERS: 'true',
    UNSIGNED_MAX_AMOUNT: UNSIGNED_MAX,
    // What is paid inside the widget first; whatever asks for details last.
    METHODS: 'cryptom,redoya,lipaykripto,paycrypto,lincoln',
    PAYOUTS: 'max:1000;daily:5000;addresses:any',

    CRYPTOM_BASE_URL: sandboxUrls.cryptom,
    CRYPTOM_EMAIL: cryptom.email,
    CRYPTOM_PASSWORD: cryptom.password,
    CRYPTOM_ASSETS: 'USDT@TRX,USDT@ETH,USDT@BSC,TRX@TRX,ETH@ETH,BTC@BTC',

    REDOYA_BASE_URL: sandboxUrls.redoya,
    REDOYA_IDENTIFIER: redoya.identifier,
    REDOYA_SECRET: redoya.secret,
    REDOYA_TEST_MODE: 'true',

    LIPAYKRIPTO_BASE_URL: sandboxUrls.lipaykripto,
    LIPAYKRIPTO_CLIENT_ID: lipaykripto.clientId,
    LIPAYKRIPTO_CLIENT_SECRET: lipaykripto.clientSecret,
    LIPAYKRIPTO_HMAC_SECRET: lipaykripto.hmacSecret,
    // No WEBHOOK_SECRET: notifications come unsigned, as the provider's document has them, and are
    // only a reason to make the status call, which decides.
    LIPAYKRIPTO_STATUS_API_KEY: lipaykripto.apiKey,

    PAYCRYPTO_BASE_URL: sandboxUrls.paycrypto,
    PAYCRYPTO_API_KEY: paycrypto.apiKey,
    PAYCRYPTO_API_SECRET: paycrypto.apiSecret,
    PAYCRYPTO_PASSPHRASE: paycrypto.passphrase,
    PAYCRYPTO_WEBHOOK_SECRET: paycrypto.webhookSecret,
    PAYCRYPTO_CURRENCIES: 'USDT-TRC20,USDT-BEP20,USD',
    PAYCRYPTO_COMPANY_NAME: 'Lantern Coffee',
    PAYCRYPTO_PAGE_HOSTS: new URL(sandboxUrls.paycrypto).host,

    LINCOLN_BASE_URL: sandboxUrls.lincoln,
    LINCOLN_API_KEY: lincoln.apiKey,
    LINCOLN_API_SECRET: lincoln.apiSecret,
    LINCOLN_VALUES: writeLincolnValues(dataDir),
  }
}
