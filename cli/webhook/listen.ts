/**
 * `crypto-checkout webhook listen`: a receiver for a try: it checks each notification as a shop must, prints
 * it, and answers what it was told to.
 * @module
 */
import { once } from 'node:events'
import { serve } from '@hono/node-server'
import type { ServerType } from '@hono/node-server'
import type { Command } from 'commander'
import { verifyWebhook, WebhookError } from '../../merchant/verify-webhook.ts'
import type { CheckoutEvent } from '../../merchant/checkout-event.ts'
import { readText } from '../../proxy/body.ts'
import { envFileOption, readEnvironment, requireVariable } from '../environment.ts'
import { numberOption } from '../number-option.ts'
import { paint, plain, say, tell } from '../output.ts'
import { createCommand, jsonOption, textOption } from '../usage.ts'

const PORT = 4020
const MAX_BYTES = 1024 * 1024
const REFUSED = 400

interface Options {
  readonly port: number
  readonly host: string
  readonly status: number
  readonly envFile?: string
  readonly json?: true
}

export const listenCommand = (): Command =>
  createCommand({
    name: 'listen',
    summary: 'a receiver on this machine that checks and prints',
    about:
      'Receives notifications on this machine, checks them with MERCHANT_WEBHOOK_SECRET and prints them.\n' +
      'What is not genuine is answered with 400. Ctrl+C ends it.',
    examples: [
      'crypto-checkout webhook listen               # MERCHANT_WEBHOOK_URL=http://localhost:4020/',
      'crypto-checkout webhook listen --status 500  # see the proxy send it again',
    ],
  })
    .addOption(
      numberOption('--port <number>', 'where it listens; 0: any', [0, 65_535]).default(PORT),
    )
    .addOption(textOption('--host <name>', 'and by which name').default('localhost'))
    .addOption(numberOption('--status <code>', 'what it answers', [200, 599]).default(204))
    .addOption(envFileOption())
    .addOption(jsonOption())
    .action(listen)

async function listen({ port, host, status, envFile, json }: Options): Promise<void> {
  const secret = requireVariable(
    readEnvironment(envFile),
    'MERCHANT_WEBHOOK_SECRET',
    '`crypto-checkout keys MERCHANT_WEBHOOK_SECRET` makes one.',
  )
  const answer = async (request: Request): Promise<Response> => {
    const outcome = await receive(request, secret)
    const answered = 'event' in outcome ? status : REFUSED
    if (json) say(JSON.stringify({ answered, ...outcome }))
    else print(outcome, answered)
    return new Response(null, { status: answered })
  }
  const { server, taken } = await start(answer, port, host)
  tell(`Listening until Ctrl+C. MERCHANT_WEBHOOK_URL=http://${host}:${taken}/`)
  await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
  server.close()
  if ('closeAllConnections' in server) server.closeAllConnections()
}

function start(
  answer: (request: Request) => Promise<Response>,
  port: number,
  hostname: string,
): Promise<{ server: ServerType; taken: number }> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: answer, port, hostname }, (info) =>
      resolve({ server, taken: info.port }),
    )
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      const message = 'the port is taken: name another one with --port'
      reject(isTaken ? new Error(message, { cause: error }) : error)
    })
  })
}

type Outcome =
  { readonly event: CheckoutEvent } | { readonly refused: string; readonly why: string }

async function receive(request: Request, secret: string): Promise<Outcome> {
  try {
    const body = await readText(request, MAX_BYTES)
    return { event: await verifyWebhook({ body, headers: request.headers }, { secret }) }
  } catch (error) {
    if (error instanceof WebhookError) return { refused: error.code, why: error.message }
    return { refused: 'unreadable', why: 'it was cut off, or is larger than 1 MiB' }
  }
}

function print(outcome: Outcome, answered: number): void {
  if (!('event' in outcome)) {
    return say(
      `${paint('red', 'refused')}  ${outcome.refused}: ${outcome.why}; answered ${answered}`,
    )
  }
  const { id, type, checkout } = outcome.event
  const { orderId, version, price, reason } = checkout
  const words = [type, reason, `order ${orderId}`, `${price.amount} ${price.currency}`]
  const told = words.filter((word) => word !== null).map(plain)
  say(`${paint('green', 'genuine')}  ${told.join('  ')}  version ${version}`)
  say(`         ${plain(id)}; answered ${answered}`)
}
