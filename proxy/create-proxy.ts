/**
 * The proxy: its parts put together. Mount `fetch` wherever requests come from.
 * @module
 */
import type { Hono } from 'hono'
import { createApp } from './app.ts'
import type { WidgetFiles } from './app.ts'
import { createAttempts } from './attempts.ts'
import { createBreaker } from './breaker.ts'
import type { Breaker } from './breaker.ts'
import type { ConsoleFiles } from './console.ts'
import { createCheckouts } from './checkouts.ts'
import type { Connection } from './client-address.ts'
import type { Config } from './config.ts'
import { startDeliver } from './deliver.ts'
import type { Reached } from './failpoints.ts'
import type { ProxyEnv } from './guard.ts'
import { createHostedPage } from './hosted/routes.ts'
import { createLimits } from './limits.ts'
import { createLog } from './log.ts'
import type { Log } from './log.ts'
import { createMerchantApi } from './merchant-api.ts'
import { createMerchantApp } from './merchant-app.ts'
import type { ForMerchant } from './merchant-app.ts'
import { createMetricsApi } from './metrics-route.ts'
import { NO_METRICS, createMetrics } from './metrics.ts'
import { createObserver } from './look.ts'
import { createOrderSources } from './orders.ts'
import { createOffers } from './offers.ts'
import { createPayments } from './payments.ts'
import { createPayouts } from './payouts.ts'
import { createProviderDesk } from './provider-desk.ts'
import { createPublish } from './publication.ts'
import { createReadiness } from './readiness.ts'
import { startReconcile } from './reconcile.ts'
import { traceRequests } from './requests.ts'
import { createReturns } from './returns.ts'
import { createReviews } from './reviews.ts'
import { loadSigner } from './signing-keys.ts'
import type { Store } from './store.ts'
import { openStore } from './stores/index.ts'
import { createSweep } from './sweep.ts'
import { createTurns } from './turns.ts'
import { createVault } from './vault.ts'
import { startWatch } from './watch.ts'
import { createWebhooks } from './webhooks.ts'

export interface ProxyOptions extends Omit<Config, 'port' | 'host'> {
  readonly now?: () => number
  readonly fetch?: typeof fetch
  /** The widget's script `crypto-checkout.js`, and its languages beside it. */
  readonly widgetFiles?: WidgetFiles
  /** The merchant's console, for his own port. */
  readonly consoleFiles?: ConsoleFiles
  /** Hears of the moments named in `failpoints.ts`; for the fault harness. */
  readonly reached?: Reached
  /** How often the whole is looked at; default: every 15 seconds. */
  readonly watchEveryMs?: number
  /** Where log lines go; default: standard output. */
  readonly writeLog?: (line: string) => void
}

/**
 * Answers a request. Without `connection` nobody knows whose it is: then no address is limited, and
 * whoever mounts the proxy has to see to that.
 */
export type Fetch = (request: Request, connection?: Connection) => Response | Promise<Response>

export interface Proxy {
  /** Answers the public routes. */
  readonly fetch: Fetch
  /** Answers the merchant's routes, where they have a port of their own. */
  readonly merchantFetch: Fetch | undefined
  readonly log: Log
  /** Stops the workers; closes the store when they, and the requests under way, have ended, or after ten seconds. */
  close(requests?: Promise<unknown>): Promise<void>
}

/** Opens the store, brings it up to date, and starts the workers. */
export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const store = await openStore(options.databaseUrl)
  try {
    await store.migrate()
    return await assemble(options, store)
  } catch (error) {
    await store.close()
    throw error
  }
}

