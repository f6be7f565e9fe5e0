/**
 * `crypto-checkout webhook test`: one notification of each type to the merchant's own receiver, and two that
 * it must refuse.
 * @module
 */
import { randomBytes } from 'node:crypto'
import type { Command } from 'commander'
import { envFileOption, partsOf, readEnvironment, requireVariable } from '../environment.ts'
import { paint, say, sayJson } from '../output.ts'
import { createCommand, jsonOption, textOption, UsageError } from '../usage.ts'
import { createSamples, SAMPLE_ORDER } from './samples.ts'
import { sendNotification } from './send.ts'
import type { Sent } from './send.ts'

const HOUR_MS = 3_600_000

interface Options {
  readonly url?: string
  readonly type?: string
  readonly envFile?: string
  readonly json?: true
}

interface Try extends Sent {
  readonly what: string
  readonly isRight: boolean
}

export const testCommand = (): Command =>
  createCommand({
    name: 'test',
    summary: 'one of each type to your own receiver',
    about:
      `Sends a signed notification of each type to MERCHANT_WEBHOOK_URL, of the order "${SAMPLE_ORDER}",\n` +
      'and then two that a receiver must refuse: one with a wrong signature, one of an hour ago.\n' +
      'Exits with 1 unless all were answered as they must be.',
    examples: [
      'crypto-checkout webhook test',
      'crypto-checkout webhook test --type paid --url http://localhost:3000/webhooks',
    ],
  })
    .addOption(textOption('--url <url>', 'another receiver than MERCHANT_WEBHOOK_URL'))
    .addOption(textOption('--type <status>', 'only this one: paid, failed, …'))
    .addOption(envFileOption())
    .addOption(jsonOption())
    .action(sendTests)

async function sendTests({ url, type, envFile, json }: Options): Promise<void> {
  const environment = readEnvironment(envFile)
  const receiver = url ?? requireVariable(environment, 'MERCHANT_WEBHOOK_URL', 'Or name one: --url')
  if (!/^https?:\/\//.test(receiver) || !URL.canParse(receiver)) {
    throw new UsageError('the receiver must be an address: https://shop.example/webhooks')
  }
  const secrets = partsOf(requireVariable(environment, 'MERCHANT_WEBHOOK_SECRET'))
  const samples = createSamples(Date.now())
  const wanted = samples.filter((each) => type === undefined || each.type === `checkout.${type}`)
  const [first] = wanted
  if (!first) throw new UsageError(`--type must be one of ${samples.map(statusOf).join(', ')}`)

  const tries: Try[] = []
  const note = (what: string, sent: Sent, isRight: boolean): void => {
    tries.push({ what, ...sent, isRight })
    if (!json) print(what, sent, isRight)
  }
  for (const sample of wanted) {
    const sent = await sendNotification(receiver, sample, { secrets, at: Date.now() })
    note(sample.type, sent, sent.isTaken)
  }
  const forged = [`whsec_${randomBytes(32).toString('base64')}`]
  const wrong = await sendNotification(receiver, first, { secrets: forged, at: Date.now() })
  note('with a wrong signature', wrong, isRefusal(wrong))
  const old = await sendNotification(receiver, first, { secrets, at: Date.now() - HOUR_MS })
  note('of an hour ago', old, isRefusal(old))
  if (json) sayJson({ tries })
  const count = tries.filter(({ isRight }) => !isRight).length
  if (count > 0) throw new Error(`${count} of ${tries.length} were not answered as they must be`)
}

const statusOf = ({ type }: { readonly type: string }): string => type.slice('checkout.'.length)

const isRefusal = ({ status }: Sent): boolean => status !== null && status >= 400 && status < 500

function print(what: string, { status, answer, ms }: Sent, isRight: boolean): void {
  const mark = isRight ? paint('green', 'ok   ') : paint('red', 'wrong')
  const told = status === null ? answer : `answered ${answer}`
  say(`${mark}  ${what.padEnd(22)}  ${told} in ${ms} ms`)
}
