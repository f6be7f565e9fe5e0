/**
 * The runtimes that npm brings, and how each starts what is shipped.
 * @module
 */
import { createRequire } from 'node:module'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { workerdConfig } from './workerd-config.ts'

export type RuntimeName = 'node' | 'bun' | 'deno' | 'workers'

export interface Runtime {
  readonly name: RuntimeName
  /** Keeps its orders in a file, where it is not told otherwise. */
  readonly hasDisk: boolean
  /** Listens on a second port for the merchant. */
  readonly hasMerchantPort: boolean
  /** Ends by itself on SIGTERM, when what is under way has ended. */
  readonly stopsGently: boolean
  /** Can say that nobody listens at an address, so that nothing was sent there. */
  readonly knowsUnsent: boolean
  /** How the proxy is started in `folder`, which lasts from one start to the next. */
  command(environment: Environment, folder: string): readonly [string, ...string[]]
}

export type Environment = Readonly<Record<string, string>>

const SERVER = fileURLToPath(new URL('../../dist/server/server.js', import.meta.url))
const WORKER = fileURLToPath(new URL('../../dist/server/worker.js', import.meta.url))

/** What Deno lets the proxy do, as the documents name it. */
const DENO_RIGHTS = ['--allow-net', '--allow-env', '--allow-read', '--allow-write=data']

export const RUNTIMES: Readonly<Record<RuntimeName, Runtime>> = {
  node: {
    name: 'node',
    hasDisk: true,
    hasMerchantPort: true,
    stopsGently: true,
    knowsUnsent: true,
    command: () => [process.execPath, SERVER],
  },
  bun: {
    name: 'bun',
    hasDisk: true,
    hasMerchantPort: true,
    stopsGently: true,
    knowsUnsent: false,
    command: () => [binary('bun', '@oven/bun', 'bin/bun'), SERVER],
  },
  deno: {
    name: 'deno',
    hasDisk: true,
    hasMerchantPort: true,
    stopsGently: true,
    knowsUnsent: false,
    command: () => [binary('deno', '@deno', 'deno'), 'run', ...DENO_RIGHTS, SERVER],
  },
  workers: {
    name: 'workers',
    hasDisk: false,
    hasMerchantPort: false,
    stopsGently: false,
    knowsUnsent: false,
    command(environment, folder) {
      const config = join(folder, 'config.capnp')
      writeFileSync(config, workerdConfig({ worker: WORKER, folder, environment }))
      return [WORKERD(), 'serve', config]
    },
  },
}

/** The runtime that reads a Worker's configuration. */
export const WORKERD = (): string => binary('workerd', '@cloudflare/workerd', 'bin/workerd')

/**
 * The file itself, in the package of this machine's kind: the install scripts, which would put it in its
 * place, are not run.
 */
function binary(name: string, family: string, file: string): string {
  const require = createRequire(import.meta.url)
  const manifest = require.resolve(`${name}/package.json`)
  const { optionalDependencies = {} } = require(manifest) as {
    optionalDependencies?: Record<string, string>
  }
  const isWindows = process.platform === 'win32'
  for (const each of Object.keys(optionalDependencies)) {
    if (!each.startsWith(family)) continue
    try {
      return createRequire(manifest).resolve(`${each}/${file}${isWindows ? '.exe' : ''}`)
    } catch {
      // The package of another kind of machine.
    }
  }
  throw new Error(`${name} has no package for this machine`)
}
