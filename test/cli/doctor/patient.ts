/**
 * A configuration with nothing wrong in it, in front of a sandbox, and what the doctor says of it once
 * something was changed.
 * @module
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { proxyVariables } from '../../../cli/sandbox.ts'
import { writeLincolnValues } from '../../../demo/lincoln-values.ts'
import type { Sandbox } from '../../../sandbox/index.ts'
import { spellingsOf } from '../../canary/spellings.ts'
import { run } from '../support.ts'

export const folder = mkdtempSync(join(tmpdir(), 'cc-doctor-'))

export type Variables = Readonly<Record<string, string | undefined>>

export interface Finding {
  readonly severity: string
  readonly code: string
  readonly about: string
  readonly what: string
  readonly why: string
  readonly fix: string
}

export interface Report {
  readonly code: number | null
  readonly errors: number
  readonly warnings: number
  readonly findings: readonly Finding[]
}

export const makeKey = (): string => randomBytes(32).toString('base64url')

/** Whole and right. Nothing listens at its addresses yet. */
export const healthy = (urls: Sandbox['urls'], publicUrl: string): Record<string, string> => ({
  ...proxyVariables(urls),
  PORT: new URL(publicUrl).port,
  PUBLIC_URL: publicUrl,
  ALLOWED_ORIGINS: 'https://shop.example',
  DATABASE_URL: `file:${join(folder, 'checkout.db')}`,
  PROXY_SECRET: makeKey(),
  ORDER_SECRET: makeKey(),
  MERCHANT_API_KEY: makeKey(),
  METRICS_KEY: makeKey(),
  LINCOLN_VALUES: writeLincolnValues(folder),
})

/** What a live proxy has besides. */
export const LIVE = {
  PUBLIC_URL: 'https://pay.shop.invalid',
  TRUSTED_PROXIES: '127.0.0.1',
  MERCHANT_PORT: '8788',
} as const

/** Asks the doctor; no secret of the variables may stand in what he says, in any spelling. */
export async function examine(
  variables: Variables,
  args: readonly string[] = ['--offline'],
): Promise<Report> {
  const { code, output, errors } = await run(['doctor', '--json', ...args], { env: variables })
  assert.equal(errors, '')
  assertDiscreet(output, variables)
  return { code, ...(JSON.parse(output) as Omit<Report, 'code'>) }
}

const SECRET = /SECRET|KEY|PASSWORD|PASSPHRASE/
const SHORTEST = 12

export function assertDiscreet(text: string, variables: Variables): void {
  for (const [name, value = ''] of Object.entries(variables)) {
    if (!SECRET.test(name)) continue
    for (const part of value.split(',').filter(({ length }) => length >= SHORTEST)) {
      for (const [spelling, how] of spellingsOf(part.trim())) {
        assert.ok(!text.includes(spelling), `${name} can be read, ${how}`)
      }
    }
  }
}

/** A file beside the others, by its content. */
export function file(name: string, content: unknown, mode = 0o600): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content), { mode })
  return path
}

/** A server of a few lines, until `close`. */
export async function serve(listener: RequestListener): Promise<{ url: string; close(): void }> {
  const server = createServer(listener).listen(0, 'localhost')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://localhost:${port}`,
    close: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
