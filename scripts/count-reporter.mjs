/**
 * A reporter for node:test that writes how many tests passed and failed to `RESULT_FILE`.
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

export default async function* countTests(events) {
  const count = { passed: 0, failed: 0 }
  for await (const { type, data } of events) {
    if (data?.details?.type === 'suite' || data?.skip !== undefined) continue
    if (type === 'test:pass') count.passed += 1
    if (type === 'test:fail') count.failed += 1
  }
  const file = process.env.RESULT_FILE
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(count))
  yield ''
}
