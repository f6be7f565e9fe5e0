/**
 * The table of stand-ins: a new provider is one file beside this one and one line here.
 * The order gives the default ports of `crypto-checkout sandbox` (4011, 4012, …).
 *
 * @module
 */
import { keysOf } from '../tables.ts'
import { cryptom } from './cryptom.ts'
import { lincoln } from './lincoln.ts'
import { lipaykripto } from './lipaykripto.ts'
import { paycrypto } from './paycrypto.ts'
import { redoya } from './redoya.ts'

/** Every provider the sandbox stands in for, by the name it has in routes and faults. */
export const PROVIDERS = {
  cryptom,
  redoya,
  lipaykripto,
  paycrypto,
  lincoln,
}

/** A provider's name in routes, ports, credentials and faults. */
export type ProviderName = keyof typeof PROVIDERS

/** All names, in the order of the table. */
export const PROVIDER_NAMES: readonly ProviderName[] = keysOf(PROVIDERS)
