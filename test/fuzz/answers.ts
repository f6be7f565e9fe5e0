/**
 * Every call of every adapter, answered by the stand-in and then spoilt on the way: an adapter answers
 * what it can prove, or throws a `ProviderError`, and never says "paid" where nobody paid (G12).
 * @module
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLincolnValues } from '../../demo/lincoln-values.ts'
import { ProviderError } from '../../proxy/errors.ts'
import type { Breaker } from '../../proxy/breaker.ts'
import type { NewPayment, PaymentRef, Provider, ProviderFactory } from '../../proxy/provider.ts'
import { readConfig } from '../../proxy/config.ts'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import { createChance } from '../faults/chance.ts'
import type { Chance } from '../faults/chance.ts'
import { PROVIDER_NAMES } from '../faults/sandbox-control.ts'
import type { ProviderName } from '../faults/sandbox-control.ts'
import { now, setClock } from '../model/life.ts'
import { createFakes } from '../model/providers.ts'
import type { Fakes } from '../model/providers.ts'
import { fullEnvironment, testContext } from '../proxy/support.ts'
import { watchProcess } from './count.ts'
import type { FuzzFigures, FuzzOptions } from './count.ts'
import { mutateJson, mutateText, pickOf } from './mutate.ts'

type Call = (provider: Provider, sample: Sample) => Promise<unknown> | undefined

interface Sample {
  readonly fresh: NewPayment
  readonly known: PaymentRef
  readonly lost: PaymentRef
}

const ORDER = 'Ab3dEf6hIj9lMn2p'
const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const PAYOUT = {
  requestId: 'w-1',
  amount: '100',
  currency: 'TRY',
  asset: 'USDT',
  address: 'TXaxqXSZkZAsXmnFWYc6MPFdSXkUP1H3gq',
  webhookUrl: 'http://localhost:8787/v1/webhooks/lipaykripto/x',
}

/** Every call there is in the contract; one that a provider does not have is left out. */
const CALLS: Readonly<Record<string, Call>> = {
  listMethods: (provider) => provider.listMethods(),
  createPayment: (provider, { fresh }) => provider.createPayment(fresh),
  getPayment: (provider, { known }) => provider.getPayment?.(known),
  findPayment: (provider, { lost }) => provider.findPayment?.(lost),
  cancelPayment: (provider, { known }) => provider.cancelPayment?.(known),
  confirmSent: (provider, { known }) => provider.confirmSent?.(known),
  getQrImage: (provider, { known }) => provider.getQrImage?.(known),
  getLimits: (provider) => provider.getLimits?.(),
  listRecent: (provider) => provider.listRecent?.(now() - DAY_MS, now()),
  listPayments: (provider) => provider.listPayments?.({ filters: {}, withPersonalData: false }),
  testWebhook: (provider) => provider.testWebhook?.(),
  createPayout: (provider, { fresh }) =>
    provider.payouts?.create({ ...PAYOUT, requestId: fresh.paymentId }),
  getPayout: (provider) =>
    provider.payouts?.get?.({ requestId: PAYOUT.requestId, amount: PAYOUT.amount, ref: '501' }),
}

/** The words of "paid": nobody did, so the stand-ins never say them, and chance must not either. */
const PAID_WORDS: ReadonlySet<unknown> = new Set([
  '1',
  'done',
  'success',
  'confirmed',
  '9',
  'completed',
])
const isTruth = (key: string, value: unknown): boolean =>
  (key === 'isTransferComplete' && value === true) || PAID_WORDS.has(String(value))

const OPEN_BREAKER: Breaker = {
  guard: (call) => call(),
  rest: () => undefined,
  isOpen: false,
  canCall: true,
}

const STATUSES = [200, 200, 200, 201, 400, 401, 403, 404, 409, 418, 422]
const TYPES = ['application/json', 'text/html', 'application/json; charset=utf-16', '', 'image/png']

/** An answer as it might come from a provider that is broken, or hostile. */
async function spoil(answer: Response, chance: Chance): Promise<Response> {
  const body = await answer.arrayBuffer()
  const text = new TextDecoder().decode(body)
  const how = chance.next()
  const headers = new Headers(answer.headers)
  if (chance.hits(0.1)) headers.set('content-type', pickOf(chance, TYPES))
  if (chance.hits(0.05))
    headers.set('retry-after', pickOf(chance, ['-1', '9'.repeat(20), 'soon', '3']))
  const status = chance.hits(0.15) ? pickOf(chance, STATUSES) : answer.status
  const say = (said: string | Uint8Array<ArrayBuffer>): Response =>
    new Response(said, { status, headers })
  if (how < 0.02) throw new TypeError('fetch failed')
  if (how < 0.04) return say('x'.repeat(300 * 1024))
  if (how < 0.06) return say(Uint8Array.from({ length: 400 }, () => chance.next() * 256))
  if (how < 0.08) return say('[[[['.repeat(2000))
  if (how < 0.1) return say('')
  if (how < 0.25) return say(mutateText(text, chance))
  try {
    return say(JSON.stringify(mutateJson(JSON.parse(text), chance, isTruth)))
  } catch {
    return say(mutateText(text, chance))
  }
}

interface Stage {
  readonly name: ProviderName
  readonly provider: Provider
  readonly sample: Sample
}

