/**
 * G9: whatever a provider does to a call, the call ends: in time, with a bounded part of the answer read,
 * no redirect followed and no connection left. Every call of every provider, in every way to go wrong;
 * and deliveries to the merchant.
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { CreateProvider } from '../../../proxy/provider.ts'
import { ProviderError } from '../../../proxy/errors.ts'
import { startSandbox } from '../../../sandbox/index.ts'
import type { Sandbox } from '../../../sandbox/index.ts'
import { openBench } from '../../proxy/providers/provider-suite.ts'
import { startChaosProxy } from '../chaos-proxy.ts'
import { forAll } from '../crowd.ts'
import type { Figures, Goal, Scale } from '../goal.ts'
import { createConnect, makePayment, OUTBOUND_CALLS, PRICES } from '../outbound.ts'
import type { OutboundCall } from '../outbound.ts'
import { createSandboxControl, PROVIDER_NAMES } from '../sandbox-control.ts'
import type { ProviderName } from '../sandbox-control.ts'
import { watchSockets } from '../sockets.ts'
import { boundDeliveries } from './g9-merchant.ts'
import type { Attempt } from './g9-merchant.ts'

const KINDS = ['hang', 'drip', 'huge', 'redirect', 'reset'] as const

type Kind = (typeof KINDS)[number] | 'half-open'

/** A call of each provider, one that makes a payment among them; all others are like one of these. */
const SHORT: ReadonlySet<string> = new Set([
  'cryptom create',
  'cryptom detail',
  'redoya verify',
  'lipaykripto token',
  'paycrypto query',
  'lincoln order',
])
const CROWDS: Readonly<Record<Scale, number>> = { short: 36, long: 44 }
const MAX_MS = 8500
const PATIENCE_MS = 12_000
const MAX_ATTEMPT_MS = 10_500
/** The cap, what was under way when it was reached, and the headers. */
const MAX_READ = (256 + 64 + 16) * 1024
/** An idle connection is kept for the next call this long. */
const IDLE_MS = 8000

export const g9: Goal = {
  title: 'G9 every call to the outside is bounded',
  async run({ scale }) {
    const calls = OUTBOUND_CALLS.filter(
      ({ provider, operation }) => scale === 'long' || SHORT.has(`${provider} ${operation}`),
    )
    const broken = await startBroken()
    const sockets = watchSockets()
    try {
      const results: Result[] = []
      const delivering = boundDeliveries(sockets)
      const cases = calls.flatMap((call) => broken.kinds.map((kind) => ({ call, kind })))
      const connect = createConnect()
      await forAll(cases, CROWDS[scale], async ({ call, kind }) => {
        results.push(await play(call, kind, broken.urlOf(kind, call.provider), connect))
      })
      const attempts = await delivering
      const ports = [...broken.ports, ...attempts.map(({ port }) => port)]
      const open = await sockets.open(ports, IDLE_MS)
      const mostRead = Math.max(...broken.ports.map((port) => sockets.mostRead(port)))
      const followed = await broken.countFollowed()
      return toFigures({ results, attempts, open, mostRead, followed })
    } finally {
      sockets.stop()
      await broken.close()
    }
  },
}

interface Result {
  readonly what: string
  /** From its setting out until it had failed; undefined where it did not set out. */
  readonly ms: number | undefined
  readonly end: string
}

/** The adapter's own call, with everything before it answered as it should be. */
async function play(
  call: OutboundCall,
  kind: Kind,
  brokenUrl: string,
  connect: ReturnType<typeof createConnect>,
): Promise<Result> {
  let isBroken = false
  let begin: number | undefined
  const divert: typeof fetch = (input, init) => {
    const { pathname, search } = new URL(String(input))
    if (!isBroken || !call.path.test(pathname + search)) return fetch(input, init)
    begin = performance.now()
    return fetch(brokenUrl + pathname + search, init)
  }
  const bench = await openBench({
    name: call.provider,
    price: PRICES[call.provider],
    connect(urls) {
      const factory = connect(call.provider)(urls)
      const create: CreateProvider = (context) => factory({ ...context, fetch: divert })
      return Object.assign(create, { id: factory.id, secrets: factory.secrets })
    },
  })
  try {
    const made = await makePayment(bench)
    // Nobody is logged in any more.
    bench.clock.advance(call.operation === 'auth' ? 2 * 3_600_000 : 0)
    isBroken = true
    const run = call.run(bench, made).then(
      () => 'an answer',
      (error: unknown) => (error instanceof ProviderError ? 'failed' : String(error)),
    )
    const end = await Promise.race([run, sleep(PATIENCE_MS, 'nothing', { ref: false })])
    const what = `${call.provider} ${call.operation}, ${kind}`
    return { what, end, ms: begin === undefined ? undefined : performance.now() - begin }
  } finally {
    await bench.sandbox.close()
  }
}

