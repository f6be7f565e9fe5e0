/**
 * What keeps a checkout from starting, or breaks in while one is on screen.
 * @module
 */
import type { ProblemCode } from '../../../protocol/api.ts'
import { checkout, transferring } from '../fixtures.ts'
import { dress, shows } from '../scene.ts'
import type { Reply, Scene, Words } from '../scene.ts'

/** Nothing is known but this. */
const first = (id: string, title: string, reply: Reply, words: Words): Scene =>
  shows(id, title, checkout(), words, { answers: { read: [reply] } })

/** A signed order, and the proxy's answer to it. */
const refused = (id: string, title: string, create: ProblemCode, words: Words): Scene =>
  shows(id, title, checkout(), words, {
    answers: { read: ['not_found'], create },
    attributes: { checkout: null, 'order-token': 'made.up.token' },
  })

export const TROUBLE_SCENES: readonly Scene[] = [
  { ...first('loading', 'Loading', 'never', ''), has: '[part=skeleton]' },
  first('unreachable', 'The proxy does not answer', 'lost', (t) => t.errors.unreachable[0]),
  first('store-down', 'The proxy cannot work', 'store_unavailable', (t) => t.errors.unreachable[0]),
  first('not-found', 'No such order', 'not_found', (t) => t.errors.not_found[0]),
  first('rate-limited', 'Too many requests', 'rate_limited', (t) => t.errors.too_many_attempts[1]),
  refused(
    'price-changed',
    'The price has changed',
    'order_conflict',
    (t) => t.errors.order_conflict[0],
  ),
  refused(
    'bad-token',
    'A signature that is wrong',
    'invalid_order_token',
    (t) => t.errors.refused[0],
  ),
  refused(
    'too-late',
    'The order is too old',
    'checkout_expired',
    (t) => t.errors.checkout_expired[0],
  ),
  shows('misconfigured', 'Attributes are missing', checkout(), (t) => t.misconfigured[0], {
    attributes: { checkout: null, proxy: null },
  }),
  shows(
    'connection-lost',
    'The connection is lost while paying',
    transferring(),
    (t) => t.connectionLost,
    {
      answers: { read: [dress('connection-lost', transferring()), 'lost'], sent: 'lost' },
      steps: [{ click: (t) => t.iHavePaid }],
    },
  ),
  shows('offline', 'Offline while paying', transferring(), (t) => t.errors.offline[0], {
    frame: { isOffline: true },
  }),
  shows('slow-cancel', 'A cancel that takes time', transferring(), (t) => t.cancelText, {
    answers: { read: [dress('slow-cancel', transferring())], cancel: 'never' },
    has: '[aria-disabled=true]',
    steps: [{ click: (t) => t.cancel }, { click: (t) => t.cancel, within: 'confirm' }],
  }),
]
