/**
 * What keeps a checkout from starting, or breaks in while one is on screen.
 * @module
 */
import type { ProblemCode } from '../../../protocol/api.ts'
import { en } from '../../../widget/locales/en.ts'
import { checkout, transferring } from '../fixtures.ts'
import { dress, shows } from '../scene.ts'
import type { Reply, Scene } from '../scene.ts'

/** Nothing is known but this. */
const first = (id: string, title: string, reply: Reply, words: string): Scene =>
  shows(id, title, checkout(), words, { answers: { read: [reply] } })

/** A signed order, and the proxy's answer to it. */
const refused = (id: string, title: string, create: ProblemCode, words: string): Scene =>
  shows(id, title, checkout(), words, {
    answers: { read: ['not_found'], create },
    attributes: { checkout: null, 'order-token': 'made.up.token' },
  })

export const TROUBLE_SCENES: readonly Scene[] = [
  { ...first('loading', 'Loading', 'never', ''), has: '[part=skeleton]' },
  first('unreachable', 'The proxy does not answer', 'lost', en.errors.unreachable[0]),
  first('store-down', 'The proxy cannot work', 'store_unavailable', en.errors.unreachable[0]),
  first('not-found', 'No such order', 'not_found', en.errors.not_found[0]),
  first('rate-limited', 'Too many requests', 'rate_limited', 'in a moment'),
  refused('price-changed', 'The price has changed', 'order_conflict', en.errors.order_conflict[0]),
  refused('bad-token', 'A signature that is wrong', 'invalid_order_token', en.errors.refused[0]),
  refused('too-late', 'The order is too old', 'checkout_expired', en.errors.checkout_expired[0]),
  shows('misconfigured', 'Attributes are missing', checkout(), en.misconfigured('')[0], {
    attributes: { checkout: null, proxy: null },
  }),
  shows(
    'connection-lost',
    'The connection is lost while paying',
    transferring(),
    en.connectionLost,
    {
      answers: { read: [dress('connection-lost', transferring()), 'lost'], sent: 'lost' },
      steps: [{ click: en.iHavePaid }],
    },
  ),
  shows('offline', 'Offline while paying', transferring(), en.errors.offline[0], {
    frame: { isOffline: true },
  }),
  shows('slow-cancel', 'A cancel that takes time', transferring(), en.cancelText, {
    answers: { read: [dress('slow-cancel', transferring())], cancel: 'never' },
    has: '[aria-disabled=true]',
    steps: [{ click: en.cancel }, { click: en.cancel, within: 'confirm' }],
  }),
]
