/**
 * What is recorded of a real run: nothing of a proxy as it is, and each leak of one whose adapters leak.
 * @module
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { scan } from './scan.ts'

const PLACES = ['log', 'answer', 'database', 'to providers', 'to merchant']
const RECORD = new URL('./record.ts', import.meta.url).href
const RUN = fileURLToPath(new URL('./leaky.ts', import.meta.url))

describe('a run that is overheard', { concurrency: 2 }, () => {
  it('of the proxy as it is: nothing leaks, and everything was heard', async () => {
    const { isClean, output } = await overhear({})
    assert.ok(isClean, output)
  })

  it('of adapters that leak: each leak is found, with its secret and its spelling', async () => {
    const { isClean, output } = await overhear({ LEAKY: '1' })
    assert.ok(!isClean)
    for (const leak of [
      /LEAK log: cryptom CRYPTOM_PASSWORD, backwards, in leaky\.ts/,
      /LEAK output: cryptom CRYPTOM_PASSWORD, backwards/,
      /LEAK answer: redoya REDOYA_SECRET, as it is/,
      /LEAK database: redoya REDOYA_SECRET, as it is/,
      /LEAK database: proxy ORDER_SECRET, as it is/,
      /LEAK to merchant: proxy ORDER_SECRET, as it is/,
      /LEAK to providers: redoya webhook address, as it is/,
    ]) {
      assert.match(output, leak)
    }
  })
})

/** In a process of its own, recorded apart from the run that this test is part of. */
async function overhear(environment: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'checkout-record-'))
  try {
    const child = spawn(process.execPath, ['--import', RECORD, RUN], {
      env: {
        PATH: process.env['PATH'],
        CANARY_DIR: folder,
        CANARY_FROM: RUN,
        CANARY_OUTPUT: '1',
        ...environment,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    assert.deepEqual(await once(child, 'exit'), [0, null])
    const { isClean, lines } = scan({ folder, places: PLACES })
    return { isClean, output: lines.join('\n') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
