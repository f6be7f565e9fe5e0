/**
 * The reference of the HTTP API, from the document that the proxy serves as `/openapi.json`.
 * @module
 */
import { PROBLEMS } from '../../../protocol/api.ts'
import { openApiDocument } from '../../../proxy/openapi.ts'
import { table } from '../table.ts'

interface Schema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly default?: unknown
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
}

interface Operation {
  readonly summary: string
  readonly security?: readonly object[]
  readonly parameters: readonly { name: string; in: string; required?: boolean; schema: Schema }[]
  readonly requestBody?: { content: Record<string, { schema: Schema }> }
  readonly responses: Readonly<Record<string, { readonly description: string }>>
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

interface Field {
  readonly name: string
  readonly schema: Schema
  readonly isRequired: boolean
}

const TYPE = { Checkout: 'protocol/payment.ts' } as const

/** The page, from the repository's root. */
export function httpPage(): string {
  const { paths } = openApiDocument('https://pay.shop.example') as Document
  const routes = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
    ),
  )
  const list = (isMerchant: boolean): string =>
    routes
      .filter(([, { security }]) => (security !== undefined) === isMerchant)
      .map(([route, operation]) => describe(route, operation))
      .join('\n\n')
  return `# HTTP API

Every route of the proxy; the same as [OpenAPI](https://spec.openapis.org/oas/v3.1.0) at \`/openapi.json\`. Bodies and
answers are JSON; fields that are not known are refused. Amounts are decimal text.

## For browsers and providers

${list(false)}

## For the merchant's backend

With \`Authorization: Bearer <MERCHANT_API_KEY>\`; on \`MERCHANT_PORT\` alone, where that is set.
[Tried, with answers](docs/providers.md#the-merchants-routes-tried).

${list(true)}

## Problems

A refusal is \`application/problem+json\` (RFC 9457) with \`code\`, \`field\` where one is at fault, and \`requestId\`,
which is in the [log](docs/observability.md).

${table(['code', 'status'], Object.entries(PROBLEMS), [
  ([name]) => `\`${name}\``,
  ([, status]) => String(status),
])}
`
}

function describe(route: string, operation: Operation): string {
  const parts = [`### ${route}`, `${operation.summary}.`]
  const query = operation.parameters
    .filter((each) => each.in === 'query')
    .map(({ name, schema }) => ({ name, schema, isRequired: false }))
  if (query.length > 0) parts.push(fieldTable('query', query))
  const body = operation.requestBody?.content['application/json']?.schema
  for (const schema of body?.oneOf ?? (body ? [body] : [])) {
    const fields = fieldsOf(schema)
    parts.push(fields.length > 0 ? fieldTable('body', fields) : 'The body is `{}`.')
  }
  const [[status, answer] = ['', undefined], ...problems] = Object.entries(operation.responses)
  const refusals = problems.flatMap(([code, { description }]) => `${description} (${code})`)
  const about = TYPE[answer?.description as keyof typeof TYPE]
  const name = about ? `[${answer?.description}](${about})` : answer?.description
  parts.push(
    `Answers ${status}: ${name}.${refusals.length > 0 ? ` Or ${refusals.join('; ')}.` : ''}`,
  )
  return parts.join('\n\n')
}

const fieldTable = (head: string, fields: readonly Field[]): string =>
  table([head, 'type', ''], fields, [
    ({ name }) => `\`${name}\``,
    ({ schema }) => `\`${typeOf(schema)}\``,
    ({ schema, isRequired }) =>
      [isRequired ? '' : 'optional', schema.description ?? ''].filter(Boolean).join('. '),
  ])

/** Fields within fields by their path. */
function fieldsOf(schema: Schema, prefix = ''): readonly Field[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, each]) => [
    { name: prefix + name, schema: each, isRequired: schema.required?.includes(name) === true },
    ...fieldsOf(each, `${prefix}${name}.`),
    ...(each.items ? fieldsOf(each.items, `${prefix}${name}[].`) : []),
  ])
}

function typeOf(schema: Schema): string {
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return choices.map(typeOf).join(' | ')
  if (schema.enum) return schema.enum.map((each) => JSON.stringify(each)).join(' | ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array') return `${typeOf(schema.items ?? {})}[]`
  return [schema.type ?? 'any'].flat().join(' | ')
}
