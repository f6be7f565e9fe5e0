/**
 * The element's tests, in the first engine, told line by line as `first-failure.mjs` does.
 * @module
 */
import config from '../../web-test-runner.config.js'

const MARK = 'sabotage:'

/** Every test of a page, with the names of the suites around it. */
function* testsOf(suite, path = []) {
  for (const { name, passed, skipped } of suite?.tests ?? [])
    if (!skipped) yield { name: [...path, name].join(' '), isGreen: passed }
  for (const inner of suite?.suites ?? []) yield* testsOf(inner, [...path, inner.name])
}

const lines = {
  onTestRunFinished({ sessions }) {
    for (const { testResults, passed, errors } of sessions) {
      for (const test of testsOf(testResults))
        process.stdout.write(`${MARK}${JSON.stringify(test)}\n`)
      if (!passed && errors.length > 0) process.stdout.write(`${errors[0].message}\n`)
    }
  },
}

export default { ...config, browsers: config.browsers.slice(0, 1), reporters: [lines] }
