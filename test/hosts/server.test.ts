/**
 * On a server there is no page: importing the element there must not fail, whoever renders.
 * @module
 */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { promisify } from 'node:util'

const ROOT = join(import.meta.dirname, '../..')
const run = promisify(execFile)

/** What a bare Node says of `code`; rejects where that fails. */
async function onServer(code: string): Promise<unknown> {
  const { stdout, stderr } = await run(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `const say = (it) => console.log(JSON.stringify(it));${code}`,
    ],
    { cwd: ROOT, timeout: 20_000, env: {} },
  )
  assert.equal(stderr, '')
  return JSON.parse(stdout)
}

before(async () => {
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '--build', 'widget'], {
    cwd: ROOT,
    timeout: 120_000,
  })
})

/** As it is installed, and as it is written. */
const PLACES = {
  'the package': ['crypto-checkout', 'crypto-checkout/core', 'crypto-checkout/define'],
  'the sources': ['./widget/index.ts', './widget/core/index.ts', './widget/define.ts'],
} as const

for (const [name, [main, core, define]] of Object.entries(PLACES)) {
  test(`${name}: the element is imported, and nothing happens`, async () => {
    const seen = await onServer(`
      const { CryptoCheckout } = await import('${main}')
      say([CryptoCheckout.name, typeof document, customElements.get('crypto-checkout') ?? null])`)
    assert.deepEqual(seen, ['CryptoCheckout', 'undefined', null])
  })

  test(`${name}: the engine is imported, and leaves no trace`, async () => {
    const seen = await onServer(`
      const before = Object.getOwnPropertyNames(globalThis)
      const { createEngine } = await import('${core}')
      say([typeof createEngine, Object.getOwnPropertyNames(globalThis).filter((each) => !before.includes(each))])`)
    assert.deepEqual(seen, ['function', []])
  })

  test(`${name}: defining is harmless: Lit keeps a stand-in of the registry`, async () => {
    const seen = await onServer(`
      await import('${define}')
      const { CryptoCheckout } = await import('${main}')
      CryptoCheckout.define()
      const known = customElements.get('crypto-checkout')
      say([known.prototype instanceof CryptoCheckout, typeof document, typeof window])`)
    assert.deepEqual(seen, [true, 'undefined', 'undefined'])
  })

  test(`${name}: whether a request is a return can be asked`, async () => {
    const seen = await onServer(`
      const { CryptoCheckout } = await import('${main}')
      say(['?checkout=0123456789abcdef', ''].map((query) => CryptoCheckout.hasReturned('https://shop.example/' + query)))`)
    assert.deepEqual(seen, [true, false])
  })
}
