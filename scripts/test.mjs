/**
 * `npm test`: installs what is missing, builds the widget, and runs every test there is.
 * `npm test -- node` (or another name of `PARTS`) runs one part. Runs on Node 20 with nothing installed.
 * `ENGINE=firefox` runs what is of a browser in that one alone.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildBrowser } from './build-browser.mjs'
import { ensureInstall } from './ensure-install.mjs'

const NODE = 'node_modules/node/bin/node'
const RESULTS = '.cache/results'
/** Overhears a run, for the scan for secrets that follows it: docs/supply-chain.md. */
const RECORD = new URL('../test/canary/record.ts', import.meta.url).href
/** An engine that this machine does not have, and nobody asked for. */
const LEFT_OUT = 3
/** The longest part takes ten minutes: by then something was left open, and it would never end. */
const MAX_MS = 25 * 60_000
const HEARD = ['log', 'output', 'answer', 'database', 'to providers', 'to merchant']

const nodeTest = (name, patterns, concurrency, heard) => ({
  name,
  heard,
  command: [
    NODE,
    '--import',
    RECORD,
    '--expose-gc',
    '--test',
    `--test-concurrency=${concurrency}`,
    '--test-reporter=spec',
    '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/count-reporter.mjs',
    '--test-reporter-destination=stdout',
    ...patterns,
  ],
})

/** Two files at a time: they wait more than they work, and each has a world and a browser of its own. */
const flows = (name, patterns, engine) => ({
  ...nodeTest(name, patterns, 2, [...HEARD, 'browser', 'bundle']),
  engine,
})

const PARTS = [
  nodeTest(
    'node',
    ['test/{protocol,proxy,merchant,console,sandbox,cli,playground,supply,canary}/**/*.test.ts'],
    2,
    HEARD,
  ),
  nodeTest('attacks', ['test/{attacks,sabotage}/**/*.test.ts'], 1, HEARD),
  // Commands print keys there, which is what they are for.
  nodeTest('docs', ['test/docs/*.test.ts'], 2),
  // What was heard would count as the memory that fuzzing takes.
  nodeTest('models', ['test/{properties,model,fuzz}/**/*.test.ts'], 1),
  nodeTest('faults', ['test/faults/*.test.ts'], 1, HEARD),
  { name: 'widget', command: [NODE, 'node_modules/@web/test-runner/dist/bin.js'] },
  flows('e2e', ['test/e2e/*.test.ts'], 'chromium'),
  flows('examples', ['test/examples/*.test.ts'], 'chromium'),
  flows('hosts', ['test/hosts/*.test.ts'], 'chromium'),
  flows('a11y', ['test/a11y/*.test.ts'], 'chromium'),
  // What other runtimes say is not overheard; their suite looks for secrets by itself.
  nodeTest('runtimes', ['test/runtimes/*.test.ts'], 3),
  // what only Chromium can be asked was asked above
  flows(
    'firefox',
    [
      // a developer's tool, and what it plays; the flows that shoppers see run here
      'test/e2e/!(playground|scenarios).test.ts',
      'test/examples/!(php-page|woocommerce).test.ts',
      'test/hosts/!(frame|link|server).test.ts',
    ],
    'firefox',
  ),
  { ...nodeTest('webkit', ['test/engines/*.test.ts'], 1, HEARD), engine: 'webkit' },
  // No secret is near it: fixtures, and no proxy.
  nodeTest('gallery', ['test/gallery/*.test.ts'], 1),
]

ensureInstall({ withExamples: true })
const wanted = process.argv.slice(2)
const engines = process.env.ENGINE?.split(',')
const parts = PARTS.filter(
  ({ name, engine }) =>
    (wanted.length === 0 || wanted.includes(name)) &&
    (!engine || !engines || engines.includes(engine)),
)
const total = { passed: 0, failed: 0 }

const isPart = (...names) => parts.some(({ name }) => names.includes(name))
if (isPart('e2e', 'examples', 'hosts', 'a11y', 'firefox', 'webkit', 'gallery', 'runtimes')) {
  if (!buildBrowser()) process.exit(1)
}
if (isPart('examples', 'firefox', 'webkit', 'runtimes')) {
  const built = ['frameworks', 'merchant', 'cli']
  const build = run([NODE, 'node_modules/typescript/bin/tsc', '--build', ...built], {})
  if (build !== 0) process.exit(1)
}
if (isPart('runtimes') && run([NODE, 'scripts/bundle-proxy.mjs'], {}) !== 0) process.exit(1)
for (const { name, command, heard, engine } of parts) {
  const file = `${RESULTS}/${name}.json`
  rmSync(file, { force: true })
  console.log(`\n── ${name} ──`)
  const answer = engine ? run([NODE, 'test/engines/ask.ts', engine], {}) : 0
  if (answer !== 0) {
    total.failed += answer === LEFT_OUT ? 0 : 1
    continue
  }
  const folder = heard && mkdtempSync(join(tmpdir(), 'checkout-canary-'))
  const status = run(command, {
    RESULT_FILE: file,
    ...(folder && { CANARY_DIR: folder }),
    ...(engine && { ENGINE: engine }),
  })
  const count = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { passed: 0, failed: 0 }
  total.passed += count.passed
  // A part that ended badly without naming a test has failed all the same.
  total.failed += status !== 0 && count.failed === 0 ? 1 : count.failed
  if (folder && run([NODE, 'test/canary/scan.ts', folder, heard.join(), 'dist'], {}) !== 0) {
    total.failed += 1
    console.log(`  what was heard: ${folder}`)
  } else if (folder) rmSync(folder, { recursive: true, force: true })
}

console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exit(total.failed > 0 || total.passed === 0 ? 1 : 0)

function run([command, ...args], env) {
  const { status } = spawnSync(command, args, {
    stdio: 'inherit',
    timeout: MAX_MS,
    env: { ...process.env, ...env, FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
  })
  return status ?? 1
}
