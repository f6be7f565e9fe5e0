/**
 * The providers. A new one is a file beside this, and a line here.
 * @module
 */
import type { z } from 'zod'
import type { ProviderFactory } from '../provider.ts'
import { cryptom, cryptomOptions } from './cryptom.ts'
import { lincoln, lincolnOptions } from './lincoln.ts'
import { lipaykripto, lipaykriptoOptions } from './lipaykripto.ts'
import { paycrypto, paycryptoOptions } from './paycrypto.ts'
import { redoya, redoyaOptions } from './redoya.ts'

/** How a provider is switched on from the environment. */
export interface ProviderEntry {
  /** Its variables begin with this. */
  readonly prefix: string
  readonly options: z.ZodType
  /** Makes the adapter of checked options. */
  readonly create: (options: never) => ProviderFactory
  /** The variables without which it stays off. */
  readonly required: readonly string[]
}

export const PROVIDERS: readonly ProviderEntry[] = [
  {
    prefix: 'CRYPTOM_',
    options: cryptomOptions,
    create: cryptom,
    required: ['BASE_URL', 'EMAIL', 'PASSWORD', 'ASSETS'],
  },
  {
    prefix: 'REDOYA_',
    options: redoyaOptions,
    create: redoya,
    required: ['IDENTIFIER', 'SECRET'],
  },
  {
    prefix: 'LIPAYKRIPTO_',
    options: lipaykriptoOptions,
    create: lipaykripto,
    required: ['CLIENT_ID', 'CLIENT_SECRET'],
  },
  {
    prefix: 'PAYCRYPTO_',
    options: paycryptoOptions,
    create: paycrypto,
    required: ['API_KEY', 'API_SECRET'],
  },
  {
    prefix: 'LINCOLN_',
    options: lincolnOptions,
    create: lincoln,
    required: ['API_KEY', 'API_SECRET'],
  },
]

export { cryptom, lincoln, lipaykripto, paycrypto, redoya }