/** A sandbox for each way to be broken, and a line on which nothing comes back. */
async function startBroken() {
  const sandboxes = new Map<Kind, Sandbox>()
  for (const kind of KINDS) {
    const sandbox = await startSandbox()
    const control = createSandboxControl(sandbox.urls.control)
    for (const provider of PROVIDER_NAMES) {
      await control.addFault({ provider, operation: '*', kind, times: 0 })
    }
    sandboxes.set(kind, sandbox)
  }
  const line = await startChaosProxy([1])
  await line.behave({ isHalfOpen: true })
  const urlOf = (kind: Kind, provider: ProviderName): string =>
    sandboxes.get(kind)?.urls[provider] ?? line.url
  const kinds: readonly Kind[] = [...KINDS, 'half-open']
  const urls = kinds.flatMap((kind) => PROVIDER_NAMES.map((name) => urlOf(kind, name)))
  return {
    kinds,
    urlOf,
    ports: [...new Set(urls.map((url) => Number(new URL(url).port)))],
    async countFollowed() {
      const ledgers = await Promise.all(
        [...sandboxes.values()].map(({ urls: { control } }) =>
          createSandboxControl(control).readLedgers(),
        ),
      )
      return ledgers
        .flatMap((ledger) => PROVIDER_NAMES.flatMap((name) => ledger[name].calls))
        .filter(({ operation }) => operation === 'redirect-followed').length
    },
    async close() {
      await line.close()
      await Promise.all([...sandboxes.values()].map((sandbox) => sandbox.close()))
    },
  }
}

interface Outcome {
  readonly results: readonly Result[]
  readonly attempts: readonly Attempt[]
  readonly open: number
  readonly mostRead: number
  readonly followed: number
}

function toFigures({ results, attempts, open, mostRead, followed }: Outcome): Figures {
  const slowest = Math.max(...results.map(({ ms = 0 }) => ms))
  const latest = Math.max(...attempts.map(({ ms }) => ms))
  const mostOfMerchant = Math.max(...attempts.map(({ bytes }) => bytes))
  return {
    rows: [
      ['calls to providers, each in its way', results.length],
      ['the longest', inSeconds(slowest)],
      ['the most that one of them read', inKib(mostRead)],
      ['deliveries, each in its way', attempts.length],
      ['the longest', inSeconds(latest)],
      ['the most that one of them read', inKib(mostOfMerchant)],
      ['redirects followed', followed],
      ['connections left', open],
    ],
    violations: [
      ...results.flatMap(judgeCall),
      ...attempts.flatMap(judgeAttempt),
      ...(mostRead > MAX_READ ? [`${mostRead} bytes of one answer were read`] : []),
      ...(followed > 0 ? [`${followed} redirects were followed`] : []),
      ...(open > 0 ? [`${open} connections are left`] : []),
    ],
  }
}

function judgeCall({ what, ms, end }: Result): readonly string[] {
  if (ms === undefined) return [`${what}: no call was made`]
  return [
    ...(ms > MAX_MS ? [`${what}: took ${ms.toFixed(0)} ms`] : []),
    ...(end === 'failed' ? [] : [`${what}: ended with ${end}`]),
  ]
}

function judgeAttempt({ kind, ms, outcome, wanted, bytes, followed }: Attempt): readonly string[] {
  return [
    ...(ms > MAX_ATTEMPT_MS ? [`a delivery, ${kind}: took ${ms.toFixed(0)} ms`] : []),
    ...(outcome === wanted ? [] : [`a delivery, ${kind}: ended with ${outcome}, not ${wanted}`]),
    ...(bytes > MAX_READ ? [`a delivery, ${kind}: ${bytes} bytes of the answer were read`] : []),
    ...(followed > 0 ? [`a delivery, ${kind}: the redirect was followed`] : []),
  ]
}

const inSeconds = (ms: number): string => `${(ms / 1000).toFixed(2)} s`
const inKib = (bytes: number): string => `${Math.ceil(bytes / 1024)} KiB`
