/**
 * The control server: plays scenarios on the stand-ins. All of it is ours, no provider's.
 *
 * JSON, open to every origin, no authentication: it only ever moves play money. Errors are
 * `application/problem+json` with `code`, `detail` and, where a word is unknown, `legal`.
 *
 * | route | does |
 * |---|---|
 * | `GET /` | `{urls, providers: [{name, url, operations, actions}], faults}` |
 * | `GET /payments` | all payments, newest first: `[{provider, id, status, amount, currency, reference, createdAt, actions, details}]` |
 * | `GET /payments/:provider/:id` | one of them |
 * | `POST /payments/:provider/:id` `{action, amount?, currency?}` | plays an action; answers the payment. 400 `unknown_action`, 404 `unknown_payment`, 409 `action_not_possible` |
 * | `GET /faults` | the faults that still wait |
 * | `POST /faults` `{provider, operation, kind, times?, retryAfter?, afterEffect?}` | adds one (201). `times` 1 by default, 0 until cleared; `afterEffect`: do the operation, then break the answer |
 * | `DELETE /faults` | clears them (204) |
 * | `GET /ledger` | `{<provider>: {calls: [{at, operation, status, fault, details}], payments, paid: [{id, amount, currency, at}]}}` |
 * | `GET /notifications` | every webhook so far: `[{id, provider, paymentId, url, headers, body, isForged, attempts: [{at, status, body}], state}]`; `state`: waiting, delivered, lost, given-up |
 * | `POST /notifications` `{provider, paymentId, body?, headers?, url?}` | sends one that the provider did not send (201): the true one of now, with these over it; a header that is null is left out. 400 `url_not_loopback`, 409 `no_notification` |
 * | `POST /notifications/:id/replay` | sends it once more, held ones for the first time. 404 `unknown_notification` |
 * | `GET /notify` | the modes that still wait |
 * | `POST /notify` `{provider, kind, times?, delayMs?}` | the provider's next notifications go wrong (201): lose, double, delay, reorder, forge, hold (`notifier.ts`). `times` 1 by default, 0 until cleared |
 * | `DELETE /notify` | clears the modes (204) |
 * | `GET /clock`, `POST /clock` `{skewMs}` | how far the providers' clocks are ahead; answers it |
 * | `POST /reset` | forgets payments, faults, ledger, notifications, switches and the clocks' skew (204) |
 * | `POST /cryptom/expire-tokens` | every token given so far is refused from now on (204) |
 * | `POST /redoya/orders` `{orderToken, identifier, outcome, testMode?, currency?, payment_amount?}` | what the hosted page does: `{orderId, redirect}` (201). `outcome`: success, failed, pending; the optional fields spoil the answer of verify |
 * | `POST /redoya/float-prices` `{accepted}` | whether prices may have decimals (204); not by default, as documented |
 * | `GET /lincoln/settings`, `POST` `{timeAs?, legacyPost?, httpErrors?, amountsAs?, captcha?, ipnHashIn?, ipnHashName?, callbackAs?}` | what nobody knows of Lincoln's server (`providers/lincoln/settings.ts`); answers all of them |
 *
 * Cryptom's actions: pay, pay-part, overpay, timeout, manual-check, converting, converted,
 * wallet-charged, done, cancel. Redoya's: confirm, fail, time-out, delay.
 * Lincoln's: wait-payment, in-progress, payout-queue, done, hold, error-payment, error-payout,
 * returned, delete, change-amount, expire; each but expire takes another inAmount as `amount`.
 *
 * @module
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { cors } from 'hono/cors'
import type { SkewedClock } from './clock.ts'
import { parseFault } from './faults.ts'
import type { FaultTable } from './faults.ts'
import type { Notifier } from './notifier.ts'
import { createNotifyControl } from './notify-control.ts'
import { invalidField, ProblemError, unknownWord } from './problem.ts'
import type { SandboxPayment } from './provider.ts'
import { readBody } from './request-body.ts'
import { PROVIDER_NAMES, PROVIDERS } from './providers/index.ts'
import type { ProviderName } from './providers/index.ts'
import type { RunningProvider } from './start.ts'

/** What the control server drives. */
export interface ControlOptions {
  readonly running: Readonly<Record<ProviderName, RunningProvider>>
  readonly faults: FaultTable
  readonly notifier: Notifier
  readonly clock: SkewedClock
  /** The stand-ins' origins; its own the control server reads from the request. */
  readonly urls: Readonly<Record<ProviderName, string>>
}

