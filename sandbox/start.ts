/**
 * Starts the sandbox: one HTTP server for each stand-in, as each provider has its own host, and
 * one for the control API.
 *
 * @module
 */
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import type { Hono, MiddlewareHandler } from 'hono'
import { breakAnswer, REDIRECT_TARGET } from './broken-answers.ts'
import { createSkewedClock } from './clock.ts'
import { createControl } from './control.ts'
import { SANDBOX_CREDENTIALS } from './credentials.ts'
import type { SandboxCredentials } from './credentials.ts'
import { BREAKING_KINDS, createFaultTable } from './faults.ts'
import type { FaultTable } from './faults.ts'
import { createLedger } from './ledger.ts'
import type { Ledger } from './ledger.ts'
import { createNotifier } from './notifier.ts'
import type { Notifier } from './notifier.ts'
import type {
  ProviderContext,
  ProviderDefinition,
  SandboxEnv,
  SandboxProvider,
} from './provider.ts'
import { PROVIDER_NAMES, PROVIDERS } from './providers/index.ts'
import type { ProviderName } from './providers/index.ts'
import { recordOf } from './tables.ts'

/** The servers of a sandbox. */
export type ServerName = 'control' | ProviderName

export interface SandboxOptions {
  /** Absent or 0: any free port. */
  readonly ports?: Partial<Record<ServerName, number>>
  /** Where the servers listen; default `localhost`. */
  readonly hostname?: string
  /** Epoch milliseconds; default `Date.now`. */
  readonly clock?: () => number
  /** Other accounts than `SANDBOX_CREDENTIALS`. */
  readonly credentials?: Partial<SandboxCredentials>
  /** Webhooks are sent again after the provider's delays times this; default 1. */
  readonly retryScale?: number
}

export interface Sandbox {
  /** Origins without a trailing slash. */
  readonly urls: Readonly<Record<ServerName, string>>
  /** Ends all servers and connections, hanging ones too. */
  close(): Promise<void>
}

/** A stand-in with what the control server needs of it. */
export interface RunningProvider {
  readonly provider: SandboxProvider
  readonly ledger: Ledger
}

/**
 * Starts all servers.
 *
 * @example
 * const sandbox = await startSandbox()
 * await fetch(`${sandbox.urls.cryptom}/auth`, { method: 'POST', … })
 * await sandbox.close()
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { hostname = 'localhost', ports = {}, retryScale = 1 } = options
  const credentials = { ...SANDBOX_CREDENTIALS, ...options.credentials }
  const clock = createSkewedClock(options.clock ?? Date.now)
  const faults = createFaultTable()
  const notifier = createNotifier({ now: clock.now, retryScale })
  const world = { faults, notifier, now: clock.now }
  const running = recordOf(PROVIDER_NAMES, (name) => run(name, credentials, world))

  const servers: Server[] = []
  const serve = async (name: ServerName, app: Hono | Hono<SandboxEnv>): Promise<string> => {
    const listener = getRequestListener(app.fetch, { hostname })
    const server = createServer((incoming, outgoing) => void listener(incoming, outgoing))
    servers.push(server)
    return listen(server, ports[name] ?? 0, hostname)
  }
  const close = async (): Promise<void> => {
    notifier.stop()
    await Promise.all(servers.map(stop))
  }
  try {
    const origins = await Promise.all(
      PROVIDER_NAMES.map(async (name) => [name, await serve(name, running[name].provider.app)]),
    )
    const byName = new Map(origins.map(([name, url]) => [name, url]))
    const urls = recordOf(PROVIDER_NAMES, (name) => byName.get(name) ?? '')
    const control = await serve(
      'control',
      createControl({ running, faults, notifier, clock, urls }),
    )
    return { urls: { control, ...urls }, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** What all stand-ins of a sandbox share. */
interface World {
  readonly faults: FaultTable
  readonly notifier: Notifier
  readonly now: () => number
}

type Definitions = { readonly [N in ProviderName]: ProviderDefinition<SandboxCredentials[N]> }

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- ties definition to account
function run<Name extends ProviderName>(
  name: Name,
  credentials: SandboxCredentials,
  { faults, notifier, now }: World,
): RunningProvider {
  const definitions: Definitions = PROVIDERS
  const definition = definitions[name]
  const ledger = createLedger()
  const context: ProviderContext = {
    now,
    notifier,
    operation: (operation) => operate(operation),
    takeSemantic: (operation) =>
      faults.take(name, operation, definition.operations[operation] ?? [])?.kind,
    record: (operation, details) =>
      ledger.record({ at: iso(now()), operation, status: null, fault: null, details }),
  }

  /** The one place where calls are recorded and answers are broken. */
  function operate(operation: string): MiddlewareHandler<SandboxEnv> {
    return async (c, next) => {
      const fault = faults.take(name, operation, BREAKING_KINDS)
      const isDone = !fault || fault.afterEffect
      const at = iso(now())
      c.set('details', {})
      if (isDone) await next()
      const status = isDone ? c.res.status : null
      ledger.record({
        at,
        operation,
        status,
        fault: fault?.kind ?? null,
        details: c.get('details'),
      })
      if (!fault) return
      const answer = isDone ? c.res : undefined
      c.res = undefined
      const errorBody = (code: number): unknown => definition.errorBody(code, operation)
      c.res = await breakAnswer(c, { fault, answer, errorBody })
    }
  }

  const provider = definition.start(context, credentials[name])
  provider.app.all(REDIRECT_TARGET, (c) => {
    context.record('redirect-followed', { method: c.req.method })
    return c.json({ status: true })
  })
  return { provider, ledger }
}

async function listen(server: Server, wanted: number, hostname: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(wanted, hostname, resolve)
  })
  const host = ['0.0.0.0', '::'].includes(hostname) ? 'localhost' : hostname
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : wanted
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}

async function stop(server: Server): Promise<void> {
  if (!server.listening) return
  const closed = new Promise<void>((resolve) => void server.close(() => resolve()))
  server.closeAllConnections()
  await closed
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
