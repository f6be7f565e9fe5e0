/**
 * The providers: the sandbox's stand-ins inside this process, with their own books, and their mail, which
 * goes out when the model says so, and how.
 * @module
 */
import { Hono } from 'hono'
import type { Notification } from '../../sandbox/index.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import { createLedger } from '../../sandbox/ledger.ts'
import type { Notifier, Outgoing } from '../../sandbox/notifier.ts'
import type { ProviderContext, SandboxProvider } from '../../sandbox/provider.ts'
import { PROVIDERS } from '../../sandbox/providers/index.ts'
import { PROVIDER_NAMES } from '../faults/sandbox-control.ts'
import type { ProviderLedgers, ProviderName } from '../faults/sandbox-control.ts'
import { now, outside } from './life.ts'

/** A notification that lies at its provider, or was sent. */
export interface Mail {
  readonly outgoing: Outgoing
  /** Once it was acknowledged, the provider is done with it. */
  isTaken: boolean
}

export interface Fakes {
  readonly urls: Readonly<Record<ProviderName, string>>
  /** Everything that was ever to be sent, oldest first. */
  readonly mail: readonly Mail[]
  readonly running: Readonly<Record<ProviderName, SandboxProvider>>
  /** The provider at this origin. */
  nameOf(origin: string): ProviderName | undefined
  /** A call of its API, carried out. */
  call(name: ProviderName, request: Request): Promise<Response>
  /** A route of the sandbox's own for this provider. */
  control(name: ProviderName, path: string, body: object): Promise<Record<string, unknown>>
  readLedgers(): ProviderLedgers
  /** Where Lincoln notifies of its orders, by their ids. */
  lincolnAddresses(): ReadonlyMap<string, string>
}

const PORT = 4101
const NOBODY: Notification = {
  id: '',
  provider: '',
  paymentId: '',
  url: '',
  headers: {},
  body: '',
  isForged: false,
  attempts: [],
  state: 'waiting',
}

export function createFakes(): Fakes {
  const mail: Mail[] = []
  const ledgers = table(() => createLedger())
  const notifier = {
    send(outgoing: Outgoing) {
      mail.push({ outgoing, isTaken: false })
      return NOBODY
    },
  } as Notifier

  const running = table((name): SandboxProvider => {
    const record = (operation: string, details: Record<string, unknown>, status: number | null) =>
      ledgers[name].record({
        at: new Date(now()).toISOString(),
        operation,
        status,
        fault: null,
        details,
      })
    const context: ProviderContext = {
      now,
      notifier,
      takeSemantic: () => undefined,
      record: (operation, details) => record(operation, details, null),
      operation: (operation) => async (c, next) => {
        c.set('details', {})
        await next()
        record(operation, c.get('details'), c.res.status)
      },
    }
    const { start } = PROVIDERS[name]
    return start(context, SANDBOX_CREDENTIALS[name] as never)
  })
  const urls = table((name) => `http://localhost:${PORT + PROVIDER_NAMES.indexOf(name)}`)

  return {
    urls,
    mail,
    running,
    nameOf: (origin) => PROVIDER_NAMES.find((name) => urls[name] === origin),
    call: (name, request) =>
      outside(async () => {
        const { pathname, search } = new URL(request.url)
        return running[name].app.fetch(request, { incoming: { url: pathname + search } })
      }),
    async control(name, path, body) {
      const app = new Hono().route('/', running[name].control ?? new Hono())
      app.onError((error, c) => c.json({ error: error.message }, 400))
      const answer = await app.request(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
      const text = await answer.text()
      return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    },
    readLedgers: () =>
      table((name) => ({
        calls: ledgers[name].list(),
        payments: running[name].listPayments(),
        paid: running[name].listPaid(),
      })),
    lincolnAddresses: () =>
      new Map(
        running.lincoln.listPayments().flatMap(({ id }) => {
          const url = running.lincoln.notification?.(id, undefined)?.url
          return url === undefined ? [] : [[id, url] as const]
        }),
      ),
  }
}

const table = <T>(make: (name: ProviderName) => T): Readonly<Record<ProviderName, T>> =>
  Object.fromEntries(PROVIDER_NAMES.map((name) => [name, make(name)])) as Record<ProviderName, T>
