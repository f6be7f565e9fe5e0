/**
 * `crypto-checkout keys`: makes every key that a proxy needs, as lines of a `.env`.
 * @module
 */
import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { parseEnv } from 'node:util'
import type { Command } from 'commander'
import { exportJWK, generateKeyPair } from 'jose'
import { say, sayJson, tell } from './output.ts'
import { createCommand, jsonOption, textOption, UsageError } from './usage.ts'

interface Key {
  readonly name: string
  readonly what: string
  make(): string | Promise<string>
  /** Set alone, without this other variable, it is a mistake: its line is commented out. */
  readonly needs?: string
}

const random = (): string => randomBytes(32).toString('base64url')

const KEYS: readonly Key[] = [
  { name: 'PROXY_SECRET', what: 'The keys of this proxy are derived from it.', make: random },
  { name: 'ORDER_SECRET', what: 'Signs order tokens: your backend has it, too.', make: random },
  { name: 'MERCHANT_API_KEY', what: 'Opens the routes of your backend.', make: random },
  { name: 'METRICS_KEY', what: 'Opens GET /metrics, and nothing else.', make: random },
  {
    name: 'MERCHANT_WEBHOOK_SECRET',
    what: 'Signs notifications: your receiver has it, too. Set MERCHANT_WEBHOOK_URL with it.',
    make: () => `whsec_${randomBytes(32).toString('base64')}`,
    needs: 'MERCHANT_WEBHOOK_URL',
  },
  { name: 'RECEIPT_KEY', what: 'Signs receipts.', make: makeReceiptKey },
]

interface Options {
  readonly out?: string
  readonly json?: true
}

export const keysCommand = (): Command =>
  createCommand({
    name: 'crypto-checkout keys',
    summary: 'make every key that a proxy needs',
    about:
      'Makes every key that a proxy needs, or those that are named. With --out they are written into a\n' +
      'file that only you can read; what has a value there stays as it is.',
    examples: [
      'crypto-checkout keys --out .env',
      'crypto-checkout keys ORDER_SECRET    # one, to put in front of the old one: new,old',
      'crypto-checkout keys --json',
    ],
  })
    .argument('[names...]', `of ${KEYS.map(({ name }) => name).join(', ')}`)
    .addOption(textOption('--out <file>', 'write them into this file; nothing is overwritten'))
    .addOption(jsonOption())
    .action(makeKeys)

async function makeKeys(names: readonly string[], { out, json }: Options): Promise<void> {
  const unknown = names.filter((name) => !KEYS.some((key) => key.name === name))
  if (unknown.length > 0) {
    throw new UsageError(`makes ${KEYS.map(({ name }) => name).join(', ')}; nothing else`)
  }
  if (out !== undefined && json) throw new UsageError('--json and --out do not go together')
  const wanted = KEYS.filter(({ name }) => names.length === 0 || names.includes(name))
  const made = await Promise.all(wanted.map(async (key) => ({ ...key, value: await key.make() })))
  if (json) return sayJson(Object.fromEntries(made.map(({ name, value }) => [name, value])))
  if (out !== undefined) return writeKeys(out, made)
  for (const key of made) say(linesOf(key, false))
}

type MadeKey = Key & { readonly value: string }

/** JSON wants quotes around it, or a shell takes its own away. */
function linesOf({ name, what, needs, value }: MadeKey, hasNeeded: boolean): string {
  const quoted = value.startsWith('{') ? `'${value}'` : value
  const isOff = needs !== undefined && !hasNeeded
  return `# ${what}\n${isOff ? '# ' : ''}${name}=${quoted}`
}

/** Fills in what is empty, and adds what is not there. */
function writeKeys(file: string, made: readonly MadeKey[]): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : ''
  const known = parseEnv(before)
  let text = before === '' || before.endsWith('\n') ? before : `${before}\n`
  const [kept, added]: [string[], string[]] = [[], []]
  for (const key of made) {
    const { name } = key
    // One that waits for its other half stands behind a #.
    if (known[name] || new RegExp(`^# ?${name}=.+$`, 'm').test(text)) {
      kept.push(name)
      continue
    }
    const lines = linesOf(key, Boolean(known[key.needs ?? '']))
    const empty = new RegExp(`^${name}=.*$`, 'm')
    // A function: what stands in a key is no pattern.
    text = empty.test(text) ? text.replace(empty, () => lines) : `${text}${lines}\n`
    added.push(name)
  }
  if (added.length > 0) {
    writeFileSync(file, text, { mode: 0o600 })
    // It may have been there, and open to all.
    chmodSync(file, 0o600)
  }
  if (added.length > 0) tell(`Written to ${file}: ${added.join(', ')}`)
  if (kept.length > 0) tell(`Left as they were: ${kept.join(', ')}`)
}

async function makeReceiptKey(): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  return JSON.stringify(await exportJWK(privateKey))
}
