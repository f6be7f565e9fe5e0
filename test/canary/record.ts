/**
 * Loaded before a test file (`--import`): puts the taps in place of the modules that they overhear, follows
 * into the processes that a test starts, and keeps the folders that it throws away.
 * @module
 */
import { registerHooks } from 'node:module'
import process from 'node:process'
import { followChildren, hearOutput } from './children.ts'
import { keepFolders } from './folders.ts'

const HERE = new URL('./', import.meta.url).href
const ROOT = new URL('../../', import.meta.url).href

/** Each module and its tap. */
const TAPS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'proxy/config.ts': 'config.ts',
    'proxy/create-proxy.ts': 'create-proxy.ts',
    'proxy/attempts.ts': 'attempts.ts',
    'proxy/vault.ts': 'vault.ts',
    'test/support/postgres.ts': 'postgres.ts',
    'test/e2e/browser.ts': 'browser.ts',
  }).map(([path, tap]) => [ROOT + path, `${HERE}taps/${tap}`]),
)
const STORE = `${ROOT}proxy/stores/sqlite.ts`

if (process.env['CANARY_DIR'] !== undefined) {
  registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context)
      const { parentURL = '' } = context
      if (parentURL.startsWith(`${HERE}taps/`)) return resolved
      const isStore = parentURL === STORE && resolved.url === 'node:sqlite'
      const tap = isStore ? `${HERE}taps/sqlite.ts` : TAPS.get(resolved.url)
      return tap === undefined ? resolved : { ...resolved, url: tap, format: 'module-typescript' }
    },
  })
  followChildren(import.meta.url)
  hearOutput()
  keepFolders()
}
