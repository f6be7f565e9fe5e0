/**
 * Where things are measured: the sandbox, a store on the disk, and the built proxy between them, with
 * everything switched on that a merchant would have.
 * @module
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLincolnValues } from '../demo/lincoln-values.ts'
import { createPorts } from '../demo/ports.ts'
import { createChild } from '../test/faults/child.ts'
import { createPayer } from '../test/faults/payer.ts'
import type { Pay } from '../test/faults/payer.ts'
import { createSandboxControl } from '../test/faults/sandbox-control.ts'
import type { ProviderName, SandboxControl } from '../test/faults/sandbox-control.ts'
import { createShoppers } from '../test/faults/shopper.ts'
import type { Shoppers } from '../test/faults/shopper.ts'
import { fullEnvironment } from '../test/proxy/support.ts'
import { bundleProxy, startServer } from './child.ts'
import type { ServerProcess } from './child.ts'

export interface Stand {
  readonly url: string
  readonly port: number
  readonly databaseFile: string
  readonly sandbox: SandboxControl
  readonly shoppers: Shoppers
  readonly pay: Pay
  /** Starts the proxy, for the first time or again; resolves once it listens. */
  startProxy(): Promise<ServerProcess>
  /** Starts one more on the same store, at a port of its own. */
  startAnother(): Promise<ServerProcess>
  close(): Promise<void>
}

const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 'bench').toString('base64')}`

export interface StandOptions {
  /** Where the store is; a new file if not given. */
  readonly databaseUrl?: string
  /** Variables that are other than usual. */
  readonly environment?: Readonly<Record<string, string>>
}

export async function createStand({
  databaseUrl,
  environment: more = {},
}: StandOptions = {}): Promise<Stand> {
  const directory = mkdtempSync(join(tmpdir(), 'checkout-bench-'))
  const databaseFile = join(directory, 'checkout.db')
  const sandboxProcess = createChild<{
    readonly urls: Record<ProviderName | 'control', string>
  }>({ entry: 'sandbox-entry.ts', environment: {}, logFile: join(directory, 'sandbox.log') })
  const { urls } = await sandboxProcess.start()
  const merchant = createServer((asked, answer) => {
    asked.resume().once('end', () => answer.writeHead(204).end())
  }).listen(0, 'localhost')
  await once(merchant, 'listening')
  const port = await createPorts().find(0)
  const url = `http://localhost:${port}`
  const sandbox = createSandboxControl(urls.control)
  const environment = {
    ...fullEnvironment(urls),
    PORT: String(port),
    PUBLIC_URL: url,
    DATABASE_URL: databaseUrl ?? `file:${databaseFile}`,
    MERCHANT_WEBHOOK_URL: `http://localhost:${(merchant.address() as AddressInfo).port}/`,
    MERCHANT_WEBHOOK_SECRET: WEBHOOK_SECRET,
    LINCOLN_VALUES: writeLincolnValues(directory),
    RATE_LIMIT: '100000',
    MAX_ATTEMPTS: '100',
    ...more,
  }
  const others: ServerProcess[] = []
  const script = bundleProxy()
  let proxy: ServerProcess | undefined

  return {
    url,
    port,
    databaseFile,
    sandbox,
    shoppers: createShoppers({ url, now: Date.now }),
    pay: createPayer(sandbox),
    async startProxy() {
      proxy = await startServer(script, environment)
      return proxy
    },
    async startAnother() {
      const other = await startServer(script, { ...environment, PORT: '0' })
      others.push(other)
      return other
    },
    async close() {
      for (const each of [proxy, ...others]) await each?.stop()
      await sandboxProcess.kill()
      merchant.close()
      merchant.closeAllConnections()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
