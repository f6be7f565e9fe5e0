/**
 * What is for the merchant alone, on a port of his own: his routes, the metrics, and the console.
 * @module
 */
import { Hono } from 'hono'
import type { AppParts } from './app.ts'
import { serveConsole } from './console.ts'
import type { ConsoleFiles } from './console.ts'
import { answerErrors, answerNothing, plainPaths, secureHeaders } from './guard.ts'
import type { ProxyEnv } from './guard.ts'
import type { Log } from './log.ts'

/** As far as it is on. */
export type ForMerchant = Pick<AppParts, 'merchantApi' | 'metricsApi'>

export function createMerchantApp(
  { merchantApi, metricsApi }: ForMerchant,
  consoleFiles: ConsoleFiles | undefined,
  log: Log,
): Hono<ProxyEnv> {
  const app = new Hono<ProxyEnv>({ strict: true })
  app.onError(answerErrors(log))
  app.notFound(answerNothing(app, log))
  app.use(secureHeaders, plainPaths)
  if (merchantApi) app.route('/v1/merchant', merchantApi)
  if (metricsApi) app.route('/metrics', metricsApi)
  if (merchantApi && consoleFiles) serveConsole(app, consoleFiles)
  return app
}
