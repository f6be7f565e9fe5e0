/**
 * `crypto-checkout csp`: the smallest Content Security Policy of a page that embeds the widget.
 * docs/strict-hosts.md says what each directive is for.
 * @module
 */
import type { Command } from 'commander'
import { Option } from 'commander'
import { envFileOption, readEnvironment, requireVariable } from './environment.ts'
import { say, sayJson } from './output.ts'
import {
  createCommand,
  jsonOption,
  readOption,
  textOption,
  UsageError,
  wordOption,
} from './usage.ts'

type Policy = Readonly<Record<string, string>>

const SCRIPT = 'crypto-checkout.js'
const FORMS = ['header', 'meta', 'nginx', 'caddy'] as const
type Form = (typeof FORMS)[number]

interface Options {
  readonly proxy?: string
  readonly script?: string
  readonly nonce?: string
  readonly hash?: string
  readonly languages?: readonly string[]
  readonly modules?: true
  readonly as: Form
  readonly envFile?: string
  readonly json?: true
}

export const cspCommand = (): Command =>
  createCommand({
    name: 'crypto-checkout csp',
    summary: 'the Content Security Policy of a page with the widget',
    about:
      'Prints the smallest Content-Security-Policy under which the widget takes a payment. What your page\n' +
      'has besides (styles, pictures, other scripts) is added by you.',
    examples: [
      'crypto-checkout csp --proxy https://pay.shop.example',
      'crypto-checkout csp --hash sha384-… --languages tr --as nginx',
      'crypto-checkout csp --nonce r4nd0m --as meta',
    ],
  })
    .addOption(textOption('--proxy <url>', 'where the proxy is (default: PUBLIC_URL)'))
    .addOption(textOption('--script <url>', `the script (default: ${SCRIPT} of the proxy)`))
    .addOption(textOption('--nonce <text>', 'allow the script by the nonce of each answer'))
    .addOption(textOption('--hash <hash>', 'allow the script by its integrity: sha384-…'))
    .addOption(
      readOption(
        '--languages <codes>',
        'only these, besides English: tr,ar; or en alone (default: all)',
        (text) => (/^[a-z]{2}(,[a-z]{2})*$/.test(text) ? text.split(',') : undefined),
        'be codes of languages: tr,ar',
      ),
    )
    .addOption(new Option('--modules', 'bundled by you from npm, with your own scripts'))
    .addOption(wordOption('--as <form>', 'written as', FORMS).default('header'))
    .addOption(envFileOption())
    .addOption(jsonOption())
    .action(printPolicy)

function printPolicy(options: Options): void {
  const proxy = readUrl('--proxy', options.proxy ?? configuredProxy(options.envFile))
  const script =
    options.script === undefined ? `${proxy}/${SCRIPT}` : readUrl('--script', options.script)
  const policy = policyOf({ proxy, script, options })
  if (options.json) return sayJson({ policy, header: toText(policy) })
  say(WRITE[options.as](policy))
}

const configuredProxy = (envFile: string | undefined): string =>
  requireVariable(readEnvironment(envFile), 'PUBLIC_URL', 'Or name the proxy: --proxy https://…')

interface Page {
  readonly proxy: string
  readonly script: string
  readonly options: Options
}

function policyOf({ proxy, script, options }: Page): Policy {
  return {
    'default-src': "'none'",
    'script-src': scriptSource(script, options),
    'connect-src': connectSources({ proxy, script, options }),
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    'require-trusted-types-for': "'script'",
    // Lit makes its own policy where nobody took that out.
    'trusted-types': options.modules ? 'lit-html' : 'crypto-checkout',
  }
}

function scriptSource(script: string, { nonce, hash, modules }: Options): string {
  if (nonce !== undefined && hash !== undefined) {
    throw new UsageError('--nonce and --hash do not go together')
  }
  if (nonce !== undefined && !/^[\w+/-]+={0,2}$/.test(nonce)) {
    throw new UsageError('--nonce must be letters of base64')
  }
  if (hash !== undefined && !/^sha(256|384|512)-[\w+/-]+={0,2}$/.test(hash)) {
    throw new UsageError('--hash must be like sha384-…, as in dist/sri.json')
  }
  if (nonce !== undefined) return `'nonce-${nonce}'`
  if (hash !== undefined) return `'${hash}'`
  return modules ? "'self'" : script
}

/** The proxy's routes; and the languages, which are files of text beside the script. */
function connectSources({ proxy, script, options: { languages, modules } }: Page): string {
  const folder = script.slice(0, script.lastIndexOf('/') + 1)
  const routes = `${proxy}/v1/`
  // Bundled, they are modules.
  if (modules) return routes
  if (languages === undefined) return folder === `${proxy}/` ? folder : `${routes} ${folder}`
  const others = languages.filter((code) => code !== 'en')
  return [routes, ...others.map((code) => script.replace(/\.js$/, `.${code}.txt`))].join(' ')
}

/** Nothing that would end a source, or a directive. */
function readUrl(option: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined
  const isPlain = /^https?:\/\/[!-~]+$/.test(text) && !/[;,'"?#@\\<>{}]/.test(text)
  if (!url || !isPlain)
    throw new UsageError(`${option} must be an address: https://pay.shop.example`)
  return text.replace(/\/+$/, '')
}

const toText = (policy: Policy): string =>
  Object.entries(policy)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ')

/** A meta tag is read too late to say who may frame the page. */
function toMeta({ 'frame-ancestors': _late, ...policy }: Policy): string {
  return `<meta http-equiv="Content-Security-Policy" content="${toText(policy)}">`
}

const WRITE: Readonly<Record<Form, (policy: Policy) => string>> = {
  header: (policy) => `Content-Security-Policy: ${toText(policy)}`,
  meta: toMeta,
  nginx: (policy) => `add_header Content-Security-Policy "${toText(policy)}" always;`,
  caddy: (policy) => `header Content-Security-Policy "${toText(policy)}"`,
}
