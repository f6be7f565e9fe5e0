/**
 * `crypto-checkout proxy`: the proxy alone, from the environment, until it is told to stop.
 * @module
 */
import { once } from 'node:events'
import { readConfig } from '../proxy/config.ts'
import { startServer } from '../proxy/server.ts'
import { readOptions } from './usage.ts'

const HELP = `Usage: crypto-checkout proxy

Starts the proxy. Everything it can be told is in .env.example; SIGTERM and SIGINT stop it gently.
`

export async function runProxy(args: readonly string[]): Promise<void> {
  if (!readOptions(args, {}, HELP)) return
  const { stop } = await startServer(readConfig(process.env))
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await stop()
}
