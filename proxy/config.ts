/**
 * The configuration, from environment variables. All mistakes are reported at once, by the variable's
 * name and never with its value.
 * @module
 */
import type { JWK } from 'jose'
import { z } from 'zod'
import { isDecimal } from '../protocol/money.ts'
import { isAddressRange } from './client-address.ts'
import {
  baseUrl,
  flag,
  httpsUrl,
  jsonFile,
  list,
  ownSecret,
  receiptKeys,
  textFile,
  webhookSecret,
} from './option-schemas.ts'
import { payoutRules } from './payout-rules.ts'
import type { PayoutRules } from './payout-rules.ts'
import type { ProviderFactory } from './provider.ts'
import { PROVIDERS } from './providers/index.ts'
import type { ProviderEntry } from './providers/index.ts'
import { catalogueSchema } from './schemas.ts'
import type { Catalogue } from './schemas.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** One thing that is wrong with one variable. */
export interface Mistake {
  readonly variable: string
  readonly problem: string
}

/** Everything that is wrong with a configuration. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
  readonly mistakes: readonly Mistake[]

  constructor(mistakes: readonly Mistake[]) {
    super(mistakes.map(({ variable, problem }) => `${variable} ${problem}`).join('\n'))
    this.mistakes = mistakes
  }
}

const origin = baseUrl.refine(
  (url) => !URL.canParse(url) || new URL(url).origin === url,
  'must be an origin, such as https://shop.example, without a path',
)

/** A file beside where the proxy is started. */
export const USUAL_DATABASE = 'file:./data/checkout.db'

/** The variables that are not a provider's, with what each means. */
const variables = z.object({
  /** Where the proxy listens. */
  PORT: z.coerce.number().int().min(0).max(65_535).default(8787),
  /** The address to listen at; default: every one that this machine has. */
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be a host name or an address')
    .optional(),
  /** The address that browsers and providers reach the proxy at. */
  PUBLIC_URL: baseUrl,
  /** Origins of the pages that may embed the widget. */
  ALLOWED_ORIGINS: list(origin),
  /** Origins that shoppers may be sent back to; default: the allowed ones. */
  RETURN_URL_ORIGINS: list(origin).optional(),
  /** `file:…` (SQLite) or `postgres://…`. */
  DATABASE_URL: z
    .string()
    .regex(/^(file:.+|:memory:|postgres(ql)?:\/\/.+)$/, 'must begin with file: or postgres://')
    .default(USUAL_DATABASE),
  /** Keys that order tokens are signed with; two while one is being replaced. */
  ORDER_SECRET: list(ownSecret).optional(),
  /** Or the key set that verifies them. */
  ORDER_JWKS_URL: httpsUrl.optional(),
  /** Who must have issued them (`iss`), where that key set signs for others too. */
  ORDER_ISSUER: z.string().min(1).max(200).optional(),
  /** Longest life of an order token, seconds. */
  ORDER_TOKEN_MAX_LIFETIME: z.coerce.number().int().min(60).default(86_400),
  /** Take orders that nobody signed; for demos and donations. */
  ALLOW_UNSIGNED_ORDERS: flag.default(false),
  UNSIGNED_MAX_AMOUNT: z.string().refine(isDecimal, 'must be a decimal amount').default('100'),
  /** A file that says what each product costs. */
  CATALOGUE: jsonFile(catalogueSchema).optional(),
  /** Keys of this proxy are derived from it. */
  PROXY_SECRET: list(ownSecret),
  /** Providers or methods, in the order in which they are offered. */
  METHODS: list(z.string()).optional(),
  /** Requests a second that one address may make; 0 turns every limit off. */
  RATE_LIMIT: z.coerce.number().int().min(0).max(1_000_000).default(20),
  /** Live payments that a checkout may have begun within 15 minutes. */
  MAX_ATTEMPTS: z.coerce.number().int().min(1).default(3),
  /** Our own proxies, whose `X-Forwarded-For` is believed. */
  TRUSTED_PROXIES: list(
    z.string().refine(isAddressRange, 'must be addresses or ranges such as 10.0.0.0/8'),
  ).optional(),
  /** Opens the merchant's routes. */
  MERCHANT_API_KEY: list(ownSecret).optional(),
  /** Opens `GET /metrics`, and nothing else. */
  METRICS_KEY: list(ownSecret).optional(),
  MERCHANT_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Where the merchant is told of every change, and what signs that; two while one is being replaced. */
  MERCHANT_WEBHOOK_URL: httpsUrl.optional(),
  MERCHANT_WEBHOOK_SECRET: list(webhookSecret).optional(),
  /** What signs receipts: a private JWK, or a set of them; default: one is made and kept. */
  RECEIPT_KEY: receiptKeys.optional(),
  /** What payment links (`/c/…`) are headed with, and a style sheet for them. */
  HOSTED_PAGE_NAME: z.string().min(1).max(100).optional(),
  HOSTED_PAGE_STYLES: textFile.optional(),
  /** What may be paid out: `max:1000;daily:5000;addresses:any`, or a file of addresses. */
  PAYOUTS: payoutRules.optional(),
})

/** The names of these; a provider's begin with its prefix. */
export const VARIABLE_NAMES: readonly string[] = Object.keys(variables.shape)

