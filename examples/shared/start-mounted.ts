/**
 * A shop that holds the proxy itself, as a process: its own environment is the proxy's.
 * @module
 */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { MOUNT_PATH } from './mounted-shop.ts'

export const MOUNTED = ['express-shop', 'hono-shop'] as const
export type MountedName = (typeof MOUNTED)[number]

export interface MountedOptions {
  readonly name: MountedName
  readonly port: number
  readonly sandboxUrls: Sandbox['urls']
  /** The store, a file. */
  readonly databaseFile: string
}

/** Secrets of the demo: what a shop makes for itself with `crypto-checkout keys`. */
const SECRETS = {
  ORDER_SECRET: 'example-order-secret-0123456789abcdef',
  PROXY_SECRET: 'example-proxy-secret-0123456789abcdef',
  MERCHANT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 'example').toString('base64')}`,
}

/** Starts it on `localhost`; resolves once it answers. */
export async function startMounted({ name, port, sandboxUrls, databaseFile }: MountedOptions) {
  const url = `http://localhost:${port}`
  const { cryptom, redoya } = SANDBOX_CREDENTIALS
  const child = spawn(process.execPath, ['server.ts'], {
    cwd: join(import.meta.dirname, '..', name),
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      PATH: process.env['PATH'],
      PORT: String(port),
      PUBLIC_URL: url + MOUNT_PATH,
      ALLOWED_ORIGINS: url,
      DATABASE_URL: `file:${databaseFile}`,
      MERCHANT_WEBHOOK_URL: `${url}/told`,
      ...SECRETS,
      CRYPTOM_BASE_URL: sandboxUrls.cryptom,
      CRYPTOM_EMAIL: cryptom.email,
      CRYPTOM_PASSWORD: cryptom.password,
      CRYPTOM_ASSETS: 'USDT@TRX,TRX@TRX',
      REDOYA_BASE_URL: sandboxUrls.redoya,
      REDOYA_IDENTIFIER: redoya.identifier,
      REDOYA_SECRET: redoya.secret,
      REDOYA_TEST_MODE: 'true',
    },
  })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const stop = (): Promise<number | null> => {
    child.kill()
    return ended
  }
  const isReady = (): Promise<boolean> =>
    fetch(`${url}${MOUNT_PATH}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
  for (const until = Date.now() + START_MS; !(await isReady()); await sleep(POLL_MS)) {
    if (child.exitCode === null && Date.now() < until) continue
    await stop()
    throw new Error(`${name} did not start`)
  }
  return { url, stop, ended }
}

const START_MS = 10_000
const POLL_MS = 50

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
