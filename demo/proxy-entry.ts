/**
 * The demo's proxy: the real one, whose parent can let time pass. It ends with its parent.
 * @module
 */
import { run } from '../proxy/server.ts'

let offset = Number(process.env['CLOCK_OFFSET_MS'] ?? 0)

process.on('message', ({ offsetMs }: { readonly offsetMs: number }) => {
  offset = offsetMs
  process.send?.({ offsetMs })
})
process.on('disconnect', () => process.exit())
await run({ now: () => Date.now() + offset })
