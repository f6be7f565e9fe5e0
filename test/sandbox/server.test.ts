/**
 * The sandbox as a process.
 *
 * @module
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import { at, send, textAt } from './helpers.ts'

it('sandbox/server.ts prints one JSON line for each server and ends on SIGTERM', async () => {
  const file = fileURLToPath(new URL('../../sandbox/server.ts', import.meta.url))
  const names = ['control', ...Object.keys(SANDBOX_CREDENTIALS)]
  const ports = Object.fromEntries(names.map((name) => [`SANDBOX_${name.toUpperCase()}_PORT`, '0']))
  const child = spawn(process.execPath, [file], { env: { ...process.env, ...ports } })
  const exit = once(child, 'exit')
  try {
    const printed: unknown[] = []
    for await (const line of createInterface({ input: child.stdout })) {
      printed.push(JSON.parse(line))
      if (printed.length === names.length) break
    }
    assert.deepEqual(
      printed.map((line) => at(line, 'name')),
      names,
    )
    const { body } = await send('GET', textAt(printed[0], 'url'))
    assert.equal(at(body, 'urls', 'redoya'), textAt(printed[2], 'url'))
  } finally {
    child.kill('SIGTERM')
  }
  assert.deepEqual(await exit, [0, null])
})
