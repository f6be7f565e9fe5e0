/**
 * LiPayKripto, the stand-in: a token for each payment, a payment request that answers the address
 * of a page, signed withdrawal requests, webhooks; and a status call.
 *
 * From the document: the three POST routes, their fields and answers, the table of errors. From the
 * provider's newer repositories: the status call (`status-api.ts`), the signed webhook
 * (`webhooks.ts`). Which of its contradictions is played is a setting (`settings.ts`).
 *
 * Ours, where the document is silent:
 * - which of the table's texts answers which field, and 400 `Unknown field`, `Invalid JSON`;
 * - 401 `Invalid signature`, 401 `Invalid credentials` for a withdrawal of another client, 400
 *   `Invalid requestId` for one asked for twice; `details` names fields;
 * - another method: 405 `Method not allowed`; another route: 404 `Not found`;
 * - the token is looked at before the body; it is used up once a payment was made with it;
 * - at most two decimals of a lira, ids of 128 characters at most, with no blank at either end;
 * - the page's endpoints below `/sandbox/payment`, the coins' networks and rates.
 *
 * @module
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { isEqualSecret } from '../constant-time.ts'
import { parseJsonLiterals } from '../json-literals.ts'
import type { ProviderDefinition, SandboxEnv } from '../provider.ts'
import { ACTIONS, createMovements, toPaid, toPayment } from './lipaykripto/movements.ts'
import type { Movement } from './lipaykripto/movements.ts'
import { createPageRoutes } from './lipaykripto/page-routes.ts'
import { LipaykriptoError, parsePayment, parseWithdrawal } from './lipaykripto/requests.ts'
import { createLipaykriptoSettings } from './lipaykripto/settings.ts'
import { sign, withdrawalSigningString } from './lipaykripto/signature.ts'
import { findMovement, StatusApiError, toStatusJson } from './lipaykripto/status-api.ts'
import { createTokens, TOKEN_SECONDS } from './lipaykripto/tokens.ts'
import { toWebhook } from './lipaykripto/webhooks.ts'

/** The account of a merchant at the stand-in. */
export interface LipaykriptoCredentials {
  readonly clientId: string
  readonly clientSecret: string
  /** "Your HMAC Secret", for withdrawals. */
  readonly hmacSecret: string
  /** For signed webhooks. */
  readonly webhookSecret: string
  /** For the status call. */
  readonly apiKey: string
}

const ERROR_TEXTS: Readonly<Record<number, string>> = { 429: 'Too many requests' }