export interface Config {
  readonly port: number
  readonly host: string | undefined
  readonly publicUrl: string
  readonly allowedOrigins: readonly string[]
  readonly returnUrlOrigins: readonly string[]
  readonly databaseUrl: string
  readonly orderSecrets: readonly string[]
  readonly orderJwksUrl: string | undefined
  readonly orderIssuer: string | undefined
  readonly orderTokenMaxLifetime: number
  readonly unsigned: { readonly maxAmount: string } | undefined
  readonly catalogue: Catalogue | undefined
  readonly proxySecrets: readonly string[]
  readonly methodOrder: readonly string[]
  readonly rateLimit: number
  readonly maxAttempts: number
  readonly trustedProxies: readonly string[]
  readonly merchantKeys: readonly string[]
  /** What collects the metrics may have; the merchant's keys open them too. */
  readonly metricsKeys: readonly string[]
  readonly merchantPort: number | undefined
  /** Who is told of every change. */
  readonly receiver: { readonly url: string; readonly secrets: readonly string[] } | undefined
  /** Private JWKs, the one that signs first; empty: one is made and kept. */
  readonly receiptKeys: readonly JWK[]
  readonly hostedPageName: string | undefined
  readonly hostedPageStyles: string | undefined
  readonly payouts: PayoutRules | undefined
  readonly providers: readonly ProviderFactory[]
}

/** Reads a configuration. Throws a `ConfigError` with every mistake in it. */
export function readConfig(environment: Environment): Config {
  const env = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  )
  const mistakes: Mistake[] = []
  const result = variables.safeParse(env)
  if (!result.success) mistakes.push(...result.error.issues.map((issue) => toMistake('', issue)))
  const providers = PROVIDERS.flatMap((entry) => readProvider(entry, env, mistakes))
  if (providers.length === 0 && mistakes.length === 0) {
    const names = PROVIDERS.map(({ prefix }) => `${prefix}*`).join(', ')
    mistakes.push({ variable: names, problem: 'are missing: no provider is configured' })
  }
  if (Boolean(env['MERCHANT_WEBHOOK_URL']) !== Boolean(env['MERCHANT_WEBHOOK_SECRET'])) {
    const [missing] = ['MERCHANT_WEBHOOK_URL', 'MERCHANT_WEBHOOK_SECRET'].filter(
      (name) => !env[name],
    )
    mistakes.push({ variable: missing ?? '', problem: 'is missing: the two belong together' })
  }
  if (!result.success || mistakes.length > 0) throw new ConfigError(mistakes)
  const read = result.data
  return {
    port: read.PORT,
    host: read.HOST,
    publicUrl: read.PUBLIC_URL,
    allowedOrigins: read.ALLOWED_ORIGINS,
    returnUrlOrigins: read.RETURN_URL_ORIGINS ?? read.ALLOWED_ORIGINS,
    databaseUrl: read.DATABASE_URL,
    orderSecrets: read.ORDER_SECRET ?? [],
    orderJwksUrl: read.ORDER_JWKS_URL,
    orderIssuer: read.ORDER_ISSUER,
    orderTokenMaxLifetime: read.ORDER_TOKEN_MAX_LIFETIME,
    unsigned: read.ALLOW_UNSIGNED_ORDERS ? { maxAmount: read.UNSIGNED_MAX_AMOUNT } : undefined,
    catalogue: read.CATALOGUE,
    proxySecrets: read.PROXY_SECRET,
    methodOrder: read.METHODS ?? [],
    rateLimit: read.RATE_LIMIT,
    maxAttempts: read.MAX_ATTEMPTS,
    trustedProxies: read.TRUSTED_PROXIES ?? [],
    merchantKeys: read.MERCHANT_API_KEY ?? [],
    metricsKeys: read.METRICS_KEY ?? [],
    merchantPort: read.MERCHANT_PORT,
    receiver:
      read.MERCHANT_WEBHOOK_URL !== undefined && read.MERCHANT_WEBHOOK_SECRET
        ? { url: read.MERCHANT_WEBHOOK_URL, secrets: read.MERCHANT_WEBHOOK_SECRET }
        : undefined,
    receiptKeys: read.RECEIPT_KEY ?? [],
    hostedPageName: read.HOSTED_PAGE_NAME,
    hostedPageStyles: read.HOSTED_PAGE_STYLES,
    payouts: read.PAYOUTS,
    providers,
  }
}

/** A provider is on when one of its variables is there, and then it must be whole. */
function readProvider(
  { prefix, options, create, required }: ProviderEntry,
  env: Environment,
  mistakes: Mistake[],
): ProviderFactory[] {
  const own = Object.entries(env).filter(([name]) => name.startsWith(prefix))
  const isWanted = required.some((name) => env[prefix + name] !== undefined)
  if (!isWanted) return []
  const read = Object.fromEntries(
    own.map(([name, value]) => [toOption(name.slice(prefix.length)), value]),
  )
  const result = options.safeParse(read)
  if (!result.success) {
    mistakes.push(...result.error.issues.map((issue) => toMistake(prefix, issue)))
    return []
  }
  try {
    return [create(read as never)]
  } catch (error) {
    mistakes.push({ variable: `${prefix}*`, problem: error instanceof Error ? error.message : '' })
    return []
  }
}

/**
 * zod's own messages name types and limits, never what was given. Of what a file holds, it is said where.
 */
function toMistake(prefix: string, issue: z.core.$ZodIssue): Mistake {
  const [name, ...inside] = issue.path.filter((part) => typeof part === 'string')
  if (issue.code === 'unrecognized_keys' && name === undefined) {
    const names = issue.keys.map((key) => prefix + toVariable(key))
    return { variable: names.join(', '), problem: 'is not a variable we know' }
  }
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined
  const problem = isMissing ? 'is missing' : issue.message
  return {
    variable: prefix ? prefix + toVariable(name ?? '') : (name ?? ''),
    problem: inside.length > 0 ? `${inside.join('.')}: ${problem}` : problem,
  }
}

/** `BASE_URL` is `baseUrl`. */
export const toOption = (name: string): string =>
  name.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

const toVariable = (option: string): string =>
  option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()
