/**
 * The control server's routes for notifications; `control.ts` has their table.
 *
 * @module
 */
import { Hono } from 'hono'
import { isObject } from './json.ts'
import type { Notifier, Outgoing } from './notifier.ts'
import { parseHeaders, parseNotifyMode } from './notify-modes.ts'
import { invalidField, ProblemError, unknownWord } from './problem.ts'
import type { SandboxProvider } from './provider.ts'
import { readBody } from './request-body.ts'

/** What the routes drive. */
export interface NotifyControlOptions {
  readonly notifier: Notifier
  readonly providers: ReadonlyMap<string, SandboxProvider>
}

export function createNotifyControl({ notifier, providers }: NotifyControlOptions): Hono {
  const app = new Hono()
  const names = [...providers.keys()]

  app.get('/notifications', (c) => c.json(notifier.list()))
  app.post('/notifications', async (c) => {
    const body = await readBody(c)
    const provider = typeof body['provider'] === 'string' ? body['provider'] : ''
    const found = providers.get(provider)
    if (!found) throw unknownWord('provider', body['provider'], names)
    return c.json(await notifier.inject(toOutgoing(provider, found, body)), 201)
  })
  app.post('/notifications/:id/replay', async (c) => {
    const id = c.req.param('id')
    await notifier.replay(id)
    return c.json(notifier.list().find((each) => each.id === id))
  })

  app.get('/notify', (c) => c.json(notifier.listModes()))
  app.post('/notify', async (c) => {
    const mode = parseNotifyMode(await readBody(c), names)
    notifier.play(mode)
    return c.json(mode, 201)
  })
  app.delete('/notify', (c) => {
    notifier.clearModes()
    return c.body(null, 204)
  })
  return app
}

/** The payment's true notification, with what the caller wants to be different in it. */
function toOutgoing(
  provider: string,
  { notification }: SandboxProvider,
  given: Record<string, unknown>,
): Outgoing {
  const { paymentId } = given
  if (typeof paymentId !== 'string') throw invalidField('paymentId')
  const url = readUrl(given['url'])
  const body = readContent(given['body'])
  const headers = parseHeaders(given['headers'])
  const truth = notification?.(paymentId, url) ?? invented(provider, paymentId, url, body)
  const merged = Object.entries({ ...lowerCase(truth.headers), ...headers })
  return {
    ...truth,
    body: body ?? truth.body,
    headers: Object.fromEntries(
      merged.flatMap(([name, text]) => (text === null ? [] : [[name, text]])),
    ),
  }
}

/** For a payment that is not there, or has nothing to say, or nobody to say it to. */
function invented(
  provider: string,
  paymentId: string,
  url: string | undefined,
  body: string | undefined,
): Outgoing {
  if (url === undefined || body === undefined) {
    const detail = 'No such payment, or it has no webhook URL: url and body are needed.'
    throw new ProblemError(409, 'no_notification', detail)
  }
  return {
    provider,
    paymentId,
    url,
    body,
    headers: { 'content-type': 'application/json' },
    isAcknowledged: (status) => status === 200,
    retryDelaysMs: [],
    forge: () => ({ headers: {}, body }),
  }
}

function lowerCase(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, text]) => [name.toLowerCase(), text]),
  )
}

function readUrl(value: unknown): string | undefined {
  if (value === undefined) return undefined
  if (typeof value !== 'string' || !URL.canParse(value)) throw invalidField('url')
  return value
}

/** Text as it is, an object as JSON. */
function readContent(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value
  if (!isObject(value)) throw invalidField('body')
  return JSON.stringify(value)
}
