/**
 * What every adapter must do, whatever provider is behind it. An adapter's own test says which calls
 * it makes; the sandbox breaks each of them in every way it knows.
 * @module
 */
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { PAYMENT_STATUSES } from '../../../protocol/status.ts'
import type { Money } from '../../../protocol/money.ts'
import type { Method } from '../../../protocol/payment.ts'
import { ProviderError } from '../../../proxy/errors.ts'
import { offer } from '../../../proxy/policy.ts'
import type {
  CreateProvider,
  CreatedPayment,
  NewPayment,
  PaymentRef,
  Provider,
  ProviderFactory,
} from '../../../proxy/provider.ts'
import { startSandbox } from '../../../sandbox/index.ts'
import type { Sandbox } from '../../../sandbox/index.ts'
import { createClock, testContext } from '../support.ts'

/** A provider, connected to the sandbox. */
export interface Bench {
  readonly provider: Provider
  readonly sandbox: Sandbox
  readonly clock: ReturnType<typeof createClock>
  /** A payment of the spec's price, and what an adapter is told of it afterwards. */
  make(more?: Partial<NewPayment>): Promise<Made>
  control<T>(method: string, path: string, body?: unknown): Promise<T>
}

/** One call that the adapter makes over the network. */
export interface ProviderCall {
  /** The sandbox's word for it. */
  readonly operation: string
  /** Its answer may be lost after it had its effect. */
  readonly isCreate: boolean
  /** What has to be there before anything is broken. */
  prepare?(bench: Bench): Promise<Made>
  run(bench: Bench, made: Made | undefined): Promise<unknown>
}

/** A payment, and what an adapter is told of it afterwards. */
export interface Made {
  readonly created: CreatedPayment
  readonly ref: PaymentRef
}

export interface ProviderSpec {
  readonly name: string
  readonly price: Money
  readonly secrets: readonly string[]
  connect(urls: Readonly<Record<string, string>>): ProviderFactory
  readonly calls: readonly ProviderCall[]
  /** What a payment of it needs beside the usual. */
  readonly makeMore?: Partial<NewPayment>
}

const BROKEN: readonly (readonly [kind: string, code: string])[] = [
  ['status-500', 'provider_unavailable'],
  ['status-503', 'provider_unavailable'],
  ['status-429', 'provider_unavailable'],
  ['html', 'provider_bad_response'],
  ['truncated', 'provider_bad_response'],
  ['empty', 'provider_bad_response'],
  ['redirect', 'provider_bad_response'],
  ['huge', 'provider_bad_response'],
  ['reset', 'provider_unavailable'],
  ['hang', 'provider_unavailable'],
  ['drip', 'provider_unavailable'],
]

/** Deadline of the slowest call, and half a second. */
const MAX_MS = 8500

/** What an adapter sent, as it left. */
export interface Sent {
  readonly url: URL
  readonly headers: Headers
  readonly body: string
}

/** Runs an adapter in front of a sandbox of its own, and tells what it sent. */
export async function spyOn(
  spec: Pick<ProviderSpec, 'name' | 'connect' | 'price'>,
  run: (bench: Bench) => Promise<unknown>,
): Promise<readonly Sent[]> {
  const sent: Sent[] = []
  const own = await openBench({
    ...spec,
    connect: (urls) => {
      const create = spec.connect(urls)
      const spying: CreateProvider = (context) =>
        create({
          ...context,
          fetch: (url, init) => {
            const body = String(init?.body ?? '')
            sent.push({ url: new URL(String(url)), headers: new Headers(init?.headers), body })
            return fetch(url, init)
          },
        })
      return Object.assign(spying, { id: create.id, secrets: create.secrets })
    },
  })
  try {
    await run(own)
  } finally {
    await own.sandbox.close()
  }
  return sent
}

