/**
 * What is examined: the variables, and what can be read of them although others are wrong.
 * @module
 */
import { ConfigError, USUAL_DATABASE, readConfig, toOption } from '../../proxy/config.ts'
import type { Config, Mistake } from '../../proxy/config.ts'
import type { ProviderFactory } from '../../proxy/provider.ts'
import { PROVIDERS } from '../../proxy/providers/index.ts'
import type { Environment, EnvironmentFile, GivenEnvironment } from '../environment.ts'
import { createVisits } from './visits.ts'
import type { Visits } from './visits.ts'

export interface Subject {
  readonly variables: Environment
  readonly file: EnvironmentFile | undefined
  /** Undefined where something in it is wrong. */
  readonly config: Config | undefined
  readonly mistakes: readonly Mistake[]
  /** Those whose own variables are right. */
  readonly providers: readonly ConfiguredProvider[]
  /** Shoppers reach it: its address is https, and not this machine. */
  readonly isLive: boolean
  /** Folders and addresses of pages in which no secret may stand. */
  readonly pages: readonly string[]
  readonly visits: Visits
  readonly nodeVersion: string
}

export interface ConfiguredProvider {
  readonly prefix: string
  readonly baseUrl: string
  readonly create: ProviderFactory
}

export function createSubject(
  { variables, file }: GivenEnvironment,
  pages: readonly string[],
): Subject {
  return {
    variables,
    file,
    ...readWhole(variables),
    providers: readProviders(variables),
    isLive: isLive(variables['PUBLIC_URL']),
    pages,
    visits: createVisits(),
    nodeVersion: process.versions.node,
  }
}

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/

/** The host of this machine, by any of its names. */
export const isThisMachine = (url: string): boolean =>
  URL.canParse(url) && LOOPBACK.test(new URL(url).hostname)

/** Where the orders are kept; the proxy's own default where nothing is said. */
export const storeUrlOf = (variables: Environment): string =>
  variables['DATABASE_URL'] ?? USUAL_DATABASE

const isLive = (publicUrl = ''): boolean =>
  publicUrl.startsWith('https:') && !isThisMachine(publicUrl)

function readWhole(variables: Environment): Pick<Subject, 'config' | 'mistakes'> {
  try {
    return { config: readConfig(variables), mistakes: [] }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    return { config: undefined, mistakes: error.mistakes }
  }
}

function readProviders(variables: Environment): readonly ConfiguredProvider[] {
  return PROVIDERS.flatMap(({ prefix, options, create }) => {
    const own = Object.entries(variables).filter(([name]) => name.startsWith(prefix))
    const given = Object.fromEntries(
      own.map(([name, value]) => [toOption(name.slice(prefix.length)), value]),
    )
    const result = options.safeParse(given)
    if (!result.success) return []
    const { baseUrl } = result.data as { readonly baseUrl: string }
    try {
      return [{ prefix, baseUrl, create: create(given as never) }]
    } catch {
      // A mistake of the configuration.
      return []
    }
  })
}
