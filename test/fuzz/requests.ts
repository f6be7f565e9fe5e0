/**
 * Every route, asked as it should be and then spoilt: path, query, method, headers and body. The proxy
 * answers each with a refusal or with what is right, never with an error of its own, and nothing becomes
 * paid, since nobody paid (G12).
 * @module
 */
import { isPaidFor } from '../../protocol/status.ts'
import { createChance } from '../faults/chance.ts'
import type { Chance } from '../faults/chance.ts'
import { createWorld } from '../model/world.ts'
import type { World } from '../model/world.ts'
import { watchProcess } from './count.ts'
import type { FuzzFigures, FuzzOptions } from './count.ts'
import { mutateJson, mutateText, pickOf } from './mutate.ts'
import { sampleRequests } from './samples.ts'
import type { Sample } from './samples.ts'

/** As often as this everything begins anew: what was canceled has not much left to spoil. */
const ROUNDS_OF_A_SAMPLE = 500
/** And as often as this on an empty store. */
const ROUNDS_OF_A_WORLD = 5000

export async function fuzzRequests(options: FuzzOptions): Promise<FuzzFigures> {
  const { tries, seed, seconds = Infinity } = options
  const chance = createChance(seed)
  const watch = watchProcess()
  const answers = new Map<string, number>()
  const violations: string[] = []
  const begin = performance.now()
  let world: World | undefined
  let samples: readonly Sample[] = []
  let round = 0
  try {
    for (; round < tries && performance.now() - begin < seconds * 1000; round += 1) {
      if (round % ROUNDS_OF_A_WORLD === 0) {
        checkNothingPaid(world, violations)
        world?.end()
        world = await createWorld({ hasLipayStatus: true })
      }
      if (!world) break
      if (round % ROUNDS_OF_A_SAMPLE === 0) samples = await sampleRequests(world, round)
      const sample = pickOf(chance, samples)
      const { path, init } = spoil(sample, chance)
      const said = await ask(world, path, init)
      const key = `${sample.route}: ${said.status ?? 'no answer'}`
      answers.set(key, (answers.get(key) ?? 0) + 1)
      if (isWrong(said)) {
        const what = `${init.method} ${path} ${String(init.body ?? '').slice(0, 300)}`
        violations.push(`${said.status} ${said.body.slice(0, 200)} for ${what}`)
      }
      if (round === Math.floor(tries / 3)) watch.warm()
    }
    checkNothingPaid(world, violations)
  } finally {
    world?.end()
    watch.stop()
  }
  const growthMib = watch.growth()
  return {
    title: 'spoilt requests',
    tries: round,
    ms: performance.now() - begin,
    answers,
    growthMib,
    violations: [...violations, ...watch.unhandled.map((text) => `unhandled: ${text}`)],
  }
}

interface Said {
  readonly status: number | undefined
  readonly body: string
}

async function ask(world: World, path: string, init: RequestInit): Promise<Said> {
  try {
    const answer = await world.request(path, init)
    // Some wait for the clock: an answer of another request, a second look.
    if (answer === undefined) await world.tick(2000)
    return { status: answer?.status, body: answer?.body ?? '' }
  } catch (error) {
    return { status: undefined, body: String(error) }
  }
}

/** An error of ours; one of a provider, who refuses what was spoilt, says so in its code. */
function isWrong({ status, body }: Said): boolean {
  return status !== undefined && status >= 500 && !/"code":"provider_\w+"/.test(body)
}

function checkNothingPaid(world: World | undefined, violations: string[]): void {
  for (const { provider, id, state } of world?.rows().payments ?? []) {
    if (isPaidFor(state.status)) violations.push(`${provider} ${id} is ${state.status}`)
  }
}

const METHODS = ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'PROPFIND']
const HEADERS: readonly (readonly [string, readonly string[]])[] = [
  ['origin', ['null', 'https://shop.example.stranger.example', 'https://SHOP.example', '']],
  [
    'content-type',
    ['text/plain', 'application/json; charset=utf-16', 'multipart/form-data', 'application/JSON'],
  ],
  ['authorization', ['Bearer', 'Bearer x', 'Basic YTpi', 'bearer  ']],
  ['content-length', ['-1', '0', '99999999', 'x']],
  ['if-none-match', ['*', '"1"', 'W/"1"', '"'.repeat(500)]],
  ['x-forwarded-for', ['1.2.3.4', '::1, 1.2.3.4', 'x'.repeat(2000)]],
  ['timestamp', ['0', '9'.repeat(13), 'now']],
  ['signature', ['', 'AAAA', 'a'.repeat(5000)]],
  ['transfer-encoding', ['chunked']],
  ['x-http-method-override', ['DELETE']],
  ['accept-language', ['x'.repeat(4000)]],
]

function spoil(
  { method, path, headers, body }: Sample,
  chance: Chance,
): { path: string; init: RequestInit } {
  const init = { method, headers: new Headers(headers), body, path }
  for (let times = Math.floor(chance.next() * 3) + 1; times > 0; times -= 1) {
    const how = chance.next()
    if (how < 0.55 && body !== undefined) init.body = spoilBody(body, chance)
    else if (how < (body === undefined ? 0.4 : 0.7)) init.path = spoilPath(path, chance)
    else if (how < 0.8) init.method = pickOf(chance, METHODS)
    else {
      const [name, values] = pickOf(chance, HEADERS)
      if (chance.hits(0.2)) init.headers.delete(name)
      else setHeader(init.headers, name, pickOf(chance, values))
    }
  }
  const { body: spoilt, path: where, ...rest } = init
  const hasBody = spoilt !== undefined && init.method !== 'GET' && init.method !== 'HEAD'
  return { path: where, init: hasBody ? { ...rest, body: spoilt } : rest }
}

/** The words of "paid" from those who may say them are no forgery. */
const isTruth = (key: string, value: unknown): boolean => key === 'status' && value === 'paid'

function spoilBody(body: string, chance: Chance): string {
  if (chance.hits(0.1)) return 'a'.repeat(20_000)
  if (chance.hits(0.3) || !body.startsWith('{')) return mutateText(body, chance)
  return JSON.stringify(mutateJson(JSON.parse(body), chance, isTruth))
}

function spoilPath(path: string, chance: Chance): string {
  const spoilt = pickOf<() => string>(chance, [
    () => mutateText(path, chance),
    () => `${path}/`,
    () => `/${path}`,
    () => `${path}?${mutateText('limit=5&status=paid&cursor=1.a', chance)}`,
    () => path.replaceAll('/', '%2f'),
    () => `${path}%00`,
    () => `${path}/%2e%2e/%2e%2e/merchant/checkouts`,
    () =>
      path.replace(
        /[^/]+$/,
        pickOf(chance, ['__proto__', 'constructor', '%', '%ff', 'a'.repeat(3000)]),
      ),
  ])()
  return `/${spoilt.replace(/^\/?/, '')}`
}

function setHeader(headers: Headers, name: string, value: string): void {
  try {
    headers.set(name, value)
  } catch {
    // No line carries it.
  }
}
