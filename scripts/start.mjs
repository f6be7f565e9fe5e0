/**
 * `npm start`: installs what is missing, builds the widget when it is older than its source, and runs
 * the demo. Runs on Node 20 with nothing installed.
 * @module
 */
import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { ensureInstall, NODE } from './ensure-install.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BUILT = 'dist/crypto-checkout.js'
const SOURCES = ['widget', 'protocol', 'build', 'vite.config.ts']

process.chdir(ROOT)
ensureInstall()
if (newest(SOURCES) > modifiedAt(BUILT)) build()
run()

function build() {
  console.log('Building the widget …')
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error']
  const { status } = spawnSync(NODE, vite, { stdio: 'inherit' })
  if (status === 0) return
  console.error('The widget could not be built (see above), so there is nothing to show.')
  process.exit(1)
}

/** The demo gets our signals, and its end is ours. */
function run() {
  const demo = spawn(NODE, ['demo/start.ts', ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => demo.kill(signal))
  }
  demo.on('error', (error) => {
    console.error(`The demo could not be started: ${error.message}`)
    process.exitCode = 1
  })
  demo.on('exit', (code, signal) => {
    process.exitCode = signal ? 1 : (code ?? 1)
  })
}

/** When the newest of these files and folders was changed. */
function newest(paths) {
  const times = paths.flatMap((path) => {
    if (!statSync(path).isDirectory()) return [modifiedAt(path)]
    return readdirSync(path, { recursive: true, encoding: 'utf8' }).map((file) =>
      modifiedAt(`${path}/${file}`),
    )
  })
  return Math.max(...times)
}

function modifiedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -1
}