/** Every route of the control API, on one screen. */
export function createControl(options: ControlOptions): Hono {
  const { running, faults, notifier, clock, urls } = options
  const app = new Hono()
  app.use('*', cors({ origin: '*' }))

  app.get('/', (c) => {
    const providers = PROVIDER_NAMES.map((name) => {
      const { operations, actions } = PROVIDERS[name]
      return { name, url: urls[name], operations: Object.keys(operations), actions }
    })
    const control = new URL(c.req.url).origin
    return c.json({ urls: { control, ...urls }, providers, faults: faults.list() })
  })

  app.get('/payments', (c) => c.json(listPayments(running)))
  app.get('/payments/:provider/:id', (c) => c.json(findPayment(running, c)))
  app.post('/payments/:provider/:id', async (c) => {
    const { provider, id } = findPayment(running, c)
    const { action, amount, currency } = await readBody(c)
    const { actions } = PROVIDERS[provider]
    if (typeof action !== 'string' || !actions.includes(action)) {
      throw unknownWord('action', action, actions)
    }
    if (amount !== undefined && typeof amount !== 'string') {
      throw new ProblemError(400, 'invalid_amount', 'The amount is no decimal text.')
    }
    if (currency !== undefined && typeof currency !== 'string') {
      throw new ProblemError(400, 'invalid_currency', 'The currency is no text.')
    }
    running[provider].provider.act(id, action, amount, currency)
    return c.json(findPayment(running, c))
  })

  app.get('/faults', (c) => c.json(faults.list()))
  app.post('/faults', async (c) => {
    const fault = parseFault(await readBody(c), PROVIDERS)
    faults.add(fault)
    return c.json(fault, 201)
  })
  app.delete('/faults', (c) => {
    faults.clear()
    return c.body(null, 204)
  })

  app.get('/ledger', (c) => {
    const entries = PROVIDER_NAMES.map((name) => {
      const { ledger, provider } = running[name]
      const payments = provider.listPayments()
      return [name, { calls: ledger.list(), payments, paid: provider.listPaid() }] as const
    })
    return c.json(Object.fromEntries(entries))
  })
  app.get('/clock', (c) => c.json({ skewMs: clock.skew() }))
  app.post('/clock', async (c) => {
    const { skewMs } = await readBody(c)
    if (typeof skewMs !== 'number' || !Number.isInteger(skewMs)) throw invalidField('skewMs')
    clock.setSkew(skewMs)
    return c.json({ skewMs })
  })
  app.post('/reset', (c) => {
    faults.clear()
    clock.setSkew(0)
    notifier.reset()
    for (const { ledger, provider } of Object.values(running)) {
      provider.reset()
      ledger.clear()
    }
    return c.body(null, 204)
  })

  const providers = new Map(PROVIDER_NAMES.map((name) => [name, running[name].provider]))
  app.route('/', createNotifyControl({ notifier, providers }))
  for (const name of PROVIDER_NAMES) {
    const { control } = running[name].provider
    if (control) app.route(`/${name}`, control)
  }

  app.notFound(() => answerProblem(new ProblemError(404, 'unknown_route', 'No such route.')))
  app.onError((error) => {
    if (error instanceof ProblemError) return answerProblem(error)
    throw error
  })
  return app
}

type ListedPayment = { readonly provider: ProviderName } & SandboxPayment

function listPayments(running: ControlOptions['running']): ListedPayment[] {
  return PROVIDER_NAMES.flatMap((provider) =>
    running[provider].provider.listPayments().map((payment) => ({ provider, ...payment })),
  )
    .toReversed()
    .toSorted((a, b) => b.createdAt.localeCompare(a.createdAt))
}

function findPayment(running: ControlOptions['running'], c: Context): ListedPayment {
  const { provider, id } = c.req.param()
  const name = PROVIDER_NAMES.find((each) => each === provider)
  if (!name) throw unknownWord('provider', provider, PROVIDER_NAMES)
  const payment = running[name].provider.listPayments().find((each) => each.id === id)
  if (!payment) throw new ProblemError(404, 'unknown_payment', `${name} has no such payment.`)
  return { provider: name, ...payment }
}

function answerProblem(error: ProblemError): Response {
  const headers = { 'content-type': 'application/problem+json' }
  return Response.json(error.toProblem(), { status: error.status, headers })
}
