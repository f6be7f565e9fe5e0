/**
 * What Cloudflare is told by `wrangler.jsonc`, for the runtime by itself: it reads Cap'n Proto, and may
 * reach this machine only where that says so.
 * @module
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Environment } from './runtimes.ts'

export interface WorkerdOptions {
  readonly worker: string
  /** Where the worker is read from, and its object's alarm is kept. */
  readonly folder: string
  readonly environment: Environment
}

const EXAMPLE = new URL('../../examples/runtimes/wrangler.jsonc', import.meta.url)

/** The text of a configuration that listens on `PORT`. */
export function workerdConfig({ worker, folder, environment }: WorkerdOptions): string {
  const disk = join(folder, 'objects')
  mkdirSync(disk, { recursive: true })
  copyFileSync(worker, join(folder, 'worker.js'))
  const { PORT, ...variables } = environment
  const modules = [`(name = "worker.js", esModule = embed "worker.js")`]
  const bindings = Object.entries(variables).map(([name, value]) => {
    if (!existsSync(value)) return bind(name, value)
    // There is no disk: a file is a part of the Worker.
    const module = basename(value)
    modules.push(`(name = ${quote(module)}, text = ${quote(readFileSync(value, 'utf8'))})`)
    return bind(name, `/bundle/${module}`)
  })
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "checkout", worker = .checkout),
    (name = "internet", network = (allow = ["public", "private"])),
    (name = "disk", disk = (path = ${quote(disk)}, writable = true)),
  ],
  sockets = [(name = "http", address = "localhost:${PORT}", http = (), service = "checkout")],
);

const checkout :Workerd.Worker = (
  modules = [
    ${modules.join(',\n    ')}
  ],
  compatibilityDate = ${quote(compatibilityDate())},
  compatibilityFlags = ["nodejs_compat"],
  bindings = [
    (name = "CHECKOUT_PROXY", durableObjectNamespace = "CheckoutProxy"),
    ${bindings.join(',\n    ')}
  ],
  durableObjectNamespaces = [
    (className = "CheckoutProxy", uniqueKey = "checkout-proxy", enableSql = true)
  ],
  durableObjectStorage = (localDisk = "disk"),
);
`
}

/** The one that is documented. */
function compatibilityDate(): string {
  const date = /"compatibility_date": "([\d-]+)"/.exec(readFileSync(EXAMPLE, 'utf8'))?.[1]
  if (date === undefined) throw new Error('wrangler.jsonc has no compatibility_date')
  return date
}

const bind = (name: string, value: string): string =>
  `(name = ${quote(name)}, text = ${quote(value)})`

const quote = (text: string): string => JSON.stringify(text)