/** Connects an adapter to a sandbox of its own. */
export async function openBench(
  spec: Pick<ProviderSpec, 'name' | 'connect' | 'price'>,
): Promise<Bench> {
  const clock = createClock()
  const sandbox = await startSandbox({ clock: clock.now })
  const provider = spec.connect(sandbox.urls)(testContext(clock.now))
  let count = 0
  return {
    provider,
    sandbox,
    clock,
    async make(more = {}) {
      const methods = await provider.listMethods()
      const [offered] = methods.flatMap((each) => offer(each, [spec.price]) ?? [])
      const method = more.method ?? offered
      assert.ok(method, 'the price must be one that the provider takes')
      count += 1
      const payment: NewPayment = {
        paymentId: count.toString(16).padStart(32, '0'),
        orderId: `P-${count}`,
        description: null,
        price: spec.price,
        method,
        fields: {},
        customer: {},
        locale: null,
        returnUrl: 'http://localhost:8787/v1/returns/test-token',
        webhookUrl: `http://localhost:8787/v1/webhooks/${spec.name}/${'w'.repeat(43)}`,
        secret: 'per-order-secret-0123456789-abcdef',
        ...more,
      }
      const createdAt = clock.now()
      const created = await provider.createPayment(payment)
      return { created, ref: toRef(payment, method, created, createdAt) }
    },
    async control<T>(method: string, path: string, body?: unknown): Promise<T> {
      const response = await fetch(sandbox.urls.control + path, {
        method,
        headers: { 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`)
      return (text ? JSON.parse(text) : undefined) as T
    },
  }
}

const toRef = (
  payment: NewPayment,
  method: Method,
  created: CreatedPayment,
  createdAt: number,
): PaymentRef => ({
  paymentId: payment.paymentId,
  ref: created.ref ?? null,
  claim: null,
  expiresAt: null,
  price: payment.price,
  method,
  nextAction: created.nextAction,
  createdAt,
  private: created.private ?? {},
  secret: payment.secret,
  isWebhookExposed: created.isWebhookExposed ?? false,
})

/** Runs the suite over one adapter. */
export function providerSuite(spec: ProviderSpec): void {
  describe(`provider: ${spec.name}`, () => {
    let bench: Bench
    before(async () => {
      bench = await openBench(spec)
    })
    after(() => bench.sandbox.close())

    it('names itself in every method', async () => {
      for (const { id } of await bench.provider.listMethods()) {
        assert.match(id, new RegExp(`^${bench.provider.id}(:|$)`))
      }
    })

    it('makes a payment: a legal status, and something to do that is safe to show', async () => {
      const { created } = await bench.make(spec.makeMore)
      assert.ok(PAYMENT_STATUSES.includes(created.status))
      assert.ok(created.expiresAt > bench.clock.now())
      const action = created.nextAction
      if (action.type === 'redirect') {
        const { protocol, hostname } = new URL(action.url)
        assert.ok(protocol === 'https:' || hostname === 'localhost')
      } else {
        assert.match(action.amount, /^\d+(\.\d+)?$/)
      }
      const text = JSON.stringify(created)
      for (const secret of spec.secrets) assert.ok(!text.includes(secret))
    })

    for (const call of spec.calls) {
      it(`${call.operation}: keeps its secrets out of its errors`, async () => {
        await broken(spec, call, { kind: 'html' }, async (run) => {
          await assert.rejects(run(), (error: Error) => {
            const words = `${error.message} ${error.stack} ${JSON.stringify(error)}`
            return spec.secrets.every((secret) => !words.includes(secret))
          })
        })
      })
    }

    describe('broken answers', { concurrency: 12 }, () => breakAnswers(spec))
    it('does not call again by itself after a create went wrong', async () => {
      const create = spec.calls.find(({ isCreate }) => isCreate)
      if (!create) return
      await broken(spec, create, { kind: 'status-500', times: 0 }, async (run, own) => {
        await assert.rejects(run())
        const ledger = await own.control<Record<string, { calls: { operation: string }[] }>>(
          'GET',
          '/ledger',
        )
        const calls = ledger[spec.name]?.calls.filter(
          ({ operation }) => operation === create.operation,
        )
        assert.equal(calls?.length, 1)
      })
    })

    it('says when it may be asked again', async () => {
      const [call] = spec.calls
      assert.ok(call)
      await broken(spec, call, { kind: 'status-429', retryAfter: '7' }, async (run) => {
        await assert.rejects(run(), (error: unknown) => {
          assert.ok(error instanceof ProviderError)
          return error.retryAfterMs === 7000
        })
      })
    })
  })
}

/** A sandbox of its own, in which one call is broken; closed whatever comes of it. */
async function broken(
  spec: ProviderSpec,
  call: ProviderCall,
  fault: { readonly kind: string; readonly times?: number; readonly retryAfter?: string },
  check: (run: () => Promise<unknown>, bench: Bench) => Promise<void>,
): Promise<void> {
  const own = await openBench(spec)
  try {
    const made = await call.prepare?.(own)
    await own.control('POST', '/faults', {
      provider: spec.name,
      operation: call.operation,
      ...fault,
    })
    await check(() => call.run(own, made), own)
  } finally {
    await own.sandbox.close()
  }
}

/** Each call, broken in each way. Every test has a sandbox of its own, so they run side by side. */
function breakAnswers(spec: ProviderSpec): void {
  for (const call of spec.calls) {
    for (const [kind, code] of BROKEN) {
      it(`${call.operation}, ${kind}: ${code}, in bounded time`, () =>
        broken(spec, call, { kind }, async (run) => {
          const begin = performance.now()
          await assert.rejects(run(), (error: unknown) => {
            assert.ok(error instanceof ProviderError, String(error))
            assert.equal(error.code, code)
            const mayHaveHappened = call.isCreate && kind !== 'status-429'
            assert.equal(error.mayHaveHappened, mayHaveHappened)
            return true
          })
          assert.ok(performance.now() - begin < MAX_MS)
        }))
    }
  }
}
