/**
 * The proxy as a process of its own, configured from the environment: `npm run proxy`. The same file runs on
 * Node, Bun and Deno.
 * @module
 */
import { serve } from '@hono/node-server'
import type { ServerType } from '@hono/node-server'
import { builtFiles } from './built-files.ts'
import { ConfigError, readConfig } from './config.ts'
import type { Config } from './config.ts'
import { createProxy } from './create-proxy.ts'
import type { Fetch, ProxyOptions } from './create-proxy.ts'

/** What a line may cost that sends slowly, or much: the largest body takes a slow phone two seconds. */
export const LINE_LIMITS = {
  maxHeaderSize: 16 * 1024,
  headersTimeout: 10_000,
  requestTimeout: 20_000,
  connectionsCheckingInterval: 1000,
}
const GRACE_MS = 10_000
const IDLE_MS = 50
/** Whatever still hangs then, hangs for ever. */
const STOP_MS = 25_000

/**
 * Starts listening; resolves once requests are answered. `port` is the one that was taken. Where one cannot be
 * had, nothing goes on.
 */
export async function startServer(
  config: Config,
  options: Partial<ProxyOptions> = {},
  lineLimits = LINE_LIMITS,
): Promise<{ port: number; stop(): Promise<void> }> {
  const proxy = await createProxy({ ...config, ...builtFiles(), ...options })
  const { host, merchantPort } = config
  const servers: ServerType[] = []
  const stop = (): Promise<void> => proxy.close(Promise.all(servers.map(closeGently)))

  async function open(answer: Fetch, wanted: number): Promise<number> {
    const { server, port } = await listen(answer, { port: wanted, host, lineLimits })
    servers.push(server)
    return port
  }

  try {
    const port = await open(proxy.fetch, config.port)
    if (proxy.merchantFetch && merchantPort !== undefined) {
      await open(proxy.merchantFetch, merchantPort)
    }
    proxy.log('info', 'proxy.listening', { port })
    return { port, stop }
  } catch (error) {
    // The workers have begun: nothing of it goes on.
    await stop()
    throw error
  }
}

interface Place {
  readonly port: number
  readonly host: string | undefined
  readonly lineLimits: typeof LINE_LIMITS
}

function listen(
  fetch: Fetch,
  { port, host, lineLimits }: Place,
): Promise<{ server: ServerType; port: number }> {
  const options = {
    fetch,
    port,
    ...(host !== undefined && { hostname: host }),
    serverOptions: lineLimits,
  }
  return new Promise((resolve, reject) => {
    const server = serve(options, (info) => resolve({ server, port: info.port }))
    server.once('error', reject)
  })
}

/** Takes nothing new, and lets what is under way finish. */
function closeGently(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(
      () => 'closeAllConnections' in server && server.closeAllConnections(),
      GRACE_MS,
    )
    // A line that was busy at first is kept open by the other side, for nothing.
    const idle = setInterval(
      () => 'closeIdleConnections' in server && server.closeIdleConnections(),
      IDLE_MS,
    )
    server.close(() => {
      clearTimeout(force)
      clearInterval(idle)
      resolve()
    })
  })
}

/** Ends the process gently at the first signal to; what hangs then is cut off. */
export function stopWhenTold({ stop }: { stop(): Promise<void> }): void {
  let isStopping = false
  const end = (): void => {
    if (isStopping) return
    isStopping = true
    setTimeout(() => process.exit(1), STOP_MS).unref()
    void stop().then(() => process.exit(0))
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
}

/** The whole process: configured from the environment, until it is told to stop. */
export async function run(options: Partial<ProxyOptions> = {}): Promise<void> {
  try {
    stopWhenTold(await startServer(readConfig(process.env), options))
  } catch (error) {
    const lines = error instanceof ConfigError ? error.message : String(error)
    process.stderr.write(`The proxy did not start.\n${lines.replace(/^/gm, '  ')}\n`)
    process.exit(1)
  }
}

if (import.meta.main) await run()
