/**
 * `proxy/config.ts`, which remembers what it was read from.
 * @module
 */
import * as real from '../../../proxy/config.ts'
import { remember } from '../configured.ts'

// oxlint-disable-next-line import/export -- ours stands before theirs
export * from '../../../proxy/config.ts'

export const readConfig: typeof real.readConfig = (environment) => {
  const config = real.readConfig(environment)
  remember(config, environment)
  return config
}
