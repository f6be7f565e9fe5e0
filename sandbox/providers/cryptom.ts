/**
 * Cryptom Pay, the stand-in: log in, create a transaction, show its wallet, poll it, cancel it.
 *
 * From the document: the routes, the request fields, the answers' keys and their types ("Example
 * responses", "Transaction History"), the statuses, `isTransferComplete` ("Transaction Completion
 * Criteria").
 *
 * Ours, where the document is silent:
 * - the header `Authorization: Bearer <accessToken>`, also for `/qr`;
 * - every error: `{status: false, message}` with 400 (request), 401 (password, token), 404
 *   (transaction, route) and 409 (cannot be canceled);
 * - `userMobile` and `statusNote` may be left out; unknown fields may not be sent;
 * - the answers of detail and cancel are those of create, with the state of now;
 * - the QR code holds the bare address;
 * - a PENDING transaction becomes TIMEOUT once its `timeout` has passed.
 *
 * Quirks kept as printed: `expires` are durations and `expiresIn` moments; the token's own `exp`
 * lies much further out than the token lives; `timeout` is 60000 seconds away; `wallet.ID` is a
 * number above 2^53; history has no `isTransferComplete`.
 *
 * @module
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import QRCode from 'qrcode'
import { isEqualSecret } from '../constant-time.ts'
import { parseJsonObject } from '../json.ts'
import type { ProviderDefinition, SandboxEnv } from '../provider.ts'
import { ACTIONS, listActions } from './cryptom/actions.ts'
import { distort, toTransactionJson } from './cryptom/answers.ts'
import { searchHistory } from './cryptom/history.ts'
import { CryptomError, parseCreate, parseLogin } from './cryptom/requests.ts'
import { createTokens } from './cryptom/tokens.ts'
import type { Transaction } from './cryptom/transaction.ts'
import { createTransactions, toPayment } from './cryptom/transactions.ts'

/** The account of a merchant at the stand-in. */
export interface CryptomCredentials {
  readonly email: string
  readonly password: string
}

const SEMANTIC = [
  'wrong-amount',
  'wrong-coin',
  'wrong-network',
  'unknown-status',
  'bad-address',
  'change-address',
] as const

/** The line in `providers/index.ts`. */
export const cryptom: ProviderDefinition<CryptomCredentials> = {
  credentials: { email: 'merchant@shop.example', password: 'sandbox-password' },
  operations: {
    auth: [],
    create: SEMANTIC,
    qr: [],
    detail: SEMANTIC,
    cancel: SEMANTIC,
    history: [],
  },
  actions: ACTIONS,
  errorBody: (status) => ({ status: false, message: `Error ${status}` }),

  start(context, credentials) {
    const tokens = createTokens(context.now)
    const transactions = createTransactions(context.now)
    const app = new Hono<SandboxEnv>()

    const requireToken = (c: Context): void => {
      const [, token] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? []
      if (token === undefined || !tokens.accepts(token)) throw new CryptomError(401, 'Unauthorized')
    }
    const answer = (c: Context, operation: string, transaction: Transaction): Response => {
      const data = toTransactionJson(transaction)
      return json(c, { status: true, data: distort(data, context.takeSemantic(operation)) })
    }
    const find = (c: Context<SandboxEnv>): Transaction => {
      const id = c.req.param('transactionID') ?? ''
      c.set('details', { id })
      const transaction = transactions.get(id)
      if (!transaction) throw new CryptomError(404, 'Transaction not found')
      return transaction
    }

    app.post('/auth', context.operation('auth'), async (c) => {
      const login = parseLogin(await readBody(c))
      const isEmail = isEqualSecret(login.email, credentials.email)
      const isPassword = isEqualSecret(login.password, credentials.password)
      if (!isEmail || !isPassword) throw new CryptomError(401, 'Wrong email or password')
      return c.json({ status: true, ...tokens.issue() })
    })

    app.post('/api/transaction/create', context.operation('create'), async (c) => {
      requireToken(c)
      const request = parseCreate(await readBody(c))
      const transaction = transactions.create(request)
      const { userMobile: _, ...shown } = request
      c.set('details', { id: transaction.id, ...shown })
      return answer(c, 'create', transaction)
    })

    app.get('/qr/:transactionID', context.operation('qr'), async (c) => {
      requireToken(c)
      const png = await QRCode.toBuffer(find(c).wallet.address, { width: 320 })
      return c.body(new Uint8Array(png), 200, { 'content-type': 'image/png' })
    })

    app.get('/api/transaction/detail/:transactionID', context.operation('detail'), (c) => {
      requireToken(c)
      return answer(c, 'detail', find(c))
    })

    app.delete('/api/transaction/cancel/:transactionID', context.operation('cancel'), (c) => {
      requireToken(c)
      const transaction = find(c)
      if (!listActions(transaction).includes('cancel')) {
        throw new CryptomError(409, 'Transaction cannot be canceled')
      }
      transactions.act(transaction.id, 'cancel', undefined)
      return answer(c, 'cancel', transaction)
    })

    app.get('/api/transaction', context.operation('history'), (c) => {
      requireToken(c)
      const query = new URL(c.req.url).searchParams
      c.set('details', { filters: [...query.keys()] })
      return json(c, { status: true, data: searchHistory(transactions.list(), query) })
    })

    app.notFound((c) => c.json({ status: false, message: 'Route not found' }, 404))
    app.onError((error, c) => {
      if (!(error instanceof CryptomError)) throw error
      return c.json({ status: false, message: error.message }, error.status)
    })

    const control = new Hono()
    control.post('/expire-tokens', (c) => {
      tokens.expireAll()
      return c.body(null, 204)
    })

    return {
      app,
      control,
      listPayments: () => transactions.list().map(toPayment),
      listPaid: () =>
        transactions
          .list()
          .flatMap(({ id, request, transfers }) =>
            transfers.map(({ at, amount }) => ({ id, amount, currency: request.coin, at })),
          ),
      act: transactions.act,
      reset: transactions.reset,
    }
  },
}

async function readBody(c: Context): Promise<Record<string, unknown>> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? '')) {
    throw new CryptomError(400, 'The body must be application/json')
  }
  const body = parseJsonObject(await c.req.text())
  if (!body) throw new CryptomError(400, 'The body is no JSON object')
  return body
}

/** Not `c.json`: the numbers above 2^53 need `rawNumber`, whose type Hono cannot know. */
function json(c: Context, body: unknown): Response {
  return c.body(JSON.stringify(body), 200, { 'content-type': 'application/json; charset=utf-8' })
}
