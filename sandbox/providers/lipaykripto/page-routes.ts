/**
 * LiPayKripto's hosted page, `GET /payment/<token>`, and the endpoints its script calls. Of the
 * page the document says: the shopper chooses a coin, pays, and is "redirected to your post-payment
 * page". The endpoints are ours; their errors are `{code, message}`.
 *
 * | route | does |
 * |---|---|
 * | `POST /sandbox/payment/open` `{token}` | what is to be paid and what became of it |
 * | `POST /sandbox/payment/coin` `{token, coin}` | chooses a coin: the address screen |
 * | `POST /sandbox/payment/end` `{token, action}` | `confirm` or `fail`, with webhook |
 *
 * @module
 */
import { Hono } from 'hono'
import QRCode from 'qrcode'
import { renderHostedPage } from '../../hosted-page.ts'
import { ProblemError, unknownWord } from '../../problem.ts'
import type { SandboxEnv } from '../../provider.ts'
import { readBody } from '../../request-body.ts'
import type { Settings } from '../../settings.ts'
import { COINS, quoteDeposit } from './coins.ts'
import type { Movement, Movements } from './movements.ts'
import { PAGE } from './page.ts'
import type { LipaykriptoSettings } from './settings.ts'
import type { Tokens } from './tokens.ts'

/** What the page works on. */
export interface PageRoutesOptions {
  readonly movements: Movements
  readonly settings: Settings<LipaykriptoSettings>
  readonly tokens: Tokens
  /** Acts, and sends the webhook. */
  readonly play: (id: string, action: string) => Movement
}

export function createPageRoutes(options: PageRoutesOptions): Hono<SandboxEnv> {
  const { movements, settings, tokens, play } = options
  const app = new Hono<SandboxEnv>()

  const find = ({ token }: Record<string, unknown>): Movement => {
    const reference = tokens.readForPage(typeof token === 'string' ? token : '')
    const payment = reference === undefined ? undefined : movements.find('payment', reference)
    if (!payment) throw new ProblemError(404, 'unknown_payment', 'There is no such payment.')
    return payment
  }
  const show = async (payment: Movement): Promise<object> => {
    const { reference, tryAmount, status, coin } = payment
    const deposit = coin && quoteDeposit(tryAmount, coin, reference)
    const qr = deposit && (await QRCode.toDataURL(deposit.address, { width: 320, margin: 2 }))
    const { returnPage } = settings.get()
    return { reference, tryAmount, status, coins: COINS, deposit, qr, returnPage }
  }

  app.get('/payment/:token', (c) => renderHostedPage(c, PAGE))
  app.post('/sandbox/payment/open', async (c) => c.json(await show(find(await readBody(c)))))
  app.post('/sandbox/payment/coin', async (c) => {
    const body = await readBody(c)
    const payment = find(body)
    const coin = COINS.find((each) => each === body['coin'])
    if (!coin) throw unknownWord('coin', body['coin'], COINS)
    if (payment.status !== 'pending_coin_selection' && payment.status !== 'pending') {
      throw new ProblemError(409, 'action_not_possible', 'This payment has ended.')
    }
    payment.coin = coin
    payment.status = 'pending'
    return c.json(await show(payment))
  })
  app.post('/sandbox/payment/end', async (c) => {
    const body = await readBody(c)
    const action = PAGE_ACTIONS.find((each) => each === body['action'])
    if (!action) throw unknownWord('action', body['action'], PAGE_ACTIONS)
    return c.json(await show(play(find(body).id, action)))
  })
  app.onError((error, c) => {
    if (!(error instanceof ProblemError)) throw error
    return c.json({ code: error.code, message: error.message }, error.status)
  })
  return app
}

const PAGE_ACTIONS = ['confirm', 'fail'] as const
