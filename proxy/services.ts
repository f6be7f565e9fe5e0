/**
 * What the services of the proxy share.
 * @module
 */
import type { Reached } from './failpoints.ts'
import type { Log } from './log.ts'
import type { Provider } from './provider.ts'
import type { Store } from './store.ts'
import type { Vault } from './vault.ts'

export interface Services {
  readonly store: Store
  readonly providers: ReadonlyMap<string, Provider>
  readonly vault: Vault
  readonly now: () => number
  readonly log: Log
  readonly reached: Reached
}
