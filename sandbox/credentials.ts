/**
 * What a merchant's proxy needs to talk to the stand-ins: synthetic, public, worth nothing.
 *
 * @module
 */
import { PROVIDERS } from './providers/index.ts'
import type { ProviderName } from './providers/index.ts'
import { keysOf, recordOf } from './tables.ts'

/** The credentials of one account per provider. */
export type SandboxCredentials = {
  readonly [Name in ProviderName]: (typeof PROVIDERS)[Name]['credentials']
}

/** The accounts every sandbox knows unless `SandboxOptions.credentials` names others. */
export const SANDBOX_CREDENTIALS = recordOf(
  keysOf(PROVIDERS),
  (name) => PROVIDERS[name].credentials,
) as SandboxCredentials
