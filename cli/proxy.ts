/**
 * `crypto-checkout proxy`: the proxy alone, from the environment, until it is told to stop.
 * @module
 */
import type { Command } from 'commander'
import { ConfigError, readConfig } from '../proxy/config.ts'
import type { Config } from '../proxy/config.ts'
import { startServer, stopWhenTold } from '../proxy/server.ts'
import { envFileOption, readEnvironment } from './environment.ts'
import { createCommand } from './usage.ts'

export const proxyCommand = (): Command =>
  createCommand({
    name: 'crypto-checkout proxy',
    summary: 'start the proxy, configured from the environment',
    about:
      'Starts the proxy. Everything it can be told is in .env.example; SIGTERM and SIGINT stop it gently.',
    examples: ['crypto-checkout proxy', 'crypto-checkout proxy --env-file /etc/checkout.env'],
  })
    .addOption(envFileOption())
    .action(async ({ envFile }: { readonly envFile?: string }) => {
      stopWhenTold(await startServer(configOf(envFile)))
    })

function configOf(envFile: string | undefined): Config {
  try {
    return readConfig(readEnvironment(envFile).variables)
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    const lines = error.message.replace(/^/gm, '  ')
    throw new Error(`it does not start\n${lines}\nWhat to do: crypto-checkout doctor`, {
      cause: error,
    })
  }
}