export async function fuzzAnswers(options: FuzzOptions): Promise<FuzzFigures> {
  const { tries, seed, seconds = Infinity } = options
  const chance = createChance(seed)
  setClock(Date.UTC(2026, 0, 5, 12))
  const fakes = createFakes()
  const watch = watchProcess()
  const answers = new Map<string, number>()
  const violations: string[] = []
  let isSpoiling = false
  const line: typeof fetch = async (input, init) => {
    const request = new Request(input, init)
    const name = fakes.nameOf(new URL(request.url).origin) ?? 'cryptom'
    const answer = await fakes.call(name, request)
    return isSpoiling && chance.hits(0.8) ? spoil(answer, chance) : answer
  }
  const directory = mkdtempSync(join(tmpdir(), 'cc-fuzz-'))
  const creates = factories(fakes, directory)
  let stages: readonly Stage[] = []
  const begin = performance.now()

  let round = 0
  for (; round < tries && performance.now() - begin < seconds * 1000; round += 1) {
    if (round % ROUNDS_OF_A_STAGE === 0) {
      // What was canceled answers nothing else any more.
      isSpoiling = false
      setClock(now() + HOUR_MS)
      stages = await Promise.all(creates.map((create) => setUp(create, line, round)))
      isSpoiling = true
    }
    const { name, provider, sample } = stages[round % stages.length] ?? stages[0]!
    const own = Object.entries(CALLS).filter(([call]) => has(provider, call, round))
    const [call, make] = own[Math.floor(round / stages.length) % own.length] ?? ['', undefined]
    const outcome = await attempt(() => make?.(provider, fresh(sample, round)))
    const key = `${name}.${call}: ${outcome.said}`
    answers.set(key, (answers.get(key) ?? 0) + 1)
    if (outcome.violation !== undefined) violations.push(`${name}.${call}: ${outcome.violation}`)
    if (round === Math.floor(tries / 3)) watch.warm()
  }
  const growthMib = watch.growth()
  const ms = performance.now() - begin
  watch.stop()
  rmSync(directory, { recursive: true, force: true })
  return {
    title: 'spoilt answers of providers',
    tries: round,
    ms,
    answers,
    growthMib,
    violations: [...violations, ...watch.unhandled.map((text) => `unhandled: ${text}`)],
  }
}

/** Each create is of a payment of its own. */
const fresh = (sample: Sample, round: number): Sample => ({
  ...sample,
  fresh: { ...sample.fresh, paymentId: round.toString(16).padStart(32, '0') },
})

const ROUNDS_OF_A_STAGE = 400

/** Drawing an image takes longer than everything else together: it is asked for in one stage of four. */
function has(provider: Provider, call: string, round: number): boolean {
  if (call === 'getQrImage' && Math.floor(round / ROUNDS_OF_A_STAGE) % 4 > 0) return false
  return call === 'createPayout' || call === 'getPayout'
    ? provider.payouts !== undefined
    : Reflect.get(provider, call) !== undefined
}

async function attempt(
  call: () => Promise<unknown> | undefined,
): Promise<{ said: string; violation?: string }> {
  try {
    const answer = await call()
    const status = (answer as { status?: unknown } | null | undefined)?.status
    if (status === 'paid' || status === 'confirmed') {
      return { said: 'paid', violation: `said ${status}: ${JSON.stringify(answer)}` }
    }
    return { said: 'an answer' }
  } catch (error) {
    if (error instanceof ProviderError) return { said: error.code }
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
    return { said: 'another error', violation: text.slice(0, 600) }
  }
}

function factories(fakes: Fakes, directory: string): readonly ProviderFactory[] {
  const { lipaykripto } = SANDBOX_CREDENTIALS
  const environment = {
    ...fullEnvironment(fakes.urls),
    LIPAYKRIPTO_STATUS_API_KEY: lipaykripto.apiKey,
    LINCOLN_VALUES: writeLincolnValues(directory),
  }
  const { providers } = readConfig(environment)
  return providers.filter(({ id }) => PROVIDER_NAMES.some((name) => name === id))
}

/** A payment of its own at each provider, made while nothing was spoilt. */
async function setUp(create: ProviderFactory, line: typeof fetch, round: number): Promise<Stage> {
  const context = testContext(now, { fetch: line, breaker: OPEN_BREAKER })
  const provider = create(context)
  const name = PROVIDER_NAMES.find((each) => each === create.id) ?? 'cryptom'
  const methods = await provider.listMethods()
  const [method] = methods
  const [limit] = method?.limits ?? []
  const price = {
    amount: limit?.currency === 'TRY' ? '300' : '12.50',
    currency: limit?.currency ?? 'TRY',
  }
  if (!method) throw new Error(`${name} offers nothing`)
  const first: NewPayment = {
    paymentId: round.toString(16).padStart(32, 'f'),
    orderId: 'A-1',
    description: null,
    price,
    method: { ...method, price, limits: null },
    fields: Object.fromEntries(method.fields.map(({ id }) => [id, 'shopper@shop.example'])),
    customer: {},
    locale: null,
    returnUrl: 'http://localhost:8787/v1/returns/token',
    webhookUrl: 'http://localhost:8787/v1/webhooks/provider/token',
    secret: 's'.repeat(43),
  }
  const made = await provider.createPayment(first).catch(() => undefined)
  const known: PaymentRef = {
    paymentId: first.paymentId,
    ref: made?.ref ?? null,
    claim: name === 'redoya' ? ORDER : null,
    expiresAt: made?.expiresAt ?? null,
    price,
    method: first.method,
    nextAction: made?.nextAction ?? null,
    createdAt: now(),
    private: made?.private ?? {},
    secret: first.secret,
    isWebhookExposed: false,
  }
  return {
    name,
    provider,
    sample: { fresh: first, known, lost: { ...known, ref: null, nextAction: null } },
  }
}
