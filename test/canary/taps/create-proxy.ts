/**
 * `proxy/create-proxy.ts`, which is overheard: its log, its answers, and what it sends to whom.
 * @module
 */
import * as real from '../../../proxy/create-proxy.ts'
import type { Proxy, ProxyOptions } from '../../../proxy/create-proxy.ts'
import { declareConfigured } from '../configured.ts'
import type { Environment } from '../configured.ts'
import { declare, record } from '../recorder.ts'

// oxlint-disable-next-line import/export -- ours stands before theirs
export * from '../../../proxy/create-proxy.ts'

type Handler = Proxy['fetch']

export async function createProxy(options: ProxyOptions): Promise<Proxy> {
  const environment = declareConfigured(options)
  const write = options.writeLog ?? ((line) => void process.stdout.write(`${line}\n`))
  const proxy = await real.createProxy({
    ...options,
    writeLog(line) {
      record('log', line)
      write(line)
    },
    fetch: overhear(options, environment),
  })
  const { merchantFetch } = proxy
  return {
    ...proxy,
    fetch: hearAnswers(proxy.fetch),
    merchantFetch: merchantFetch && hearAnswers(merchantFetch),
  }
}

function hearAnswers(handle: Handler): Handler {
  return async (...request) => {
    const response = await handle(...request)
    const head = [...response.headers].map(([name, value]) => `${name}: ${value}`)
    const body = response.body ? await response.clone().text() : ''
    record('answer', [`${response.status}`, ...head, '', body].join('\n'))
    return response
  }
}

const BEARER = /^Bearer (.{20,})$/

function overhear(options: ProxyOptions, environment: Environment): typeof fetch {
  const addressees = addresseesOf(options, environment)
  return (input, init) => {
    const url = input instanceof Request ? input.url : String(input)
    const to = addressees(url)
    const head = [...new Headers(init?.headers)]
    for (const [, value] of head) {
      // A session at the provider, as good as its password while it lasts.
      const [, token] = BEARER.exec(value) ?? []
      if (token) declare({ value: token, name: 'session', owner: to, audience: 'owner' })
    }
    const lines = head.map(([name, value]) => `${name}: ${value}`)
    const body = typeof init?.body === 'string' ? init.body : ''
    record('outbound', [`${init?.method} ${url}`, ...lines, '', body].join('\n'), to)
    return (options.fetch ?? fetch)(input, init)
  }
}

/** Who answers at a URL: by the addresses that were configured, else by the host's name. */
function addresseesOf(
  { receiver, providers }: ProxyOptions,
  environment: Environment,
): (url: string) => string {
  const ids = providers.map(({ id }) => id)
  return (url) => {
    if (receiver && url.startsWith(receiver.url)) return 'merchant'
    const { origin, hostname } = new URL(url)
    const isAt = (id: string): boolean => {
      const base = environment[`${id.toUpperCase()}_BASE_URL`]
      return base ? new URL(base).origin === origin : hostname.includes(id)
    }
    return ids.find(isAt) ?? 'unknown'
  }
}
