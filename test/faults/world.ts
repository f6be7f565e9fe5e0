/**
 * The world of one run: the sandbox, one proxy on SQLite or two on one PostgreSQL, and a merchant who is
 * told; each proxy a process that can be killed at any time and started again on its port.
 * @module
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { writeLincolnValues } from '../../demo/lincoln-values.ts'
import { createPorts } from '../../demo/ports.ts'
import { fullEnvironment } from '../proxy/support.ts'
import { startPostgres } from '../support/postgres.ts'
import { startChaosProxy } from './chaos-proxy.ts'
import type { ChaosProxy } from './chaos-proxy.ts'
import { createChild } from './child.ts'
import type { Child } from './child.ts'
import { startMerchant } from './merchant.ts'
import type { Merchant } from './merchant.ts'
import { readProxyRows } from './proxy-rows.ts'
import type { ProxyRows } from './proxy-rows.ts'
import { createSandboxControl } from './sandbox-control.ts'
import type { ProviderName, SandboxControl } from './sandbox-control.ts'
import { createWorldClock } from './world-clock.ts'
import type { WorldClock } from './world-clock.ts'

export interface WorldOptions {
  /** Two share one PostgreSQL, behind a front that sends requests to whichever is up. */
  readonly proxies?: 1 | 2
  /** Variables over those that every proxy here has. */
  readonly environment?: Readonly<Record<string, string>>
  /** Providers that the proxy reaches by a line of their own, which can go wrong. */
  readonly lines?: readonly ProviderName[]
}

export type ProxyChild = Child<{ readonly port: number }>

export interface World {
  /** Where browsers and providers reach the proxy. */
  readonly url: string
  readonly proxies: readonly ProxyChild[]
  readonly sandbox: SandboxControl
  readonly merchant: Merchant
  /** Throws for a provider that has none. */
  line(provider: ProviderName): ChaosProxy
  /** Everybody's time, epoch milliseconds. */
  readonly now: () => number
  /** Moves it forward; resolves once everybody goes by it. */
  advance(ms: number): Promise<void>
  readRows(): Promise<ProxyRows>
  close(): Promise<void>
}

/** Base64 of 32 bytes that nobody else uses. */
const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 'fault-harness').toString('base64')}`
/** Where set, logs and database stay behind. */
const KEPT_DIR = process.env['FAULTS_DIR']

export async function startWorld(options: WorldOptions = {}): Promise<World> {
  const dir = makeDirectory()
  const endings: Endings = [
    () => {
      if (KEPT_DIR === undefined) rmSync(dir, { recursive: true, force: true })
    },
  ]
  const close = async (): Promise<void> => {
    for (const end of endings.splice(0).toReversed()) await end()
  }
  try {
    const clock = createWorldClock()
    const outside = await startOutside(dir, clock, options.lines ?? [], endings)
    const inside = await startProxies(dir, clock, outside, options, endings)
    const { now, advance } = clock
    return {
      ...inside,
      sandbox: outside.sandbox,
      merchant: outside.merchant,
      line(provider) {
        const line = outside.lines.get(provider)
        if (!line) throw new Error(`${provider} has no line of its own`)
        return line
      },
      now,
      advance,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** What has to be ended, in the order in which it was begun. */
type Endings = (() => Promise<void> | void)[]

type Outside = Awaited<ReturnType<typeof startOutside>>

/** Everybody that the proxy talks to. */
async function startOutside(
  dir: string,
  clock: WorldClock,
  lined: readonly ProviderName[],
  endings: Endings,
) {
  const sandbox = createChild<{ readonly urls: Record<ProviderName | 'control', string> }>({
    entry: 'sandbox-entry.ts',
    environment: {},
    logFile: join(dir, 'sandbox.log'),
  })
  endings.push(() => sandbox.kill())
  const { urls } = await sandbox.start()
  clock.follow([sandbox])
  const merchant = await startMerchant({ ...clock, secret: WEBHOOK_SECRET })
  endings.push(() => merchant.close())
  const lines = new Map<string, ChaosProxy>()
  for (const name of lined) {
    const line = await startChaosProxy([Number(new URL(urls[name]).port)])
    lines.set(name, line)
    endings.push(() => line.close())
  }
  const reached = [...lines].map(([name, line]) => [name, line.url])
  return {
    sandbox: createSandboxControl(urls.control),
    merchant,
    lines,
    /** Where the proxy finds each provider. */
    urls: { ...urls, ...Object.fromEntries(reached) },
  }
}

/** One proxy on a file, or two on one PostgreSQL behind one address. */
async function startProxies(
  dir: string,
  clock: WorldClock,
  { urls, merchant }: Outside,
  { proxies: count = 1, environment = {} }: WorldOptions,
  endings: Endings,
): Promise<Pick<World, 'url' | 'proxies' | 'readRows'>> {
  const ports: number[] = []
  while (ports.length < count) ports.push(await findPort())
  const front = count > 1 ? await startChaosProxy(ports) : undefined
  if (front) endings.push(() => front.close())
  const postgres = count > 1 ? await startPostgres() : undefined
  if (postgres) endings.push(() => postgres.stop())
  const url = front?.url ?? `http://localhost:${ports[0]}`
  const databaseUrl = postgres?.url ?? `file:${join(dir, 'checkout.db')}`
  const shared = {
    ...fullEnvironment(urls),
    PUBLIC_URL: url,
    DATABASE_URL: databaseUrl,
    MERCHANT_WEBHOOK_URL: merchant.url,
    MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    LINCOLN_VALUES: writeLincolnValues(dir),
    RATE_LIMIT: '100000',
    MAX_ATTEMPTS: '100',
    ...environment,
  }
  const proxies = ports.map((port, index) =>
    createChild<{ readonly port: number }>({
      entry: 'proxy-entry.ts',
      environment: { ...shared, PORT: String(port) },
      logFile: join(dir, `proxy-${index + 1}.log`),
    }),
  )
  endings.push(async () => {
    await Promise.all(proxies.map((proxy) => proxy.kill()))
  })
  clock.follow(proxies)
  await Promise.all(proxies.map((proxy) => proxy.start()))
  return { url, proxies, readRows: () => readProxyRows(databaseUrl) }
}

const PORTS = createPorts()
/** Below those that connections get: while a proxy is dead, nothing else may take its port. */
const FIRST_PORT = 20_000
const PORT_COUNT = 10_000

const findPort = (): Promise<number> =>
  PORTS.find(FIRST_PORT + Math.floor(Math.random() * PORT_COUNT))

function makeDirectory(): string {
  if (KEPT_DIR === undefined) return mkdtempSync(join(tmpdir(), 'checkout-faults-'))
  mkdirSync(KEPT_DIR, { recursive: true })
  return mkdtempSync(join(KEPT_DIR, 'run-'))
}
