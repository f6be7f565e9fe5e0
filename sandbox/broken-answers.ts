/**
 * How each breaking fault looks on the wire, for every provider alike.
 *
 * @module
 */
import { setTimeout as sleep } from 'node:timers/promises'
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response'
import type { Context } from 'hono'
import type { BreakingKind, Fault } from './faults.ts'
import type { SandboxEnv } from './provider.ts'

/** Where the `redirect` fault points; a caller that arrives here has followed it. */
export const REDIRECT_TARGET = '/sandbox/redirected'

/** What a broken answer is made of. */
export interface Breakage {
  readonly fault: Fault & { readonly kind: BreakingKind }
  /** The true answer, if the operation was done (`afterEffect`). */
  readonly answer: Response | undefined
  readonly errorBody: (status: number) => unknown
}

/** Plays a breaking fault on this request. */
export function breakAnswer(c: Context<SandboxEnv>, breakage: Breakage): Promise<Response> {
  return ANSWERS[breakage.fault.kind](c, breakage)
}

type Answer = (c: Context<SandboxEnv>, breakage: Breakage) => Promise<Response>

const ANSWERS: Readonly<Record<BreakingKind, Answer>> = {
  'status-500': (_, breakage) => answerStatus(500, breakage),
  'status-503': (_, breakage) => answerStatus(503, breakage),
  'status-429': (_, breakage) => answerStatus(429, breakage),
  html: async () => new Response(HTML, { headers: { 'content-type': 'text/html' } }),
  empty: async () => new Response('', { headers: JSON_TYPE }),
  redirect: async () => new Response(null, { status: 307, headers: { location: REDIRECT_TARGET } }),
  truncated: async (_, { answer }) => {
    const whole = answer ? await answer.text() : '{"status":true,"data":{"_id":"63"}}'
    return new Response(whole.slice(0, Math.ceil(whole.length / 2)), { headers: JSON_TYPE })
  },
  hang: async (c) => {
    await closed(c)
    return RESPONSE_ALREADY_SENT
  },
  reset: async (c) => {
    c.env.incoming.socket.resetAndDestroy()
    return RESPONSE_ALREADY_SENT
  },
  huge: (c) => stream(c, HUGE_CHUNK, HUGE_CHUNKS, 0),
  drip: (c) => stream(c, ' ', Number.POSITIVE_INFINITY, DRIP_MS),
}

const JSON_TYPE = { 'content-type': 'application/json' }
const HTML = '<!doctype html><title>Maintenance</title><h1>We will be back soon</h1>'
/** 64 MiB in all: more than any provider's answer, less than a test machine's memory. */
const HUGE_CHUNK = ' '.repeat(64 * 1024)
const HUGE_CHUNKS = 1024
const DRIP_MS = 100

async function answerStatus(status: number, breakage: Breakage): Promise<Response> {
  const { retryAfter } = breakage.fault
  const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter }
  return Response.json(breakage.errorBody(status), { status, headers })
}

/** Blanks are legal JSON, so only a cap or a deadline can end the reading. */
async function stream(
  c: Context<SandboxEnv>,
  chunk: string,
  count: number,
  pauseMs: number,
): Promise<Response> {
  const { outgoing } = c.env
  const end = closed(c)
  outgoing.writeHead(200, JSON_TYPE)
  for (let sent = 0; !outgoing.destroyed && sent < count; sent += 1) {
    const hasRoom = outgoing.write(chunk)
    if (pauseMs > 0) await sleep(pauseMs)
    else if (!hasRoom) await Promise.race([drained(c), end])
  }
  outgoing.end('{}')
  return RESPONSE_ALREADY_SENT
}

function closed(c: Context<SandboxEnv>): Promise<void> {
  return new Promise((resolve) => void c.env.outgoing.once('close', () => resolve()))
}

function drained(c: Context<SandboxEnv>): Promise<void> {
  return new Promise((resolve) => void c.env.outgoing.once('drain', () => resolve()))
}
