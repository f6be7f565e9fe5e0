/**
 * Sandbox, proxy and shop, started together: for the demo, and for the tests in a browser.
 * @module
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { SANDBOX_CREDENTIALS, startSandbox } from '../sandbox/index.ts'
import type { Sandbox, ServerName } from '../sandbox/index.ts'
import { createClock } from './clock.ts'
import type { DemoClock } from './clock.ts'
import { createPorts } from './ports.ts'
import { createProxyProcess } from './proxy-process.ts'
import type { ProxyChange, ProxyProcess } from './proxy-process.ts'
import { proxyEnvironment } from './proxy-settings.ts'
import { readSecrets, secretsFileIn } from './secrets.ts'
import type { DemoSecrets } from './secrets.ts'
import { startShop } from './shop-server.ts'

export interface StackOptions {
  /** Where the database, the secrets and the proxy's log are kept. */
  readonly dataDir: string
  /** The usual ports, or the next free ones above them; else any free ones. */
  readonly hasUsualPorts: boolean
  /** Other pages that may embed the checkout. */
  readonly origins?: readonly string[]
  /** Starts a proxy that was killed again after this long; absent: it stays dead. */
  readonly restartAfterMs?: number
  readonly onProxyChange?: (change: ProxyChange) => void
}

export interface Stack {
  readonly shopUrl: string
  readonly proxyUrl: string
  /** The merchant's port: his routes, and the console. */
  readonly merchantUrl: string
  readonly sandboxUrls: Sandbox['urls']
  readonly secrets: DemoSecrets
  readonly secretsFile: string
  readonly clock: DemoClock
  readonly proxy: ProxyProcess
  readonly proxyLog: string
  close(): Promise<void>
}

const USUAL = { shop: 3000, proxy: 8787, merchant: 8788, sandbox: 4010 }
/** Each stand-in has a port of its own, as each provider has a host of its own. */
const SERVERS = ['control', ...Object.keys(SANDBOX_CREDENTIALS)] as readonly ServerName[]

/** Starts everything, or nothing: where one part fails, the others are ended. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { dataDir, origins, restartAfterMs, onProxyChange } = options
  mkdirSync(dataDir, { recursive: true })
  const secrets = readSecrets(dataDir)
  const ports = await choosePorts(options.hasUsualPorts)
  const [shopUrl, proxyUrl] = [local(ports.shop), local(ports.proxy)]
  const merchantUrl = local(ports.merchant)
  const proxyLog = join(dataDir, 'demo-proxy.log')
  const clock = createClock()
  const running: { close(): Promise<void> }[] = []
  const close = async (): Promise<void> => {
    for (const part of running.splice(0).toReversed()) await part.close()
  }
  try {
    const sandbox = await startSandbox({ ports: ports.sandbox, clock: clock.now })
    running.push(sandbox)
    const proxy = createProxyProcess({
      url: proxyUrl,
      environment: proxyEnvironment({
        port: ports.proxy,
        merchantPort: ports.merchant,
        shopUrl,
        ...(origins && { origins }),
        sandboxUrls: sandbox.urls,
        secrets,
        dataDir,
      }),
      logFile: proxyLog,
      ...(restartAfterMs !== undefined && { restartAfterMs }),
      ...(onProxyChange && { onChange: onProxyChange }),
    })
    running.push({ close: proxy.stop })
    clock.onChange(proxy.setClock)
    await proxy.start()
    const shop = await startShop({
      port: ports.shop,
      proxyUrl,
      merchantUrl,
      sandboxUrl: sandbox.urls.control,
      clock,
      orderSecret: secrets.orderSecret,
      merchantKey: secrets.merchantKey,
      webhookSecret: secrets.webhookSecret,
      ...(restartAfterMs !== undefined && { killProxy: proxy.kill }),
    })
    running.push(shop)
    return {
      shopUrl,
      proxyUrl,
      merchantUrl,
      sandboxUrls: sandbox.urls,
      secrets,
      secretsFile: secretsFileIn(dataDir),
      clock,
      proxy,
      proxyLog,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

interface ChosenPorts {
  readonly shop: number
  readonly proxy: number
  readonly merchant: number
  readonly sandbox: Partial<Record<ServerName, number>>
}

async function choosePorts(hasUsualPorts: boolean): Promise<ChosenPorts> {
  const ports = createPorts()
  const find = (wanted: number): Promise<number> => ports.find(hasUsualPorts ? wanted : 0)
  const [shop, proxy] = [await find(USUAL.shop), await find(USUAL.proxy)]
  const merchant = await find(USUAL.merchant)
  const sandbox: Partial<Record<ServerName, number>> = {}
  for (const [index, name] of SERVERS.entries()) {
    sandbox[name] = await find(USUAL.sandbox + index)
  }
  return { shop, proxy, merchant, sandbox }
}

const local = (port: number): string => `http://localhost:${port}`
