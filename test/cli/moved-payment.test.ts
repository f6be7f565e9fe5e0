import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import type { Checkout } from '../../protocol/payment.ts'
import { startSandbox } from '../../sandbox/index.ts'
import { startStack, testEnvironment } from '../proxy/support.ts'
import { startPostgres } from '../support/postgres.ts'
import { createDatabase, migrateStore } from './support.ts'

const directory = mkdtempSync(join(tmpdir(), 'cc-cli-'))
const postgres = await startPostgres()
// Outlives both proxies, as a provider would.
const sandbox = await startSandbox({})
after(async () => {
  await sandbox.close()
  await postgres.stop()
  rmSync(directory, { recursive: true })
})

const startOn = (databaseUrl: string) =>
  startStack({ DATABASE_URL: databaseUrl }, {}, () => testEnvironment(sandbox.urls))

async function payAtProvider(ref: string): Promise<void> {
  const response = await fetch(`${sandbox.urls.control}/payments/cryptom/${ref}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ action: 'pay' }),
  })
  assert.ok(response.ok)
}

it('a payment that was open when the store moved is paid on PostgreSQL', async () => {
  const from = `file:${join(directory, 'checkout.db')}`
  const to = await createDatabase(postgres.url)

  const before = await startOn(from)
  const orderToken = await before.token({ orderId: 'M-1' })
  const opened = await before.request<Checkout>('POST', '/v1/checkouts', { orderToken })
  const started = (await before.start(opened.body, 'cryptom:TRX:TRON')).body
  assert.equal(started.payment?.nextAction?.type, 'transfer')
  const { body } = await before.merchant<{ payments: { ref: string }[] }>(
    'GET',
    `/checkouts/${started.id}`,
  )
  await before.close()

  const { code, errors } = await migrateStore(from, to)
  assert.deepEqual([code, errors], [0, ''])
  await payAtProvider(body.payments[0]?.ref ?? '')

  const now = await startOn(to)
  const again = await now.request<Checkout>('POST', '/v1/checkouts', { orderToken })
  assert.deepEqual([again.status, again.body.id], [200, started.id])
  assert.deepEqual(again.body.payment, started.payment)
  const paid = await now.refreshed(again.body)
  assert.deepEqual([paid.status, paid.payment?.id], ['paid', started.payment.id])
  await now.close()
})
