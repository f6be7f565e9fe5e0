import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { policyText, smallestPolicy } from '../../demo/hosts/policy.ts'
import { EMPTY, run } from './support.ts'

const PROXY = 'https://pay.shop.example'
const HASH = `sha384-${'A'.repeat(64)}`
const csp = async (...args: readonly string[]): Promise<string> => {
  const { code, output, errors } = await run(['csp', '--proxy', PROXY, ...args])
  assert.deepEqual([code, errors], [0, ''])
  return output.trim()
}
const directive = (policy: string, name: string): string | undefined =>
  new RegExp(`(?:^|[;" ]) ?${name} ([^;"]+)`).exec(policy)?.[1]

describe('crypto-checkout csp', () => {
  it('is the smallest policy of the demo’s strict pages, which browsers try', async () => {
    const expected = `Content-Security-Policy: ${policyText(smallestPolicy(PROXY))}`
    assert.equal(await csp('--languages', 'en'), expected)
  })

  it('lets the languages be fetched, which lie beside the script', async () => {
    assert.equal(directive(await csp(), 'connect-src'), `${PROXY}/`)
    assert.equal(
      directive(await csp('--languages', 'tr,ar'), 'connect-src'),
      `${PROXY}/v1/ ${PROXY}/crypto-checkout.tr.txt ${PROXY}/crypto-checkout.ar.txt`,
    )
    const script = 'https://cdn.example/v1/crypto-checkout.js'
    const elsewhere = await csp('--script', script)
    assert.equal(directive(elsewhere, 'script-src'), script)
    assert.equal(directive(elsewhere, 'connect-src'), `${PROXY}/v1/ https://cdn.example/v1/`)
  })

  it('allows the script by a nonce, or by its hash', async () => {
    assert.equal(directive(await csp('--nonce', 'r4nd0m=='), 'script-src'), "'nonce-r4nd0m=='")
    assert.equal(directive(await csp('--hash', HASH), 'script-src'), `'${HASH}'`)
  })

  it('is another one where the widget is bundled from modules', async () => {
    const policy = await csp('--modules')
    assert.equal(directive(policy, 'script-src'), "'self'")
    assert.equal(directive(policy, 'connect-src'), `${PROXY}/v1/`)
    assert.equal(directive(policy, 'trusted-types'), 'lit-html')
    assert.equal(directive(await csp('--modules', '--nonce', 'abc'), 'script-src'), "'nonce-abc'")
  })

  it('is written as a header, a meta tag, for nginx and for Caddy', async () => {
    assert.match(await csp(), /^Content-Security-Policy: default-src 'none'; /)
    const meta = await csp('--as', 'meta')
    assert.match(meta, /^<meta http-equiv="Content-Security-Policy" content="[^"]+">$/)
    // A meta tag cannot say it: browsers complain.
    assert.doesNotMatch(meta, /frame-ancestors/)
    assert.match(await csp('--as', 'nginx'), /^add_header Content-Security-Policy "[^"]+" always;$/)
    assert.match(await csp('--as', 'caddy'), /^header Content-Security-Policy "[^"]+"$/)
    const { header, policy } = JSON.parse(await csp('--json')) as {
      header: string
      policy: Record<string, string>
    }
    assert.equal(header, policyText(policy))
    assert.equal(policy['require-trusted-types-for'], "'script'")
    assert.equal(policy['trusted-types'], 'crypto-checkout')
  })

  it('takes the proxy from the configuration', async () => {
    const file = join(EMPTY, 'csp.env')
    writeFileSync(file, `PUBLIC_URL=${PROXY}/\n`)
    const { output } = await run(['csp', '--env-file', file, '--languages', 'en'])
    assert.match(output, new RegExp(`connect-src ${PROXY}/v1/;`))
    const { code, errors } = await run(['csp'])
    assert.equal(code, 2)
    assert.match(errors, /PUBLIC_URL is missing.*--proxy/)
  })

  const wrong: readonly (readonly [string, readonly string[]])[] = [
    ['an address that ends the source', ['--proxy', "https://a.example;script-src'*'"]],
    ['an address with a quote', ['--proxy', 'https://a.example/"']],
    ['a nonce that ends it', ['--proxy', PROXY, '--nonce', "a' *"]],
    ['a hash that is none', ['--proxy', PROXY, '--hash', 'md5-abc']],
    ['a nonce and a hash', ['--proxy', PROXY, '--nonce', 'abc', '--hash', HASH]],
    ['a form that it does not know', ['--proxy', PROXY, '--as', 'apache']],
    ['languages that are none', ['--proxy', PROXY, '--languages', 'tr; *']],
  ]
  for (const [what, args] of wrong) {
    it(`refuses ${what}`, async () => {
      const { code, output, errors } = await run(['csp', ...args])
      assert.deepEqual([code, output], [2, ''])
      assert.match(errors, /^crypto-checkout csp: --/)
    })
  }
})
