/**
 * `npm start`: installs what is missing, builds the widget when it is older than its source, and runs
 * the demo. Runs on Node 20 with nothing installed.
 * @module
 */
import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildBrowser, SOURCES } from './build-browser.mjs'
import { ensureInstall, NODE } from './ensure-install.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** The last of it. */
const BUILT = 'dist/console/console.js'

process.chdir(ROOT)
ensureInstall()
if (newest(SOURCES) > modifiedAt(BUILT)) build()
run()

function build() {
  console.log('Building the widget and the console …')
  if (buildBrowser('error')) return
  console.error('They could not be built (see above), so there is nothing to show.')
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
