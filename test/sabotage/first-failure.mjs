/**
 * A reporter for node:test: a line for every test that ended, with its whole name.
 * @module
 */

/** Before each line, so that it can be told from what the tests themselves print. */
const MARK = 'sabotage:'

// oxlint-disable-next-line import/no-default-export -- a reporter is one
export default async function* tell(events) {
  const path = []
  for await (const { type, data } of events) {
    if (type === 'test:start') path.splice(data.nesting, path.length, data.name)
    const isEnd = type === 'test:pass' || type === 'test:fail'
    const isGreen = type === 'test:pass'
    // A suite is as green as its tests; red, it may be one of its hooks that failed.
    if (!isEnd || data.skip !== undefined || (isGreen && data.details?.type === 'suite')) continue
    const name = [...path.slice(0, data.nesting), data.name].join(' ')
    yield `${MARK}${JSON.stringify({ name, isGreen })}\n`
  }
}
