/**
 * A proxy for the fault harness: the real one, with a clock that its parent moves, and a death at the
 * moment that `FAILPOINT` names, when it is reached for the `FAILPOINT_COUNT`th time.
 * @module
 */
import { flushCompileCache } from 'node:module'
import process from 'node:process'
import { readConfig } from '../../proxy/config.ts'
import type { Failpoint } from '../../proxy/failpoints.ts'
import { startServer } from '../../proxy/server.ts'
import { followParent } from './follow-parent.ts'

const { FAILPOINT, FAILPOINT_COUNT = '1' } = process.env
let left = Number(FAILPOINT_COUNT)

const parent = followParent()
const { port } = await startServer(readConfig(process.env), { now: parent.now, reached })
process.stdout.write(`${JSON.stringify({ ready: 'proxy', port })}\n`)
parent.ready({ port })
flushCompileCache()

/** Does not return from the moment that it waits for: nothing after it may run. */
function reached(point: Failpoint): void {
  if (point !== FAILPOINT) return
  left -= 1
  if (left > 0) return
  process.kill(process.pid, 'SIGKILL')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}
