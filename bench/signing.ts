/**
 * `npm run bench -- signing`: what an order costs before anything is sent: from asking an adapter for a payment
 * until its request is ready to go; for the one that sends nothing, until its link is there. LiPayKripto's
 * token is one call more, which is not counted. Beside it, what the signature alone takes with `node:crypto`.
 * @module
 */
import { createHash, createHmac, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLincolnValues } from '../demo/lincoln-values.ts'
import type { Method } from '../protocol/payment.ts'
import { readConfig } from '../proxy/config.ts'
import type { NewPayment, Provider } from '../proxy/provider.ts'
import { startSandbox } from '../sandbox/index.ts'
import { METHODS } from '../test/faults/flows.ts'
import type { ProviderName } from '../test/faults/sandbox-control.ts'
import { fullEnvironment, testContext } from '../test/proxy/support.ts'
import { IS_QUICK, median, printFigures } from './figures.ts'
import type { Figure } from './figures.ts'

const ORDERS = IS_QUICK ? 200 : 2000
const WARM_UP = 100
const SECRET = randomBytes(32)
const CREATES = /transaction\/create|external-payment-request|\/v1\/payment$|order\/create/
const TOKEN = '/api/auth/token'
const TEXT = 'x'.repeat(400)
/** What they sign with, by the document of each; the other two send a token that they were given. */
const SIGNATURES: Partial<Readonly<Record<ProviderName, () => string>>> = {
  redoya: jwt,
  paycrypto: () => hmac(TEXT),
  lincoln: () => sha256(sha256(TEXT)),
}

const directory = mkdtempSync(join(tmpdir(), 'checkout-bench-'))
const sandbox = await startSandbox()
const config = readConfig({
  ...fullEnvironment(sandbox.urls),
  LINCOLN_VALUES: writeLincolnValues(directory),
})
let readyAt: number | undefined
let tokenAnswer: string | undefined
const context = testContext(Date.now, {
  fetch: stopCreates,
  // What never is sent is no failure of the provider's.
  breaker: { guard: (call) => call(), rest: () => undefined, isOpen: false, canCall: true },
})

const figures: Figure[] = []
for (const create of config.providers) {
  const provider = create(context)
  const name = create.id as ProviderName
  const method = await methodOf(provider, name)
  const sign = SIGNATURES[name]
  const times: number[] = []
  for (let order = -WARM_UP; order < ORDERS; order += 1) {
    const ms = await prepare(provider, newPayment(method, name))
    if (order >= 0) times.push(ms)
  }
  figures.push({
    what: `${name}, signed and ready to send`,
    value: median(times) * 1000,
    unit: 'µs',
    key: `signing.${name}`,
    ...(sign && { beside: { what: 'its signature alone', value: bare(sign) * 1000 } }),
  })
}
await sandbox.close()
rmSync(directory, { recursive: true })
printFigures('Signing, the middle order', figures)

/** Milliseconds until the request is given to the network. */
async function prepare(provider: Provider, payment: NewPayment): Promise<number> {
  readyAt = undefined
  const begin = performance.now()
  await provider.createPayment(payment).catch((error: unknown) => {
    if (readyAt === undefined) throw error
  })
  return (readyAt ?? performance.now()) - begin
}

/** Creates are not sent; a token is asked for once, and then it is known what comes back. */
async function stopCreates(...[url, init]: Parameters<typeof fetch>): Promise<Response> {
  const { pathname } = new URL(url instanceof Request ? url.url : url)
  if (CREATES.test(pathname)) {
    readyAt = performance.now()
    throw new Error('far enough')
  }
  if (pathname !== TOKEN) return fetch(url, init)
  tokenAnswer ??= await fetch(url, init).then((answer) => answer.text())
  return new Response(tokenAnswer, { headers: { 'content-type': 'application/json' } })
}

async function methodOf(provider: Provider, name: ProviderName): Promise<Method> {
  const offered = (await provider.listMethods()).find(({ id }) => id === METHODS[name])
  if (!offered) throw new Error(`${name} does not offer ${METHODS[name]}`)
  const [limits] = offered.limits
  const isLira = limits?.currency === 'TRY'
  const price = isLira
    ? { amount: '300.00', currency: 'TRY' }
    : { amount: '12.50', currency: limits?.currency ?? 'USDT' }
  return { ...offered, price, limits: null }
}

function newPayment(method: Method, name: ProviderName): NewPayment {
  const token = randomBytes(32).toString('base64url')
  return {
    paymentId: randomBytes(16).toString('hex'),
    orderId: 'A-1001',
    description: 'Two mugs',
    price: method.price,
    method,
    fields: Object.fromEntries(method.fields.map(({ id }) => [id, 'shopper@shop.example'])),
    customer: {},
    locale: 'en',
    returnUrl: `https://pay.shop.example/r/${token}`,
    webhookUrl: `https://pay.shop.example/v1/webhooks/${name}/${token}`,
    secret: randomBytes(24).toString('base64url'),
  }
}

/** The middle of as many, milliseconds. */
function bare(sign: () => string): number {
  const times: number[] = []
  for (let order = -WARM_UP; order < ORDERS; order += 1) {
    const begin = performance.now()
    sign()
    if (order >= 0) times.push(performance.now() - begin)
  }
  return median(times)
}

function hmac(text: string): string {
  return createHmac('sha256', SECRET).update(text).digest('hex')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function jwt(): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const now = Math.floor(Date.now() / 1000)
  const head = part({ alg: 'HS256', typ: 'JWT' })
  const text = `${head}.${part({ price: 300, iat: now, exp: now + 900 })}`
  return `${text}.${createHmac('sha256', SECRET).update(text).digest('base64url')}`
}