/** The line in `providers/index.ts`. */
export const lipaykripto: ProviderDefinition<LipaykriptoCredentials> = {
  credentials: {
    clientId: 'sandbox-lipay-client',
    clientSecret: 'sandbox-lipay-client-secret-0001',
    hmacSecret: 'sandbox-lipay-hmac-secret-0002',
    webhookSecret: 'sandbox-lipay-webhook-secret-0003',
    apiKey: 'sandbox-lipay-status-key-0004',
  },
  operations: {
    token: [],
    payment: ['unknown-status', 'bad-address', 'change-address'],
    withdraw: ['unknown-status'],
    status: ['wrong-amount', 'unknown-status'],
  },
  actions: ACTIONS,
  errorBody: (status, operation) => {
    const error = ERROR_TEXTS[status] ?? 'Server error'
    if (operation === 'token') return { error }
    if (operation !== 'status') return { success: false, error }
    return { success: false, error: { code: `HTTP_${status}`, message: error } }
  },

  start(context, credentials) {
    const settings = createLipaykriptoSettings()
    const tokens = createTokens(context.now)
    const movements = createMovements(context.now, () => settings.get().withdrawalShape === 'sdk')
    const toOutgoing = (movement: Movement, url = movement.webhookUrl) =>
      toWebhook({ ...movement, webhookUrl: url }, { ...credentials, settings: settings.get() })
    const play = (id: string, action: string): Movement => {
      const movement = movements.act(id, action)
      context.notifier.send(toOutgoing(movement))
      return movement
    }

    const app = new Hono<SandboxEnv>()
    app.post('/api/auth/token', context.operation('token'), async (c) => {
      const { clientId, clientSecret } = parseJsonLiterals(await c.req.text()) ?? {}
      const isClient = isEqualSecret(toText(clientId), credentials.clientId)
      const isSecret = isEqualSecret(toText(clientSecret), credentials.clientSecret)
      if (!isClient || !isSecret) return c.json({ error: 'Invalid credentials' }, 401)
      return c.json({ token: tokens.issue(credentials.clientId), expiresIn: TOKEN_SECONDS })
    })

    app.post('/api/external-payment-request', context.operation('payment'), async (c) => {
      const text = await c.req.text()
      const [, token = ''] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? []
      const tokenId = tokens.read(token)
      if (tokenId === undefined) throw new LipaykriptoError(401, 'Invalid token')
      const request = parsePayment(parseJson(c, text))
      const { paymentId: reference, tryAmount, webhookUrl } = request
      c.set('details', { paymentId: reference, tryAmount })
      const about = { kind: 'payment', reference, tryAmount, webhookUrl } as const
      const payment = movements.create({ ...about, coin: undefined, walletAddress: null })
      if (!payment) throw new LipaykriptoError(400, 'Invalid paymentId', ['paymentId'])
      tokens.use(tokenId)
      const { clientId } = credentials
      const leak = settings.get().leakWebhookInToken ? { webhookUrl } : {}
      const pageToken = tokens.issueForPage({ clientId, paymentId: reference, tryAmount, ...leak })
      const answer = {
        success: true,
        paymentUrl: `${new URL(c.req.url).origin}/payment/${pageToken}`,
        paymentId: reference,
        clientId,
        paymentRequestId: payment.number,
        status: payment.status,
      }
      return c.json({ ...answer, ...DISTORTIONS[context.takeSemantic('payment') ?? ''] })
    })

    app.post('/api/withdraw', context.operation('withdraw'), async (c) => {
      const { signed, signature, tryAmount } = parseWithdrawal(parseJson(c, await c.req.text()))
      const { requestId: reference, webhookUrl, walletAddress, coinType, clientId } = signed
      c.set('details', { requestId: reference, tryAmount })
      if (!isEqualSecret(clientId, credentials.clientId)) {
        throw new LipaykriptoError(401, 'Invalid credentials', ['clientId'])
      }
      const expected = sign(withdrawalSigningString(signed), credentials.hmacSecret)
      if (!isEqualSecret(signature, expected)) {
        throw new LipaykriptoError(401, 'Invalid signature', ['signature'])
      }
      const about = { kind: 'withdrawal', reference, tryAmount, webhookUrl } as const
      const withdrawal = movements.create({ ...about, coin: coinType, walletAddress })
      if (!withdrawal) throw new LipaykriptoError(400, 'Invalid requestId', ['requestId'])
      const data = { withdrawId: withdrawal.number, status: withdrawal.status }
      const lie = DISTORTIONS[context.takeSemantic('withdraw') ?? '']
      return c.json({ success: true, data: { ...data, ...lie } })
    })

    app.get('/api/paymentcontroller', context.operation('status'), (c) => {
      if (!settings.get().statusApi) throw new LipaykriptoError(404, 'Not found')
      const query = new URL(c.req.url).searchParams
      c.set('details', { type: query.get('type'), paymentId: query.get('paymentId') })
      const { apiKey } = credentials
      const movement = findMovement({ given: c.req.header('x-api-key'), apiKey, query }, movements)
      return c.json(toStatusJson(movement, context.takeSemantic('status')))
    })

    for (const path of ['/api/auth/token', '/api/external-payment-request', '/api/withdraw']) {
      app.all(path, (c) => c.json(toErrorJson(c, 'Method not allowed'), 405, { allow: 'POST' }))
    }
    app.route('/', createPageRoutes({ movements, settings, tokens, play }))
    app.notFound((c) => c.json({ success: false, error: 'Not found' }, 404))
    app.onError((error, c) => {
      if (error instanceof StatusApiError) {
        const { status, code, message } = error
        return c.json({ success: false, error: { code, message } }, status)
      }
      if (!(error instanceof LipaykriptoError)) throw error
      const isWithdrawal = c.req.path === '/api/withdraw'
      const details = isWithdrawal ? { details: error.details } : {}
      return c.json({ success: false, error: error.message, ...details }, error.status)
    })

    return {
      app,
      control: settings.control,
      listPayments: () =>
        movements.list().map((each) => toPayment(each, movements.listActions(each))),
      listPaid: () => movements.list().flatMap(toPaid),
      act: (id, action) => void play(id, action),
      notification: (id, url) => {
        const movement = movements.list().find((each) => each.id === id)
        return movement && toOutgoing(movement, url)
      },
      reset: () => {
        settings.reset()
        tokens.reset()
        movements.reset()
      },
    }
  },
}

/** What the faults of the content say. */
const DISTORTIONS: Readonly<Record<string, object>> = {
  'unknown-status': { status: 'settled_elsewhere' },
  'bad-address': { paymentUrl: 'javascript:alert(1)' },
  'change-address': { paymentUrl: 'https://pay.stranger.example/payment/token' },
}

function parseJson(c: Context, text: string): Record<string, unknown> {
  const isJson = /^application\/json\b/i.test(c.req.header('content-type') ?? '')
  const body = isJson ? parseJsonLiterals(text) : undefined
  if (!body) throw new LipaykriptoError(400, 'Invalid JSON')
  return body
}

function toErrorJson(c: Context, error: string): object {
  return c.req.path === '/api/auth/token' ? { error } : { success: false, error }
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
