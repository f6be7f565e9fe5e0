/**
 * `crypto-checkout sign`: an order token, for a try by hand or a shop without a library of ours.
 * @module
 */
import { text as readText } from 'node:stream/consumers'
import type { Command } from 'commander'
import { signOrder } from '../merchant/sign-order.ts'
import type { OrderToSign } from '../merchant/sign-order.ts'
import { merchantOrderSchema } from '../proxy/schemas.ts'
import { envFileOption, firstOf, readEnvironment, requireVariable } from './environment.ts'
import { numberOption } from './number-option.ts'
import { say, sayJson } from './output.ts'
import { createCommand, jsonOption, manyOption, textOption, UsageError } from './usage.ts'

const DAY_S = 86_400
const HOUR_S = 3600
/** What of an order is one text, by the name of its option. */
const TEXTS = {
  orderId: ['--order-id <id>', 'your own number for the purchase'],
  amount: ['--amount <decimal>', 'what it costs: 620.00'],
  currency: ['--currency <code>', 'TRY, USD, USDT, …'],
  description: ['--description <text>', 'what the shopper reads'],
  locale: ['--locale <code>', 'the language of the checkout'],
  successUrl: ['--success-url <url>', 'where the shopper goes on to'],
  failUrl: ['--fail-url <url>', 'and where it failed'],
  cancelUrl: ['--cancel-url <url>', 'and after a cancel'],
  pendingUrl: ['--pending-url <url>', 'and while it is not settled'],
} as const

type Texts = { readonly [Name in keyof typeof TEXTS]?: string }

interface Options extends Texts {
  readonly method?: readonly string[]
  readonly metadata?: readonly string[]
  readonly expiresIn: number
  readonly envFile?: string
  readonly json?: true
}

export function signCommand(): Command {
  const command = createCommand({
    name: 'crypto-checkout sign',
    summary: 'sign an order, and print its token',
    about:
      'Signs an order with ORDER_SECRET, from the environment or a file, and prints the token alone.\n' +
      'The order comes as options, or as JSON on standard input; options win.',
    examples: [
      'crypto-checkout sign --order-id A-1001 --amount 620.00 --currency TRY',
      `echo '{"orderId":"A-1001","amount":"620.00","currency":"TRY"}' | crypto-checkout sign`,
    ],
  })
  for (const [flags, description] of Object.values(TEXTS)) {
    command.addOption(textOption(flags, description))
  }
  return command
    .addOption(manyOption('--method <id>', 'only this provider or method; several times'))
    .addOption(manyOption('--metadata <name=value>', 'what comes back to you; several times'))
    .addOption(
      numberOption('--expires-in <seconds>', 'how long the page may take to open it', [
        1,
        365 * DAY_S,
      ]).default(HOUR_S),
    )
    .addOption(envFileOption())
    .addOption(jsonOption())
    .action(sign)
}

async function sign(options: Options): Promise<void> {
  const environment = readEnvironment(options.envFile)
  const secret = firstOf(
    requireVariable(environment, 'ORDER_SECRET', '`crypto-checkout keys ORDER_SECRET` makes one.'),
  )
  const order = checkOrder({ ...(await readInput(options)), ...readOptions(options) })
  const { expiresIn } = options
  const now = Date.now()
  const token = await signOrder(order, { secret, expiresIn, now }).catch((error: unknown) => {
    throw new UsageError(`ORDER_SECRET: ${error instanceof Error ? error.message : ''}`)
  })
  if (!options.json) return say(token)
  const expiresAt = new Date((Math.floor(now / 1000) + expiresIn) * 1000).toISOString()
  sayJson({ orderToken: token, expiresAt, order })
}

/** Where the order is not whole by its options, and something is piped in. */
async function readInput(options: Options): Promise<object> {
  const isWhole = options.orderId && options.amount && options.currency
  if (isWhole || process.stdin.isTTY) return {}
  const input = await readText(process.stdin)
  if (input.trim() === '') return {}
  try {
    const order = JSON.parse(input) as unknown
    if (typeof order === 'object' && order !== null && !Array.isArray(order)) return order
  } catch {
    // Told below, without what was piped in.
  }
  throw new UsageError('standard input must be an order: {"orderId":"A-1001","amount":"620.00",…}')
}

function readOptions(options: Options): object {
  const texts = Object.keys(TEXTS).flatMap((name) => {
    const value = options[name as keyof Texts]
    return value === undefined ? [] : [[name, value]]
  })
  const metadata = options.metadata?.map((pair) => {
    const at = pair.indexOf('=')
    if (at < 1) throw new UsageError('--metadata must be name=value')
    return [pair.slice(0, at), pair.slice(at + 1)]
  })
  return {
    ...Object.fromEntries(texts),
    ...(options.method && { methods: options.method }),
    ...(metadata && { metadata: Object.fromEntries(metadata) as Record<string, string> }),
  }
}

/** What the proxy would refuse is refused here, by the field's name. */
function checkOrder(order: object): OrderToSign {
  const result = merchantOrderSchema.safeParse(order)
  if (result.success) return order as OrderToSign
  const lines = result.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') return `${issue.keys.join(', ')}: no field of an order`
    const isMissing = issue.code === 'invalid_type' && issue.input === undefined
    return `${issue.path.join('.')}: ${isMissing ? 'is missing' : issue.message}`
  })
  throw new UsageError(`the order would be refused\n  ${lines.join('\n  ')}`)
}
