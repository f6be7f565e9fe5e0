/**
 * A site that is no program of Node's, and a proxy of its own beside it: static pages, PHP.
 * @module
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createProxyProcess } from '../../demo/proxy-process.ts'
import { proxyEnvironment } from '../../demo/proxy-settings.ts'
import { readSecrets, secretsFileIn } from '../../demo/secrets.ts'
import type { DemoSecrets } from '../../demo/secrets.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { hasPhp, startPhp } from './php-server.ts'
import { startStatic } from './static-server.ts'

export const BESIDE = ['static-site', 'php-page', 'woocommerce'] as const
export type BesideName = (typeof BESIDE)[number]

export interface BesideOptions {
  readonly name: BesideName
  readonly ports: { readonly site: number; readonly proxy: number; readonly merchant: number }
  readonly sandboxUrls: Sandbox['urls']
  /** The proxy's store and secrets, and what the site writes down. */
  readonly dataDir: string
}

export interface Place {
  readonly url: string
  readonly proxyUrl: string
  /** The merchant's port: his routes, and the console. */
  readonly merchantUrl: string
  readonly secrets: DemoSecrets
  readonly secretsFile: string
}

export interface Beside extends Place {
  stop(): Promise<void>
}

interface Site {
  /** What its proxy is told beside the providers and the secrets; empty takes a setting away. */
  readonly settings: (url: string) => Readonly<Record<string, string>>
  /** Resolves to what ends it. */
  readonly start: (place: Place, port: number, dataDir: string) => Promise<() => Promise<void>>
}

const ROOT = join(import.meta.dirname, '../..')
const folderOf = (name: BesideName): string => join(ROOT, 'examples', name)

const SITES: Readonly<Record<BesideName, Site>> = {
  'static-site': {
    settings: () => ({
      CATALOGUE: join(folderOf('static-site'), 'catalogue.json'),
      ORDER_SECRET: '',
      MERCHANT_WEBHOOK_URL: '',
      MERCHANT_WEBHOOK_SECRET: '',
    }),
    start: ({ proxyUrl }, port) =>
      startStatic({ folder: join(folderOf('static-site'), 'site'), port, proxyUrl }),
  },
  'php-page': {
    settings: (url) => ({ CATALOGUE: '', MERCHANT_WEBHOOK_URL: `${url}/webhooks/checkout` }),
    start: ({ url, proxyUrl, secrets }, port, dataDir) =>
      startPhp({
        folder: folderOf('php-page'),
        router: 'index.php',
        port,
        environment: {
          SHOP_URL: url,
          PROXY_URL: proxyUrl,
          ORDERS_FOLDER: join(dataDir, 'orders'),
          ORDER_SECRET: secrets.orderSecret,
          MERCHANT_WEBHOOK_SECRET: secrets.webhookSecret,
          TAKE_TEST_PAYMENTS: 'true',
        },
      }),
  },
  woocommerce: {
    settings: (url) => ({
      CATALOGUE: '',
      ORDER_SECRET: '',
      MERCHANT_WEBHOOK_URL: `${url}/?wc-api=crypto_checkout`,
      HOSTED_PAGE_NAME: 'Tide Tables',
    }),
    start: ({ url, proxyUrl, merchantUrl, secrets }, port, dataDir) =>
      startPhp({
        folder: join(ROOT, 'test/examples/woocommerce'),
        router: 'router.php',
        port,
        environment: {
          SHOP_URL: url,
          PROXY_URL: proxyUrl,
          PLUGIN: join(folderOf('woocommerce'), 'crypto-checkout/crypto-checkout.php'),
          BOOKS: join(dataDir, 'books'),
          MERCHANT_URL: merchantUrl,
          MERCHANT_API_KEY: secrets.merchantKey,
          MERCHANT_WEBHOOK_SECRET: secrets.webhookSecret,
        },
      }),
  },
}

/** What this machine lacks for it; undefined where nothing is missing. */
export const missingFor = (name: BesideName): string | undefined =>
  name === 'static-site' || hasPhp()
    ? undefined
    : `${name} needs PHP 8.1 or newer, and there is no \`php\` here.`

/** Starts both on `localhost`; resolves once they answer. */
export async function startBeside(options: BesideOptions): Promise<Beside> {
  const { name, ports, sandboxUrls, dataDir } = options
  mkdirSync(dataDir, { recursive: true })
  const secrets = readSecrets(dataDir)
  const [url, proxyUrl, merchantUrl] = [ports.site, ports.proxy, ports.merchant].map(
    (port) => `http://localhost:${port}`,
  ) as [string, string, string]
  const place = { url, proxyUrl, merchantUrl, secrets, secretsFile: secretsFileIn(dataDir) }
  const environment = proxyEnvironment({
    port: ports.proxy,
    merchantPort: ports.merchant,
    shopUrl: url,
    sandboxUrls,
    secrets,
    dataDir,
  })
  const proxy = createProxyProcess({
    url: proxyUrl,
    environment: { ...environment, ALLOW_UNSIGNED_ORDERS: 'false', ...SITES[name].settings(url) },
    logFile: join(dataDir, 'proxy.log'),
  })
  await proxy.start()
  try {
    const stopSite = await SITES[name].start(place, ports.site, dataDir)
    const stop = async (): Promise<void> => {
      await stopSite()
      await proxy.stop()
    }
    return { ...place, stop }
  } catch (error) {
    await proxy.stop()
    throw error
  }
}
