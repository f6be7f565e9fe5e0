/**
 * `/openapi.json`, from the schemas that validate. A test holds it against the routes of the app.
 * @module
 */
import { z } from 'zod'
import { PROBLEMS } from '../protocol/api.ts'
import type { ProblemCode } from '../protocol/api.ts'
import {
  catalogueOrderSchema,
  emptyBodySchema,
  listCheckoutsSchema,
  merchantOrderSchema,
  startPaymentSchema,
  tokenOrderSchema,
  unsignedOrderSchema,
} from './schemas.ts'

interface Operation {
  readonly summary: string
  readonly body?: z.ZodType
  readonly query?: z.ZodType
  readonly answers: string
  readonly problems?: readonly ProblemCode[]
  readonly isMerchant?: true
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  'GET /healthz': { summary: 'The process is alive', answers: 'Status' },
  'GET /readyz': { summary: 'The store can be reached', answers: 'Status' },
  'GET /openapi.json': { summary: 'This document', answers: 'Document' },
  'POST /v1/checkouts': {
    summary: 'Open the checkout of an order, or find it',
    body: z.union([tokenOrderSchema, catalogueOrderSchema, unsignedOrderSchema]),
    answers: 'Checkout',
    problems: [
      'invalid_request',
      'invalid_order_token',
      'order_conflict',
      'currency_not_supported',
      'product_not_found',
      'unsigned_orders_not_allowed',
    ],
  },
  'GET /v1/checkouts/{id}': {
    summary: 'A checkout as of now; ETag is its version',
    answers: 'Checkout',
    problems: ['not_found'],
  },
  'POST /v1/checkouts/{id}/payments': {
    summary: 'Start paying by a method',
    body: startPaymentSchema,
    answers: 'Checkout',
    problems: [
      'invalid_request',
      'not_found',
      'payment_in_progress',
      'checkout_expired',
      'method_not_available',
      'provider_rejected',
      'provider_bad_response',
      'provider_unavailable',
    ],
  },
  'POST /v1/checkouts/{id}/cancel': {
    summary: 'Cancel the active payment',
    body: emptyBodySchema,
    answers: 'Checkout',
    problems: ['not_found', 'payment_in_progress', 'provider_unavailable'],
  },
  'POST /v1/checkouts/{id}/sent': {
    summary: '"I have paid": ask the provider at once',
    body: emptyBodySchema,
    answers: 'Checkout',
    problems: ['not_found'],
  },
  'GET /v1/returns/{token}': {
    summary: 'The same, for providers that send nothing of their own in the path',
    answers: 'Redirect',
    problems: ['not_found'],
  },
  'GET /v1/returns/{token}/{path}': {
    summary: 'Where providers send the shopper back to; answers 303 to the merchant’s page',
    answers: 'Redirect',
    problems: ['not_found'],
  },
  'POST /v1/merchant/checkouts': {
    summary: 'Open the checkout of an order from the merchant’s backend',
    body: merchantOrderSchema,
    answers: 'MerchantCheckout',
    problems: ['invalid_request', 'unauthorized', 'order_conflict', 'currency_not_supported'],
    isMerchant: true,
  },
  'GET /v1/merchant/checkouts': {
    summary: 'List checkouts, newest first',
    query: listCheckoutsSchema,
    answers: 'MerchantCheckouts',
    problems: ['invalid_request', 'unauthorized'],
    isMerchant: true,
  },
  'GET /v1/merchant/checkouts/{id}': {
    summary: 'A checkout with its payments and their facts',
    answers: 'MerchantCheckout',
    problems: ['unauthorized', 'not_found'],
    isMerchant: true,
  },
}

/** `METHOD /path` of every documented operation. */
export const DOCUMENTED = Object.keys(OPERATIONS)

/** OpenAPI 3.1 for a proxy at `publicUrl`. */
export function openApiDocument(publicUrl: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const [route, operation] of Object.entries(OPERATIONS)) {
    const [method = '', path = ''] = route.split(' ')
    paths[path] = { ...paths[path], [method.toLowerCase()]: describe(path, operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'crypto-checkout proxy', version: '1', license: { name: 'MIT' } },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      securitySchemes: { merchantKey: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: PROBLEM },
    },
  }
}

const PROBLEM = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'code', 'requestId'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', enum: Object.keys(PROBLEMS) },
    detail: { type: 'string' },
    field: { type: 'string', description: 'The field at fault.' },
    requestId: { type: 'string', description: 'Find it by this in the logs.' },
  },
}

function describe(path: string, operation: Operation): object {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  const problems = Map.groupBy(operation.problems ?? [], (code) => String(PROBLEMS[code]))
  return {
    summary: operation.summary,
    ...(operation.isMerchant && { security: [{ merchantKey: [] }] }),
    parameters: [...inPath, ...queryParameters(operation.query)],
    ...(operation.body && {
      requestBody: {
        required: true,
        content: { 'application/json': { schema: toSchema(operation.body) } },
      },
    }),
    responses: {
      [operation.answers === 'Redirect' ? '303' : '200']: { description: operation.answers },
      ...Object.fromEntries(
        [...problems].map(([status, codes]) => [
          status,
          {
            description: codes.join(', '),
            content: {
              'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
            },
          },
        ]),
      ),
    },
  }
}

const toSchema = (schema: z.ZodType): object =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })

function queryParameters(schema: z.ZodType | undefined): object[] {
  if (!schema) return []
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties).map(([name, each]) => ({ name, in: 'query', schema: each }))
}
