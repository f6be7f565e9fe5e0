/**
 * Reading a request's body: so much of it and no more, of the type that was asked for, and JSON that says
 * the same to everybody who reads it.
 * @module
 */
import type { Context } from 'hono'
import { ProxyError } from './errors.ts'
import { inspectJson } from './json-text.ts'

const MAX_BODY_BYTES = 16 * 1024
/** An order's alternatives lie three deep. */
const MAX_DEPTH = 16

/** The JSON body, within 16 KiB whether its length was declared or not. */
export async function readJson(c: Context): Promise<unknown> {
  const type = c.req.header('content-type')?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new ProxyError('unsupported_media_type', 'send application/json')
  }
  return parseJson(await readText(c.req.raw, MAX_BODY_BYTES))
}

/** The body's text, within `limit` bytes whether its length was declared or not. */
export async function readText(request: Request, limit: number): Promise<string> {
  const tooLarge = new ProxyError('body_too_large', `more than ${limit} bytes`)
  const declared = request.headers.get('content-length')
  if (declared !== null) {
    if (!(Number(declared) <= limit)) throw tooLarge
    return request.text()
  }
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  for await (const chunk of request.body ?? []) {
    size += chunk.byteLength
    if (size > limit) throw tooLarge
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    const { hasRepeatedMember, depth } = inspectJson(text)
    if (hasRepeatedMember) throw new ProxyError('invalid_request', 'the body says one thing twice')
    if (depth > MAX_DEPTH) throw new ProxyError('invalid_request', 'the body lies too deep')
    return value
  } catch (error) {
    if (error instanceof ProxyError) throw error
    throw new ProxyError('invalid_request', 'the body is not JSON')
  }
}
