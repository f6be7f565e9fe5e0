/**
 * The sites with a proxy beside them, for tests: each in a folder of its own, ended afterwards.
 * @module
 */
import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPorts } from '../../demo/ports.ts'
import { startBeside } from '../../examples/shared/start-beside.ts'
import type { Beside, BesideName } from '../../examples/shared/start-beside.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { signatureOf } from '../merchant/webhook-samples.ts'

export interface StartedSite extends Beside {
  /** What the site wrote down, by the file's name in its folder. */
  read(name: string): unknown
}

/** A checkout as notifications have it. */
export interface Told {
  readonly id: string
  readonly orderId: string
  readonly status: string
  readonly version: number
}

/** The payment of a checkout that is paid, as notifications have it. */
export const PAYMENT = { id: 'pay_1', ref: '9001', status: 'paid', assurance: 'provider-api' }

const ports = createPorts()

export async function startSite(
  name: BesideName,
  sandboxUrls: Sandbox['urls'],
): Promise<StartedSite> {
  const dataDir = mkdtempSync(join(tmpdir(), `checkout-${name}-`))
  const find = (): Promise<number> => ports.find(0)
  const site = await startBeside({
    name,
    ports: { site: await find(), proxy: await find(), merchant: await find() },
    sandboxUrls,
    dataDir,
  })
  return {
    ...site,
    read: (file) => JSON.parse(readFileSync(join(dataDir, file), 'utf8')),
    async stop() {
      await site.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** The payer does this on whatever was begun last. */
export async function playLast({ control }: Sandbox['urls'], action: string): Promise<void> {
  const all = (await (await fetch(`${control}/payments`)).json()) as { id: string }[]
  const answer = await fetch(`${control}/payments/cryptom/${all[0]?.id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action }),
  })
  assert.equal(answer.status, 200, await answer.text())
}

export interface Telling {
  /** Another secret: somebody who is not the proxy. */
  readonly secret?: string
  /** How long ago it was signed. */
  readonly secondsAgo?: number
}

/** Tells it as the proxy would; resolves to what is answered. */
export async function tell(
  address: string,
  checkout: Told,
  { secret, secondsAgo = 0 }: Telling,
): Promise<number> {
  const seconds = Math.floor(Date.now() / 1000) - secondsAgo
  const { status, version, id: checkoutId } = checkout
  const timestamp = new Date(seconds * 1000).toISOString()
  const body = JSON.stringify({ type: `checkout.${status}`, timestamp, data: checkout })
  const id = `msg_${checkoutId}.${version}`
  const answer = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(seconds),
      'webhook-signature': signatureOf({ body, id, seconds, ...(secret && { secret }) }),
    },
    body,
  })
  await answer.text()
  return answer.status
}
