/**
 * The proxy's HTTP API as the scenes want it: `/gallery/api/<scene>/v1/checkouts/…`.
 *
 * It keeps nothing. How often the page has asked before stands in a header that `gallery-world.ts` adds;
 * replies that no server can give (`lost`, `never`) are told it by another, and made there.
 * @module
 */
import { Hono } from 'hono'
import type { Context } from 'hono'
import { PROBLEMS } from '../../protocol/api.ts'
import type { Checkout } from '../../protocol/payment.ts'
import { NOW } from './fixtures.ts'
import type { Reply, Scene } from './scene.ts'
import { findScene } from './scenes.ts'

/** How often this page has asked the same before. */
const TURN = 'x-gallery-turn'
/** When the page was opened; absent where its time stands still. */
const SINCE = 'x-gallery-since'
/** `lost` or `never`. */
const FATE = 'x-gallery-fate'

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

export function createGalleryApi(): Hono {
  const app = new Hono()
  const on = (choose: (scene: Scene, turn: number) => Reply) => (c: Context) => {
    const scene = findScene(c.req.param('scene') ?? '')
    const turn = Number(c.req.header(TURN) ?? 0)
    return scene ? send(c, choose(scene, turn)) : c.notFound()
  }
  const read = ({ answers }: Scene, turn: number): Reply =>
    answers.read[turn] ?? answers.read.at(-1) ?? 'not_found'
  const base = '/:scene/v1/checkouts'
  app.post(
    base,
    on((scene) => scene.answers.create ?? read(scene, 0)),
  )
  app.get(`${base}/:id`, on(read))
  for (const action of ['payments', 'cancel', 'sent'] as const) {
    const name = action === 'payments' ? 'start' : action
    app.post(
      `${base}/:id/${action}`,
      on((scene) => scene.answers[name] ?? read(scene, 0)),
    )
  }
  return app
}

function send(c: Context, reply: Reply): Response {
  c.header('cache-control', 'no-store')
  if (reply === 'lost' || reply === 'never') return c.body(null, 204, { [FATE]: reply })
  if (typeof reply !== 'string')
    return c.json(atTime(reply, Number(c.req.header(SINCE) ?? Date.now())))
  const status = PROBLEMS[reply]
  return c.json(
    { type: 'about:blank', title: '', status, code: reply, requestId: 'made-up' },
    status,
  )
}

/** The fixtures' clock stands still; it is now set to when the page was opened, and runs. */
function atTime(checkout: Checkout, since: number): object {
  const move = (_name: string, value: unknown): unknown => {
    if (typeof value !== 'string' || !TIME.test(value)) return value
    return new Date(Date.parse(value) - NOW + since).toISOString()
  }
  const moved = JSON.parse(JSON.stringify(checkout), move) as Checkout
  return { ...moved, serverNow: new Date().toISOString() }
}
