import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { parseEnv } from 'node:util'
import { readConfig } from '../../proxy/config.ts'
import { freePort, run, start, UNHEARD } from './support.ts'

/** What its credentials are is printed, by design. */
const env = UNHEARD

describe('crypto-checkout sandbox', () => {
  it('plays the five, and prints the variables of a proxy in front of them', async () => {
    const sandbox = start(['sandbox', '--port', '0'], { env })
    const [, control = ''] = await sandbox.until(/Control server: (\S+)/)
    assert.equal((await fetch(`${control}/ledger`)).status, 200)
    const { code, output } = await sandbox.stop()
    assert.equal(code, 0)
    const config = readConfig({
      ...(parseEnv(output) as Record<string, string>),
      PUBLIC_URL: 'http://localhost:1',
      ALLOWED_ORIGINS: 'http://localhost:2',
      PROXY_SECRET: 'proxy-secret-of-this-test-0123456789',
    })
    assert.deepEqual(
      config.providers.map(({ id }) => id),
      ['cryptom', 'redoya', 'lipaykripto', 'paycrypto', 'lincoln'],
    )
  })

  it('--json: the same, for programs', async () => {
    const sandbox = start(['sandbox', '--port', '0', '--json'], { env })
    await sandbox.until(/\n\}\n/)
    const { output } = await sandbox.stop()
    const { urls, variables } = JSON.parse(output) as Record<string, Record<string, string>>
    assert.equal(variables?.['CRYPTOM_BASE_URL'], urls?.['cryptom'])
    await assert.rejects(fetch(urls?.['control'] ?? ''))
  })

  it('where a port is taken: says what to do, exits with 1', async () => {
    const port = await freePort()
    const first = start(['sandbox', '--port', String(port)], { env })
    await first.until(/Control server/)
    const { code, errors } = await run(['sandbox', '--port', String(port)], { env })
    await first.stop()
    assert.equal(code, 1)
    assert.match(errors, /a port is taken: name another one with --port/)
  })
})
