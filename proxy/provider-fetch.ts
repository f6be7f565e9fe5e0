/**
 * The one way out. Every call to a provider goes through here: to its own host only, with a deadline
 * over headers and body, a cap on the size, no redirect followed (Node would re-send the secrets), and
 * never a retry.
 * @module
 */
import type { ZodType } from 'zod'
import { compareDecimal, isDecimal } from '../protocol/money.ts'
import { MAX_REST_MS } from './breaker.ts'
import type { Breaker } from './breaker.ts'
import { ProviderError } from './errors.ts'

export interface ProviderFetchOptions {
  readonly fetch: typeof fetch
  readonly baseUrl: string
  readonly now: () => number
  readonly breaker: Breaker
}

export interface ProviderRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below the base URL, beginning with a slash; ids in it already encoded. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** `create`: 8 s, and a lost answer may have happened. `ask`: 5 s, changes nothing over there. */
  readonly purpose: 'create' | 'ask'
  /** An answer that is no JSON: an image. */
  readonly isBinary?: true
}

export interface ProviderAnswer {
  readonly status: number
  /** Parsed JSON, of any shape: hand it to `expectShape`. The bytes, of a binary request. */
  readonly body: unknown
  readonly contentType: string
}

export type ProviderFetch = (request: ProviderRequest) => Promise<ProviderAnswer>

const DEADLINE_MS = { create: 8000, ask: 5000 } as const
const MAX_BYTES = 256 * 1024
const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT'])

/** A fetch bound to one provider's host. Answers of 5xx, 429, 408, 3xx and anything but JSON are errors. */
export function createProviderFetch(options: ProviderFetchOptions): ProviderFetch {
  const base = options.baseUrl.replace(/\/+$/, '')
  return (request) => options.breaker.guard(() => callOnce(request))

  async function callOnce(request: ProviderRequest): Promise<ProviderAnswer> {
    const changes = request.purpose === 'create'
    const response = await send(options.fetch, base + request.path, request)
    const rest = restFor(response, options.now())
    const failed = (code: 'provider_unavailable' | 'provider_bad_response', detail: string) =>
      new ProviderError(code, detail, {
        mayHaveHappened: changes && response.status !== 429,
        ...(rest !== undefined && { retryAfterMs: rest }),
      })
    if (response.status === 429 || response.status === 408 || response.status >= 500) {
      await response.body?.cancel()
      if (rest !== undefined) options.breaker.rest(rest)
      throw failed('provider_unavailable', `answered ${response.status}`)
    }
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel()
      throw failed('provider_bad_response', 'answered with a redirect')
    }
    const bytes = await readCapped(response, changes)
    const contentType = response.headers.get('content-type') ?? ''
    if (request.isBinary) return { status: response.status, body: bytes, contentType }
    try {
      const body = JSON.parse(new TextDecoder().decode(bytes), readValue) as unknown
      return { status: response.status, body, contentType }
    } catch {
      // A 401 did nothing, whatever its words: the token is the adapter's to replace.
      if (response.status === 401) return { status: 401, body: undefined, contentType }
      throw failed('provider_bad_response', 'answered something that is not JSON')
    }
  }
}

/**
 * A number that a float does not hold stays the text that it was: ids and error codes beyond 2^53, amounts of
 * many digits. The character NUL, which not every store takes, is left out.
 */
function readValue(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '')
  if (typeof value !== 'number' || context?.source === undefined) return value
  return isHeld(context.source, value) ? value : context.source
}

function isHeld(source: string, value: number): boolean {
  const text = String(value)
  if (isDecimal(source) && isDecimal(text)) return compareDecimal(source, text) === 0
  return !Number.isInteger(value) || Number.isSafeInteger(value)
}

/** The answer as the adapter expects it, or `provider_bad_response` naming the first wrong field. */
export function expectShape<T>(schema: ZodType<T>, body: unknown, mayHaveHappened = false): T {
  const result = schema.safeParse(body)
  if (result.success) return result.data
  const where = result.error.issues[0]?.path.join('.') || 'the answer'
  throw new ProviderError('provider_bad_response', `unexpected ${where}`, { mayHaveHappened })
}

async function send(
  fetchNow: typeof fetch,
  url: string,
  request: ProviderRequest,
): Promise<Response> {
  try {
    return await fetchNow(url, {
      method: request.method,
      headers: { accept: 'application/json', ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(DEADLINE_MS[request.purpose]),
    })
  } catch (error) {
    const isUnsent = NEVER_SENT.has(causeCode(error))
    throw new ProviderError('provider_unavailable', 'could not be reached', {
      mayHaveHappened: request.purpose === 'create' && !isUnsent,
      cause: error,
    })
  }
}

async function readCapped(response: Response, changes: boolean): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let size = 0
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength
      if (size > MAX_BYTES) break
      chunks.push(chunk)
    }
  } catch (cause) {
    throw new ProviderError('provider_unavailable', 'stopped in the middle of its answer', {
      mayHaveHappened: changes,
      cause,
    })
  }
  if (size <= MAX_BYTES) return concat(chunks, size)
  throw new ProviderError('provider_bad_response', 'answered more than 256 KiB', {
    mayHaveHappened: changes,
  })
}

function concat(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

function causeCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? String(cause.code) : ''
}

const MIN_REST_MS = 1000
/** After "too many requests" that says no time. */
const USUAL_REST_MS = 5000

/** How long the provider wants quiet: `Retry-After`, in seconds or as a date, as far as it can be believed. */
function restFor({ status, headers }: Response, now: number): number | undefined {
  const header = headers.get('retry-after')?.trim() ?? ''
  const ms = header.endsWith('GMT')
    ? Date.parse(header) - now
    : /^\d{1,12}$/.test(header)
      ? Number(header) * 1000
      : Number.NaN
  if (!Number.isNaN(ms)) return Math.min(MAX_REST_MS, Math.max(MIN_REST_MS, ms))
  return status === 429 ? USUAL_REST_MS : undefined
}
