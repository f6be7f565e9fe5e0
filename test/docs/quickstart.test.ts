/**
 * The quickstart, followed: its files are written, its commands typed, its page opened as a browser would, and both
 * orders are paid.
 * @module
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { after, before, describe, it } from 'node:test'
import { createPorts } from '../../demo/ports.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { ROOT, blockWith } from './blocks.ts'
import type { Block } from './blocks.ts'

const PAGE = 'docs/quickstart.md'
const PATIENCE_MS = 20_000
/** What of the clone the shop is compiled from. */
const CLONE = ['package.json', 'tsconfig.base.json', 'merchant', 'protocol']
const block = (words: string): Block => blockWith(PAGE, words)

/** The commands of the second step, line by line. */
const [KEYS = '', SANDBOX = '', JOIN = '', DOCTOR = '', PROXY = ''] = block('keys --out')
  .code.split('\n')
  .map((line) => line.replace(/ +#.*$/, ''))
const [SERVER = ''] = block('http.server').code.split('\n')
const [COMPILE = '', SHOP = ''] = block('--env-file=').code.split('\n')

describe('the quickstart', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cc-quickstart-'))
  const running: ChildProcess[] = []
  let ports: readonly [proxy: number, shop: number]
  before(async () => {
    const free = createPorts()
    ports = [await free.find(0), await free.find(0)]
    mkdirSync(join(folder, 'pay'))
  })
  after(() => {
    for (const child of running) child.kill()
    rmSync(folder, { recursive: true, force: true })
  })

  /** As the page has it, on ports that are free. */
  const localize = (text: string): string =>
    text.replaceAll('8787', String(ports[0])).replaceAll('3000', String(ports[1]))
  const path = `${ROOT}node_modules/.bin:${process.env['PATH']}`
  const typed = (line: string): string =>
    localize(line).replaceAll('cli/main.ts', `${ROOT}cli/main.ts`)
  const env = (): Record<string, string> => ({ PATH: path, PORT: String(ports[0]) })
  const write = (name: string, words: string): void =>
    writeFileSync(join(folder, name), localize(block(words).code))
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

  function type(line: string): string {
    const { status, stdout, stderr } = spawnSync('bash', ['-euc', typed(line)], {
      cwd: folder,
      env: env(),
      encoding: 'utf8',
    })
    assert.equal(status, 0, `${line}: ${stdout}${stderr}`)
    return stdout
  }

  /** Leaves it running, and gives what it has said so far. */
  function leave(line: string, more: Readonly<Record<string, string>> = {}): () => string {
    let said = ''
    const child = spawn('bash', ['-euc', `exec ${typed(line)}`], {
      cwd: folder,
      env: { ...env(), ...more },
    })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => (said += String(part)))
    running.push(child)
    return () => said
  }

  async function until(
    what: string,
    look: () => boolean | Promise<boolean>,
    said: () => string,
  ): Promise<void> {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
      if (await look()) return
      await new Promise((resolve) => {
        setTimeout(resolve, 100)
      })
    }
    throw new Error(`${what}: ${said()}`)
  }

  const isUp = (url: string) => async (): Promise<boolean> =>
    (await fetch(url).catch(() => undefined))?.ok === true

  async function ask<T>(method: string, url: string, body?: object): Promise<T> {
    const response = await fetch(url, {
      method,
      headers: { 'content-type': 'application/json', origin: localize('http://localhost:3000') },
      ...(body && { body: JSON.stringify(body) }),
    })
    const answer = (await response.json()) as T
    assert.ok(response.ok, JSON.stringify(answer))
    return answer
  }

  /** Opens the order, picks a coin, pays, and looks until it is paid. */
  async function pay(order: object, control: string): Promise<Checkout> {
    const checkouts = localize('http://localhost:8787/v1/checkouts')
    const { id, methods } = await ask<Checkout>('POST', checkouts, order)
    const methodId = methods.find((each) => each.id.startsWith('cryptom:'))?.id
    await ask('POST', `${checkouts}/${id}/payments`, { methodId })
    const payments = await ask<{ provider: string; id: string }[]>('GET', `${control}/payments`)
    const payment = payments.find(({ provider }) => provider === 'cryptom')
    for (const action of ['pay', 'done']) {
      await ask('POST', `${control}/payments/cryptom/${payment?.id}`, { action })
    }
    let checkout = await ask<Checkout>('GET', `${checkouts}/${id}`)
    const isPaid = async (): Promise<boolean> => {
      checkout = await ask<Checkout>('POST', `${checkouts}/${id}/sent`, {})
      return checkout.status === 'paid'
    }
    await until('not paid', isPaid, () => checkout.status)
    return checkout
  }

  let control = ''
  let proxy: () => string

  it('a page without a backend: the files, the keys, the sandbox, the proxy', async () => {
    write('pay/catalogue.json', '"maxQuantity"')
    write('pay/proxy.env', 'CATALOGUE=')
    write('pay/index.html', '<!doctype html>\n<html lang="en">')
    type(KEYS)
    const sandbox = leave(SANDBOX.replace(' > ', ' --port 0 > '))
    await until('no sandbox', () => sandbox().includes('Control server: '), sandbox)
    control = /Control server: (\S+)/.exec(sandbox())?.[1] ?? ''
    type(JOIN)
    assert.match(type(DOCTOR), /ok +/)
    proxy = leave(PROXY)
    await until('no proxy', isUp(localize('http://localhost:8787/readyz')), proxy)
  })

  it('is served, and sells two mugs at the price of the catalogue', async () => {
    const server = leave(SERVER)
    const url = localize('http://localhost:3000')
    await until('no page', isUp(url), server)
    const page = await (await fetch(url)).text()
    running.pop()?.kill()
    const [, product] = /product="(\w+)"/.exec(page) ?? []
    const [, quantity] = /quantity="(\d+)"/.exec(page) ?? []
    assert.ok(page.includes(`src="${localize('http://localhost:8787/crypto-checkout.js')}"`))
    const { price } = await pay({ product, quantity: Number(quantity) }, control)
    assert.deepEqual(price, { amount: '491.00', currency: 'TRY' })
  })

  it('a shop with a backend: signs the order, and hears that it is paid', async () => {
    const secrets = read('pay/proxy.env').replace(
      '# MERCHANT_WEBHOOK_SECRET=',
      'MERCHANT_WEBHOOK_SECRET=',
    )
    writeFileSync(join(folder, 'pay/proxy.env'), secrets)
    appendFileSync(join(folder, 'pay/proxy.env'), localize(block('MERCHANT_WEBHOOK_URL').code))
    running.find(({ spawnargs }) => spawnargs.join(' ').includes(' proxy '))?.kill()
    await until(
      'still there',
      async () => !(await isUp(localize('http://localhost:8787/healthz'))()),
      proxy,
    )
    proxy = leave(PROXY)
    await until('no proxy', isUp(localize('http://localhost:8787/readyz')), proxy)

    write('pay/shop.mjs', 'createServer')
    for (const name of CLONE) cpSync(ROOT + name, join(folder, name), { recursive: true })
    symlinkSync(`${ROOT}node_modules`, join(folder, 'node_modules'))
    type(COMPILE)
    const shop = leave(SHOP, { PORT: String(ports[1]) })
    await until('no shop', isUp(localize('http://localhost:3000')), shop)
    const page = await (await fetch(localize('http://localhost:3000'))).text()
    const [, orderToken] = /order-token="([^"]+)"/.exec(page) ?? []
    const { price, orderId } = await pay({ orderToken }, control)
    assert.deepEqual(price, { amount: '245.50', currency: 'TRY' })
    await until('the shop was not told', () => shop().includes(`${orderId} is paid`), shop)
  })
})
