/**
 * `crypto-checkout webhook replay`: what the proxy gave up telling, and again, by the merchant's routes.
 * @module
 */
import type { Command } from 'commander'
import { Option } from 'commander'
import { envFileOption, readEnvironment } from '../environment.ts'
import { createProgress, say, sayJson } from '../output.ts'
import { createCommand, jsonOption, textOption, UsageError } from '../usage.ts'
import { createMerchantClient } from './merchant-client.ts'
import type { Delivery, MerchantClient } from './merchant-client.ts'

interface Options {
  readonly all?: true
  readonly merchantUrl?: string
  readonly envFile?: string
  readonly json?: true
}

export const replayCommand = (): Command =>
  createCommand({
    name: 'replay',
    summary: 'what was given up, and again',
    about:
      'Without an id: lists the notifications that the proxy gave up. With ids, or --all: sends them again.\n' +
      'Asks the proxy with MERCHANT_API_KEY, on MERCHANT_PORT of this machine or at PUBLIC_URL.',
    examples: [
      'crypto-checkout webhook replay',
      'crypto-checkout webhook replay msg_8tj9…',
      'crypto-checkout webhook replay --all --merchant-url http://10.0.0.5:8788',
    ],
  })
    .argument('[ids...]', 'of notifications: msg_…')
    .addOption(new Option('--all', 'all that were given up'))
    .addOption(textOption('--merchant-url <url>', 'where the merchant’s routes are'))
    .addOption(envFileOption())
    .addOption(jsonOption())
    .action(replay)

async function replay(ids: readonly string[], options: Options): Promise<void> {
  if (ids.length > 0 && options.all) throw new UsageError('name ids, or --all')
  if (!ids.every((id) => /^[\w-]{1,100}$/.test(id))) throw new UsageError('ids are like msg_8tj9…')
  const client = createMerchantClient(readEnvironment(options.envFile), options.merchantUrl)
  if (ids.length > 0) return redeliver(client, ids, options)
  const failed = await client.listFailed()
  if (options.all)
    return redeliver(
      client,
      failed.map(({ id }) => id),
      options,
    )
  if (options.json) return sayJson({ deliveries: failed })
  if (failed.length === 0) return say('Nothing was given up.')
  for (const each of failed) say(describe(each))
  say(`\n${failed.length} given up. Again: crypto-checkout webhook replay --all`)
}

async function redeliver(
  client: MerchantClient,
  ids: readonly string[],
  { json }: Options,
): Promise<void> {
  const progress = createProgress()
  const done: { id: string; isQueued: boolean }[] = []
  for (const [at, id] of ids.entries()) {
    progress.show(`${at + 1} of ${ids.length}`)
    done.push({ id, isQueued: await client.redeliver(id) })
  }
  progress.clear()
  const lost = done.filter(({ isQueued }) => !isQueued)
  if (json) sayJson({ redelivered: done })
  else {
    say(`${done.length - lost.length} will be sent again, within a second or two.`)
    for (const { id } of lost) say(`${id}: the proxy has no such notification`)
  }
  if (lost.length > 0) throw new Error(`${lost.length} could not be sent again`)
}

const describe = ({ id, type, checkoutId, attempts, answer, createdAt }: Delivery): string =>
  `${createdAt}  ${type.padEnd(19)}  checkout ${checkoutId}\n` +
  `  ${id}  attempts: ${attempts}, the last: ${answer ?? 'none'}`
