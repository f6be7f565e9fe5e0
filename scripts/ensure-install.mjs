/**
 * Installs the dependencies when they are missing or older than the lock file; as a command all of them, before
 * a build and a check. Runs on Node 20 with nothing installed.
 * @module
 */
import { spawnSync } from 'node:child_process'
import { existsSync, lstatSync, statSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OLDEST_NODE = 20

/** The Node 24 that the install brings; it runs TypeScript directly. */
export const NODE = `${ROOT}node_modules/node/bin/node`

/** A link that npm makes with the examples' packages. */
const EXAMPLES = `${ROOT}node_modules/example-angular`

/**
 * Makes node_modules what the lock file says, or ends the process with a reason. The examples' packages, a
 * fifth of all, are left out where nobody asks for them (`withExamples`).
 */
export function ensureInstall({ withExamples = false } = {}) {
  const [major] = process.versions.node.split('.')
  if (Number(major) < OLDEST_NODE) {
    fail(`Node ${OLDEST_NODE} or newer is needed to begin with; this is ${process.version}.`)
  }
  if (isInstalled() && (!withExamples || existsSync(EXAMPLES))) return
  if (lstatSync(`${ROOT}node_modules`, { throwIfNoEntry: false })?.isSymbolicLink()) {
    fail(
      'node_modules is a link: npm ci would empty the folder behind it. Install there, or unlink it.',
    )
  }
  console.log('Installing dependencies (npm ci) …')
  const args = ['ci', '--loglevel=error', ...(withExamples ? [] : ['--workspaces=false'])]
  const { status, error } = spawnSync('npm', args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (error) fail(`npm could not be started: ${error.message}`)
  if (status !== 0) {
    fail('npm ci did not work out (see above). It needs the npm registry, and nothing else.')
  }
  if (!existsSync(NODE)) {
    fail('The package "node" brought no binary. Are install scripts switched off (ignore-scripts)?')
  }
}

/** npm writes node_modules/.package-lock.json last: its age is the age of the whole install. */
function isInstalled() {
  const installed = modifiedAt('node_modules/.package-lock.json')
  return existsSync(NODE) && installed >= modifiedAt('package-lock.json')
}

function modifiedAt(path) {
  return statSync(ROOT + path, { throwIfNoEntry: false })?.mtimeMs ?? -1
}

function fail(reason) {
  console.error(reason)
  process.exit(1)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureInstall({ withExamples: true })
