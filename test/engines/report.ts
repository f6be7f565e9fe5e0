/**
 * What the checks read: how many of the element's tests passed and failed, in all engines together; and for a
 * person, in each.
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import process from 'node:process'
import type { Reporter, TestSession, TestSuiteResult } from '@web/test-runner'

const FILE = '.cache/results/widget.json'

export function countReporter(): Reporter {
  return {
    onTestRunFinished({ sessions }) {
      const total = { passed: 0, failed: 0 }
      for (const [name, own] of Map.groupBy(sessions, ({ browser }) => browser.name)) {
        const { passed, failed } = countSessions(own)
        process.stdout.write(`${name}: ${passed} passed, ${failed} failed\n`)
        total.passed += passed
        total.failed += failed
      }
      mkdirSync('.cache/results', { recursive: true })
      writeFileSync(FILE, `${JSON.stringify(total)}\n`)
    },
  }
}

function countSessions(sessions: readonly TestSession[]): { passed: number; failed: number } {
  const counts = { passed: 0, failed: 0 }
  const count = (suite: TestSuiteResult | undefined): void => {
    for (const test of suite?.tests ?? [])
      if (!test.skipped) counts[test.passed ? 'passed' : 'failed'] += 1
    for (const inner of suite?.suites ?? []) count(inner)
  }
  for (const { testResults, passed, errors } of sessions) {
    count(testResults)
    // a file that did not load is a failure too
    if (!passed && errors.length > 0) counts.failed += 1
  }
  return counts
}
