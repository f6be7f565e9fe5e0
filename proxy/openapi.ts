/**
 * `/openapi.json`, from the schemas that validate. A test holds it against the routes of the app.
 * @module
 */
import { z } from 'zod'
import { PROBLEMS } from '../protocol/api.ts'
import { OPERATIONS } from './operations.ts'
import type { Operation } from './operations.ts'

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

/** Several schemas: exactly one of them. */
function toSchema(schema: z.ZodType | readonly z.ZodType[]): object {
  if (schema instanceof z.ZodType) {
    return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  }
  return { oneOf: schema.map(toSchema) }
}

function queryParameters(schema: z.ZodType | undefined): object[] {
  if (!schema) return []
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties).map(([name, each]) => ({ name, in: 'query', schema: each }))
}
