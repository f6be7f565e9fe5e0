/**
 * The package as a stranger has it: packed, installed into an empty project, and used: the element by a script
 * tag and bundled by Vite, the proxy and the sandbox by their commands, the helpers by their imports. Wants
 * `npm run build`; `.ci/run` has it after that.
 * @module
 */
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { createPorts } from '../../demo/ports.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { until } from '../e2e/world.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const VITE = join(ROOT, 'node_modules/vite/bin/vite.js')
const PATIENCE_MS = 60_000
const PATH = [dirname(process.execPath), process.env['PATH']].join(delimiter)

/** What a merchant's own server asks for beside it, at the versions that are tested. */
const PEERS = ['jose', 'hono', 'kysely', 'zod', 'ipaddr.js', 'rate-limiter-flexible', 're2js']
const MORE_PEERS = ['@hono/node-server', 'pg', 'prom-client']

const MODULE_PAGE = `<!doctype html>
<title>Bundled</title>
<script type="module" src="/main.js"></script>
`

describe('the package in an empty project', { timeout: 5 * PATIENCE_MS }, () => {
  const folder = mkdtempSync(join(tmpdir(), 'cc-installed-'))
  const running: ChildProcess[] = []
  const pages = new Map<string, string>()
  let proxyUrl = ''
  let shopUrl = ''
  let control = ''
  let browser: Browser
  let server: Server

  before(async () => {
    const ports = createPorts()
    const [proxyPort, shopPort] = [await ports.find(0), await ports.find(0)]
    proxyUrl = `http://localhost:${proxyPort}`
    shopUrl = `http://localhost:${shopPort}`
    writeFileSync(join(folder, 'package.json'), '{"private":true,"type":"module"}')
    const [packed] = Object.values(
      JSON.parse(
        npm(ROOT, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]),
      ) as {
        filename: string
      }[],
    )
    npm(folder, [
      'install',
      '--prefer-offline',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `./${packed?.filename}`,
    ])
    const served = `PORT=${proxyPort}\nPUBLIC_URL=${proxyUrl}\nALLOWED_ORIGINS=${shopUrl}\n`
    writeFileSync(
      join(folder, 'catalogue.json'),
      '{"mug":{"amount":"245.50","currency":"TRY","description":"Lamp Mug"}}',
    )
    writeFileSync(
      join(folder, '.env'),
      `${served}DATABASE_URL=file:./checkout.db\nCATALOGUE=./catalogue.json\n`,
    )
    server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', shopUrl)
      const type = pathname.endsWith('.js') ? 'text/javascript' : 'text/html; charset=utf-8'
      const page = pages.get(pathname)
      response.writeHead(page === undefined ? 404 : 200, { 'content-type': type }).end(page)
    })
    await new Promise<void>((resolve) => server.listen(shopPort, 'localhost', resolve))
    browser = await launchBrowser()
  })
  after(async () => {
    for (const child of running) child.kill()
    await browser.close()
    server.close()
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  })

  it('makes keys, plays the providers, finds nothing wrong, and runs the proxy', async () => {
    command(['keys', '--out', '.env'])
    const sandbox = leave(['sandbox', '--port', '0'])
    await until('the sandbox', async () => /Control server: \S+/.exec(sandbox())?.[0])
    control = /Control server: (\S+)/.exec(sandbox())?.[1] ?? ''
    appendFileSync(join(folder, '.env'), sandbox().replace(/^Playing.*$/m, ''))
    assert.match(command(['doctor', '--offline']), /\n0 errors/)
    leave(['proxy'])
    await until('the proxy', async () => ((await isUp(`${proxyUrl}/readyz`)) ? true : undefined))
  })

  it('is paid on a page with a script tag', async () => {
    pages.set(
      '/tag',
      `<!doctype html><title>Tag</title><script src="${proxyUrl}/crypto-checkout.js" defer></script>
<crypto-checkout proxy="${proxyUrl}" product="mug"></crypto-checkout>`,
    )
    await pay('/tag')
  })

  it('is paid on a page that Vite bundled', async () => {
    writeFileSync(join(folder, 'index.html'), MODULE_PAGE)
    writeFileSync(
      join(folder, 'main.js'),
      `import 'crypto-checkout/define'
const checkout = document.createElement('crypto-checkout')
Object.assign(checkout, { proxy: '${proxyUrl}', product: 'mug', quantity: 2 })
document.body.append(checkout)
`,
    )
    run(process.execPath, [VITE, 'build', '--logLevel', 'warn'])
    const html = readFileSync(join(folder, 'dist/index.html'), 'utf8')
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(html)?.[1] ?? ''
    pages.set('/bundled', html)
    pages.set(script, readFileSync(join(folder, 'dist', script), 'utf8'))
    await pay('/bundled')
  })

  it('signs an order, and mounts a proxy, once a server has installed what that needs', async () => {
    const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
      devDependencies: Record<string, string>
    }
    const peers = [...PEERS, ...MORE_PEERS].map((name) => `${name}@${devDependencies[name]}`)
    npm(folder, [
      'install',
      '--prefer-offline',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      ...peers,
    ])
    const code = `
import { signOrder } from 'crypto-checkout/merchant'
import { builtFiles, createProxy, readConfig } from 'crypto-checkout/proxy'
const order = { orderId: 'A-1', amount: '12.50', currency: 'TRY' }
const orderToken = await signOrder(order, { secret: process.env.ORDER_SECRET })
const proxy = await createProxy({ ...readConfig({ ...process.env, DATABASE_URL: 'file:./mounted.db' }), ...builtFiles() })
const ask = (path, init) => proxy.fetch(new Request(process.env.PUBLIC_URL + path, init))
const script = await ask('/crypto-checkout.js')
const headers = { origin: process.env.ALLOWED_ORIGINS, 'content-type': 'application/json' }
const opened = await ask('/v1/checkouts', { method: 'POST', headers, body: JSON.stringify({ orderToken }) })
const { price } = await opened.json()
await proxy.close()
console.log(JSON.stringify({ script: script.status, opened: opened.status, price }))
`
    writeFileSync(join(folder, 'mount.mjs'), code)
    const said = run(process.execPath, ['--env-file=.env', 'mount.mjs'])
    const answer = JSON.parse(said.trim().split('\n').at(-1) ?? '') as object
    assert.deepEqual(answer, {
      script: 200,
      opened: 201,
      price: { amount: '12.50', currency: 'TRY' },
    })
  })

  /** Picks a coin, and plays the payer. */
  async function pay(path: string): Promise<void> {
    const context = await browser.newContext()
    const page = await context.newPage()
    page.setDefaultTimeout(PATIENCE_MS)
    await page.goto(shopUrl + path)
    const pick = (name: RegExp) =>
      page.locator('crypto-checkout').getByRole('button', { name }).first().click()
    await pick(/Tether/)
    await pick(/TRON/)
    await page.getByRole('heading', { name: /Send USDT on TRON/ }).waitFor()
    const payments = (await (await fetch(`${control}/payments`)).json()) as { id: string }[]
    await fetch(`${control}/payments/cryptom/${payments[0]?.id}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"action":"pay"}',
    })
    await page.getByRole('button', { name: 'I have paid' }).click()
    await page.getByRole('heading', { name: 'Payment complete' }).waitFor()
    await context.close()
  }

  const bin = (): string => join(folder, 'node_modules/.bin/crypto-checkout')
  const command = (args: readonly string[]): string => run(bin(), args)

  function run(file: string, args: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(file, args, {
      cwd: folder,
      encoding: 'utf8',
      env: { PATH },
    })
    assert.equal(status, 0, `${args.join(' ')}: ${stdout}${stderr}`)
    return stdout + stderr
  }

  function leave(args: readonly string[]): () => string {
    let said = ''
    const child = spawn(bin(), args, { cwd: folder, env: { PATH } })
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (part) => (said += String(part)))
    running.push(child)
    return () => said
  }
})

const isUp = async (url: string): Promise<boolean> =>
  (await fetch(url).catch(() => undefined))?.ok === true

function npm(cwd: string, args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' })
  assert.equal(status, 0, `npm ${args[0]}: ${stderr}`)
  return stdout
}
