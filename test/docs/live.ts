/**
 * A proxy with a past, for the commands of the runbooks: an order that is paid, one for a person to decide, a
 * payout, notifications that were given up, a log.
 * @module
 */
import { execFile, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { proxyEnvironment } from '../../demo/proxy-settings.ts'
import { readSecrets } from '../../demo/secrets.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { startReceiver } from '../merchant/receiver.ts'
import { startStack } from '../proxy/support.ts'
import type { testEnvironment } from '../proxy/support.ts'
import { ROOT } from './blocks.ts'

/** What the commands of the documents are made of, besides the shell. */
const PROGRAMS = ['bash', 'curl', 'jq', 'sqlite3', 'openssl', 'grep', 'base64'] as const

/** A program that this machine lacks, or undefined. */
export const missingProgram = (): string | undefined =>
  PROGRAMS.find((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status !== 0)

export interface Ran {
  readonly code: number
  readonly output: string
  readonly errors: string
}

export type World = Awaited<ReturnType<typeof startWorld>>

const GONE = 410
const TIMEOUT_MS = 20_000

export async function startWorld() {
  const folder = mkdtempSync(join(tmpdir(), 'cc-docs-'))
  mkdirSync(join(folder, 'data'))
  const secrets = readSecrets(join(folder, 'data'))
  const receiver = await startReceiver(() => Promise.resolve(new Response(null, { status: GONE })))
  const environment = (urls: Parameters<typeof testEnvironment>[0]): Record<string, string> => ({
    ...proxyEnvironment({
      port: 0,
      merchantPort: 0,
      shopUrl: 'https://shop.example',
      sandboxUrls: urls,
      secrets,
      dataDir: join(folder, 'data'),
    }),
  })
  const stack = await startStack(
    {
      DATABASE_URL: `file:${join(folder, 'data/checkout.db')}`,
      MERCHANT_PORT: undefined,
      MERCHANT_WEBHOOK_URL: receiver.url,
      RATE_LIMIT: '0',
    },
    {},
    environment,
  )
  const merchant = async <T>(method: string, path: string, body?: object): Promise<T> => {
    const headers = { authorization: `Bearer ${secrets.merchantKey}` }
    const answer = await stack.request<T>(method, `/v1/merchant${path}`, body, headers)
    if (answer.status >= 400) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }

  /** An order with a payment begun by the first method of this name. */
  async function begin(orderId: string, method: string, amount = '310.00'): Promise<Checkout> {
    const alternatives = [{ amount: '12.50', currency: 'USDT' }]
    const customer = { phone: '+905550000001' }
    const order = { orderId, amount, currency: 'TRY', alternatives, customer }
    const checkout = await merchant<Checkout>('POST', '/checkouts', order)
    const found = checkout.methods.find(({ id }) => id.startsWith(method))
    if (!found) throw new Error(`no ${method}: ${checkout.methods.map(({ id }) => id).join()}`)
    const { status, body } = await stack.start(checkout, found.id)
    if (status !== 200) throw new Error(`${method}: ${JSON.stringify(body)}`)
    return body
  }

  /** The provider's word on the newest payment there. */
  async function play(provider: string, action: string): Promise<void> {
    const payments = await stack.control<{ provider: string; id: string }[]>('GET', '/payments')
    const payment = payments.find((each) => each.provider === provider)
    await stack.control('POST', `/payments/${provider}/${payment?.id}`, { action })
  }

  /** The checkout once the provider was asked anew, with its attempts. */
  async function settle(checkout: Checkout): Promise<{ id: string; payments: { id: string }[] }> {
    await stack.refreshed(checkout)
    return merchant('GET', `/checkouts/${checkout.id}`)
  }

  return {
    folder,
    stack,
    secrets,
    merchant,
    begin,
    play,
    settle,
    /** A script in bash, in a folder with this proxy's data. What fails in it ends it. */
    run: (script: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> =>
      runScript(script, folder, env),
    writeFile(name: string, text: string) {
      const path = join(folder, name)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    },
    async close() {
      await stack.close()
      receiver.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export function runScript(
  script: string,
  cwd: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const path = `${ROOT}node_modules/.bin:${process.env['PATH']}`
  return new Promise((resolve) => {
    const child = execFile(
      'bash',
      ['-euo', 'pipefail'],
      { cwd, env: { ...env, PATH: path, HOME: cwd }, timeout: TIMEOUT_MS },
      (error, output, errors) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
        resolve({ code, output, errors })
      },
    )
    child.stdin?.end(script)
  })
}
