/**
 * `npm run example -- vue`: installs what is missing, builds the package that the examples import, and runs
 * sandbox, proxy, a merchant's server and that example. Runs on Node 20 with nothing installed.
 * @module
 */
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { buildBrowser } from './build-browser.mjs'
import { ensureInstall, NODE } from './ensure-install.mjs'

const TYPES = ['node_modules/typescript/bin/tsc', '--build', 'frameworks', 'merchant', 'proxy']

process.chdir(fileURLToPath(new URL('..', import.meta.url)))
ensureInstall({ withExamples: true })
if (!buildBrowser('error')) process.exit(1)
if (spawnSync(NODE, TYPES, { stdio: 'inherit' }).status !== 0) process.exit(1)
const example = spawn(NODE, ['examples/shared/start.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => example.kill(signal))
example.on('exit', (code, signal) => {
  process.exitCode = signal ? 1 : (code ?? 1)
})
