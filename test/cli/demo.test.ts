import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { start, UNHEARD } from './support.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

describe('crypto-checkout demo', () => {
  it('is what npm start does, until it is told to stop', async () => {
    const data = await mkdtemp(join(tmpdir(), 'cc-cli-demo-'))
    const demo = start(['demo'], { env: { ...UNHEARD, DEMO_DATA: data } })
    const [, shop = ''] = await demo.until(/Shop {6}(\S+)/)
    assert.equal((await fetch(shop)).status, 200)
    assert.equal((await demo.stop()).code, 0)
    await assert.rejects(fetch(shop))
    await rm(data, { recursive: true })
  })

  it('in a package that has no shop: says where it is, exits with 1', async () => {
    const installed = mkdtempSync(join(tmpdir(), 'cc-cli-package-'))
    cpSync(join(ROOT, 'cli'), join(installed, 'cli'), { recursive: true })
    writeFileSync(join(installed, 'package.json'), '{"version":"1.2.3","type":"module"}')
    for (const each of ['node_modules', 'proxy', 'protocol', 'merchant', 'sandbox']) {
      symlinkSync(join(ROOT, each), join(installed, each))
    }
    const child = spawn(process.execPath, [join(installed, 'cli/main.ts'), 'demo'])
    let errors = ''
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
    const code = await new Promise((resolve) => child.on('close', resolve))
    rmSync(installed, { recursive: true })
    assert.equal(code, 1)
    assert.match(errors, /demo: The demo is a shop.*clone it, and run npm start/)
    assert.match(errors, /crypto-checkout sandbox/)
  })
})
