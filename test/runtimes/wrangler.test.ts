/**
 * The configuration that is documented for Workers: it leads to the Worker that is shipped, which says what
 * it lacks, and keeps what a browser is told to itself.
 * @module
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { createPorts } from '../../demo/ports.ts'
import { pause } from '../proxy/shop.ts'
import { WORKERD } from './runtimes.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const TRIES = 100

test('wrangler.jsonc leads to the Worker', { timeout: 30_000 }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-wrangler-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const config = join(folder, 'wrangler.jsonc')
  copyFileSync(join(ROOT, 'examples/runtimes/wrangler.jsonc'), config)
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(ROOT, join(folder, 'node_modules/crypto-checkout'))
  const port = await createPorts().find(0)
  const args = ['serve', '--socket-addr', `http=localhost:${port}`, config]
  // It bundles by itself what `main` names, with the esbuild that it finds.
  const path = `${join(ROOT, 'node_modules/.bin')}:${process.env['PATH']}`
  const child = spawn(WORKERD(), args, { cwd: folder, env: { ...process.env, PATH: path } })
  t.after(() => child.kill('SIGKILL'))
  let log = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (text: Buffer) => (log += text.toString()))

  let answer: Response | undefined
  for (let tries = 0; tries < TRIES && !answer; tries += 1) {
    answer = await fetch(`http://localhost:${port}/healthz`).catch(() => undefined)
    await pause(100)
  }
  assert.equal(answer?.status, 500, log)
  assert.doesNotMatch((await answer?.text()) ?? '', /SECRET/)
  assert.match(log, /ConfigError: PROXY_SECRET is missing\n/)
  assert.doesNotMatch(log, /PUBLIC_URL|ALLOWED_ORIGINS/)
})
