/**
 * The proxy, to be mounted in somebody's own server.
 * @module
 */
export { builtFiles } from './built-files.ts'
export { ConfigError, readConfig } from './config.ts'
export type { Config, Mistake } from './config.ts'
export { createProxy } from './create-proxy.ts'
export type { Proxy, ProxyOptions } from './create-proxy.ts'
export type { Provider, ProviderContext, ProviderFactory } from './provider.ts'
export { cryptom, lincoln, lipaykripto, paycrypto, redoya } from './providers/index.ts'