/** All parts, over a store that is open. */
async function assemble(options: ProxyOptions, base: Store): Promise<Proxy> {
  const now = options.now ?? Date.now
  const breakers = new Map<string, Breaker>()
  const isDown = (id: string): boolean => breakers.get(id)?.isOpen ?? false
  const canCall = (id: string): boolean => breakers.get(id)?.canCall ?? true
  const metricsKeys = [...options.metricsKeys, ...options.merchantKeys]
  const counted =
    metricsKeys.length > 0
      ? await createMetrics({ providers: options.providers.map(({ id }) => id), isDown })
      : undefined
  const metrics = counted ?? NO_METRICS
  const write = options.writeLog
  const secrets = secretsOf(options)
  const log = createLog({ secrets, now, heard: metrics.heard, ...(write && { write }) })

  const vault = createVault(options.proxySecrets)
  const signer = await loadSigner({ store: base, vault, now, log, configured: options.receiptKeys })
  const { publicUrl, methodOrder, receiver } = options
  // the hosted page is one to come back to
  const returnUrlOrigins = [...options.returnUrlOrigins, new URL(publicUrl).origin]
  const reached = options.reached ?? (() => undefined)
  const hasReceiver = receiver !== undefined
  const isTest = (id: string): boolean | undefined => providers.get(id)?.isTest
  const publish = createPublish({ publicUrl, signer, isTest, hasReceiver, reached })
  const store: Store = {
    ...base,
    change: (id, at, decide) => base.change(id, at, decide, publish),
  }

  const inTurn = createTurns(store, now)
  const adapters = options.providers.map((create) => {
    const breaker = createBreaker(now, {
      shared: {
        read: () => store.restUntil(create.id),
        write: (until) => store.rest(create.id, until),
      },
      changed: (isOpen, openMs) =>
        isOpen
          ? log('warn', 'provider.down', { provider: create.id })
          : log('info', 'provider.up', { provider: create.id, seconds: Math.round(openMs / 1000) }),
    })
    breakers.set(create.id, breaker)
    return metrics.measure(create({ fetch: options.fetch ?? fetch, now, log, breaker, inTurn }))
  })
  const providers = new Map(adapters.map((provider) => [provider.id, provider]))
  const services = { store, providers, vault, now, log, reached }
  const observer = createObserver(services)
  const listOffers = createOffers({ ...services, methodOrder, isDown })
  const checkouts = createCheckouts({ ...services, observer, returnUrlOrigins, listOffers })
  const limits = createLimits({ ...options, log })
  const { maxAttempts } = options
  const attempts = createAttempts({ ...services, observer, publicUrl, maxAttempts })
  const payments = createPayments({ ...services, observer, attempts, returnUrlOrigins })
  const payouts = createPayouts({ ...services, publicUrl, rules: options.payouts })
  const isSeparate = options.merchantPort !== undefined
  const merchantApi =
    options.merchantKeys.length > 0
      ? createMerchantApi({
          keys: options.merchantKeys,
          limits,
          publicUrl,
          hasConsole: isSeparate && options.consoleFiles !== undefined,
          store,
          now,
          checkouts,
          reviews: createReviews({ ...services, observer, payments }),
          payouts,
          providers: createProviderDesk({ providers, store, isDown }),
        })
      : undefined
  const metricsApi = counted && createMetricsApi(metricsKeys, counted, limits)
  const forMerchant: ForMerchant = {
    ...(merchantApi && { merchantApi }),
    ...(metricsApi && { metricsApi }),
  }
  const script = options.widgetFiles?.['crypto-checkout.js']
  const hosted = { name: options.hostedPageName, styles: options.hostedPageStyles }
  const app = createApp({
    publicUrl,
    allowedOrigins: options.allowedOrigins,
    orders: createOrderSources(options, now),
    checkouts,
    payments,
    completeReturn: createReturns({ ...services, observer }),
    takeWebhook: createWebhooks({ ...services, observer, payouts }),
    limits,
    jwks: signer.jwks,
    isReady: createReadiness(store, now),
    log,
    ...(options.widgetFiles && { widgetFiles: options.widgetFiles }),
    ...(script !== undefined && {
      hostedPage: createHostedPage({
        publicUrl,
        checkouts,
        payments,
        store,
        limits,
        script,
        ...hosted,
      }),
    }),
    ...(!isSeparate && forMerchant),
  })
  const traced = ({ fetch: handle }: Hono<ProxyEnv>): Fetch =>
    traceRequests((request, connection) => handle(request, connection), counted?.answered)
  const sweep = createSweep(services)
  const workers = [
    startReconcile({ ...services, observer, sweep, canCall }),
    startWatch({ ...services, canCall, watched: metrics.watched, everyMs: options.watchEveryMs }),
  ]
  if (receiver)
    workers.push(startDeliver({ ...services, ...receiver, fetch: options.fetch ?? fetch }))
  return {
    fetch: traced(app),
    merchantFetch:
      isSeparate && (merchantApi ?? metricsApi)
        ? traced(createMerchantApp(forMerchant, options.consoleFiles, log))
        : undefined,
    log,
    async close(requests = Promise.resolve()) {
      log('info', 'proxy.stopping')
      const from = performance.now()
      const ended = Promise.allSettled([requests, ...workers.map((worker) => worker.stop())])
      await Promise.race([ended.then(observer.settle), sleep(STOP_MS)])
      await store.close()
      log('info', 'proxy.stopped', { seconds: Math.round((performance.now() - from) / 1000) })
    },
  }
}

/** What the log must never say. */
const secretsOf = (options: ProxyOptions): readonly string[] => [
  ...options.orderSecrets,
  ...options.proxySecrets,
  ...options.merchantKeys,
  ...options.metricsKeys,
  ...(options.receiver?.secrets ?? []),
  ...options.receiptKeys.flatMap(({ d }) => d ?? []),
  ...options.providers.flatMap((provider) => provider.secrets),
  passwordOf(options.databaseUrl),
]

/** Errors of the store may name it. */
const passwordOf = (url: string): string =>
  URL.canParse(url) ? decodeURIComponent(new URL(url).password) : ''

const STOP_MS = 10_000

const sleep = (ms: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, ms).unref())
