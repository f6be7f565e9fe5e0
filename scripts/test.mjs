/**
 * `npm test`: installs what is missing, builds the widget, and runs every test there is.
 * `npm test -- node` (or `faults`, `widget`, `e2e`) runs one part. Runs on Node 20 with nothing installed.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { ensureInstall } from './ensure-install.mjs'

const NODE = 'node_modules/node/bin/node'
const RESULTS = '.cache/results'

const nodeTest = (name, patterns, concurrency) => ({
  name,
  command: [
    NODE,
    '--test',
    `--test-concurrency=${concurrency}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/count-reporter.mjs',
    '--test-reporter-destination=stdout',
    ...patterns,
  ],
})

const PARTS = [
  nodeTest('node', ['test/{protocol,proxy,merchant,sandbox,cli}/**/*.test.ts'], 2),
  nodeTest('faults', ['test/faults/*.test.ts'], 1),
  { name: 'widget', command: [NODE, 'node_modules/@web/test-runner/dist/bin.js'] },
  nodeTest('e2e', ['test/e2e/*.test.ts'], 1),
]

ensureInstall()
const wanted = process.argv.slice(2)
const parts = PARTS.filter(({ name }) => wanted.length === 0 || wanted.includes(name))
const total = { passed: 0, failed: 0 }

if (parts.some(({ name }) => name === 'e2e')) {
  const build = run([NODE, 'node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn'], {})
  if (build !== 0) process.exit(1)
}
for (const { name, command } of parts) {
  const file = `${RESULTS}/${name}.json`
  rmSync(file, { force: true })
  console.log(`\n── ${name} ──`)
  const status = run(command, { RESULT_FILE: file })
  const count = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0 }
  total.passed += count.passed
  // A part that ended badly without naming a test has failed all the same.
  total.failed += status !== 0 && count.failed === 0 ? 1 : count.failed
}

console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)

function run([command, ...args], env) {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    env: { ...process.env, ...env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
  })
  return status ?? 1
}
