/**
 * `crypto-checkout sandbox`: the stand-ins of the providers, without a proxy and a shop.
 * @module
 */
import { once } from 'node:events'
import type { Command } from 'commander'
import { SANDBOX_CREDENTIALS, startSandbox } from '../sandbox/index.ts'
import type { Sandbox, ServerName } from '../sandbox/index.ts'
import { numberOption } from './number-option.ts'
import { say, sayJson, tell } from './output.ts'
import { createCommand, jsonOption, textOption } from './usage.ts'

const FIRST_PORT = 4010
const LAST_PORT = 65_535
const NAMES: readonly ServerName[] = [
  'control',
  ...(Object.keys(SANDBOX_CREDENTIALS) as (keyof typeof SANDBOX_CREDENTIALS)[]),
]

interface Options {
  readonly port: number
  readonly host: string
  readonly json?: true
}

export const sandboxCommand = (): Command =>
  createCommand({
    name: 'crypto-checkout sandbox',
    summary: 'play the providers, and print how a proxy finds them',
    about:
      'Plays the providers on this machine, each on a port of its own, and prints the variables of a\n' +
      'proxy in front of them. No money moves, and nobody needs an account. Ctrl+C ends it.',
    examples: [
      'crypto-checkout sandbox > sandbox.env',
      'crypto-checkout sandbox --port 0 --json    # any free ports',
      'curl http://localhost:4010/                # what can be played: the control server',
    ],
  })
    .addOption(
      numberOption('--port <number>', 'of the control server; the others follow; 0: any', [
        0,
        LAST_PORT - NAMES.length,
      ]).default(FIRST_PORT),
    )
    .addOption(textOption('--host <name>', 'where they listen').default('localhost'))
    .addOption(jsonOption())
    .action(runSandbox)

async function runSandbox({ port, host, json }: Options): Promise<void> {
  const ports = Object.fromEntries(NAMES.map((name, at) => [name, port && port + at]))
  const sandbox = await startSandbox({ ports, hostname: host }).catch(explain)
  const variables = proxyVariables(sandbox.urls)
  if (json) sayJson({ urls: sandbox.urls, variables })
  else describe(sandbox.urls, variables)
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  await sandbox.close()
}

/** As a file that a proxy can read. */
function describe(urls: Sandbox['urls'], variables: Readonly<Record<string, string>>): void {
  say('# The sandbox: play money, and credentials that are no secret.')
  for (const [name, value] of Object.entries(variables)) say(`${name}=${value}`)
  tell(`Playing ${NAMES.length - 1} providers until Ctrl+C. Control server: ${urls.control}`)
}

/** What a merchant would set for the real ones. */
export function proxyVariables(urls: Sandbox['urls']): Readonly<Record<string, string>> {
  const { cryptom, redoya, lipaykripto, paycrypto, lincoln } = SANDBOX_CREDENTIALS
  return {
    CRYPTOM_BASE_URL: urls.cryptom,
    CRYPTOM_EMAIL: cryptom.email,
    CRYPTOM_PASSWORD: cryptom.password,
    CRYPTOM_ASSETS: 'USDT@TRX,USDT@ETH,USDT@BSC,TRX@TRX,ETH@ETH,BTC@BTC',
    REDOYA_BASE_URL: urls.redoya,
    REDOYA_IDENTIFIER: redoya.identifier,
    REDOYA_SECRET: redoya.secret,
    REDOYA_TEST_MODE: 'true',
    LIPAYKRIPTO_BASE_URL: urls.lipaykripto,
    LIPAYKRIPTO_CLIENT_ID: lipaykripto.clientId,
    LIPAYKRIPTO_CLIENT_SECRET: lipaykripto.clientSecret,
    LIPAYKRIPTO_HMAC_SECRET: lipaykripto.hmacSecret,
    LIPAYKRIPTO_STATUS_API_KEY: lipaykripto.apiKey,
    PAYCRYPTO_BASE_URL: urls.paycrypto,
    PAYCRYPTO_API_KEY: paycrypto.apiKey,
    PAYCRYPTO_API_SECRET: paycrypto.apiSecret,
    PAYCRYPTO_PASSPHRASE: paycrypto.passphrase,
    PAYCRYPTO_WEBHOOK_SECRET: paycrypto.webhookSecret,
    PAYCRYPTO_PAGE_HOSTS: new URL(urls.paycrypto).host,
    LINCOLN_BASE_URL: urls.lincoln,
    LINCOLN_API_KEY: lincoln.apiKey,
    LINCOLN_API_SECRET: lincoln.apiSecret,
  }
}

function explain(error: unknown): never {
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    throw new Error('a port is taken: name another one with --port, or --port 0 for any', {
      cause: error,
    })
  }
  throw error
}
