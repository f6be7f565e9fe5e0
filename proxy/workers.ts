/**
 * The proxy on Cloudflare Workers. A Durable Object is its process, PostgreSQL its store: a Worker by itself
 * may not use a connection of one request in another, and does nothing between two.
 * @module
 */
import { builtFiles } from './built-files.ts'
import { ConfigError, readConfig } from './config.ts'
import type { Config, Mistake } from './config.ts'
import { createProxy } from './create-proxy.ts'
import type { Proxy } from './create-proxy.ts'

/** What we use of `DurableObjectState`. */
interface ObjectState {
  readonly storage: { setAlarm(at: number): Promise<void> }
}

/** The variables and secrets of the Worker, and the binding of the object. */
interface Environment {
  readonly [name: string]: unknown
  readonly CHECKOUT_PROXY: {
    getByName(name: string): { fetch(request: Request): Promise<Response> }
  }
}

/** As often as a new payment is looked at: an object that was put to sleep wakes in time for it. */
const WAKE_MS = 15_000

/** Standard output would be there, with a word before each line, which is JSON no more. */
// oxlint-disable-next-line no-console -- Workers keeps a log of it
const writeLog = (line: string): void => console.log(line)

/** Leads every request to the object. */
// oxlint-disable-next-line import/no-default-export -- Workers reads the default export
export default {
  fetch: (request: Request, env: Environment): Promise<Response> =>
    env.CHECKOUT_PROXY.getByName('proxy').fetch(request),
}

/** The process. It keeps nothing but the time of its next waking. */
export class CheckoutProxy {
  readonly #state: ObjectState
  readonly #env: Environment
  #proxy: Promise<Proxy> | undefined

  constructor(state: ObjectState, env: Environment) {
    this.#state = state
    this.#env = env
  }

  async fetch(request: Request): Promise<Response> {
    const proxy = await this.#start()
    // Cloudflare writes it over whatever a browser sent.
    const remoteAddress = request.headers.get('cf-connecting-ip') ?? undefined
    const connection = { incoming: { socket: { remoteAddress } } }
    return proxy.fetch(request, connection)
  }

  /** Never throws: an alarm that failed six times does not come again. */
  async alarm(): Promise<void> {
    await this.#wakeAgain()
    await this.#start().catch((error: unknown) => {
      writeLog(`The proxy did not start.\n${String(error)}`)
    })
  }

  #start(): Promise<Proxy> {
    this.#proxy ??= this.#begin().catch((error: unknown) => {
      this.#proxy = undefined
      throw error
    })
    return this.#proxy
  }

  async #begin(): Promise<Proxy> {
    await this.#wakeAgain()
    return createProxy({
      ...builtFiles(),
      ...readWorkerConfig(this.#env),
      // There, it is an error to call it as somebody's method.
      fetch: fetch.bind(globalThis),
      writeLog,
    })
  }

  #wakeAgain(): Promise<void> {
    return this.#state.storage.setAlarm(Date.now() + WAKE_MS)
  }
}

/** Throws a `ConfigError` for what cannot be on Workers, too. */
function readWorkerConfig(env: Environment): Config {
  const isText = (entry: [string, unknown]): entry is [string, string] =>
    typeof entry[1] === 'string'
  const config = readConfig(Object.fromEntries(Object.entries(env).filter(isText)))
  const mistakes: Mistake[] = []
  if (!/^postgres(ql)?:/.test(config.databaseUrl)) {
    mistakes.push({ variable: 'DATABASE_URL', problem: 'must begin with postgres://: no disk' })
  }
  if (config.merchantPort !== undefined) {
    mistakes.push({ variable: 'MERCHANT_PORT', problem: 'cannot be: there is one port' })
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes)
  return config
}
