/**
 * On the way to a payment: networks, search, questions, a start that takes time, one that is refused.
 * @module
 */
import { fill } from '../../../widget/locales/fill.ts'
import { ASKING, BITCOIN, CARD, MANY, USDT_ETHEREUM, USDT_TRON, checkout } from '../fixtures.ts'
import { transferring } from '../fixtures.ts'
import { dress, shows } from '../scene.ts'
import type { Reply, Scene, Words } from '../scene.ts'

const many = checkout({ methods: MANY })
const asking = checkout({ methods: [USDT_TRON, ASKING] })

/** Bitcoin was picked, and the proxy says this. */
const picked = (id: string, title: string, start: Reply, words: Words): Scene => {
  const state = dress(id, checkout())
  return shows(id, title, checkout(), words, {
    answers: { read: [state], start },
    steps: [{ click: 'Bitcoin' }],
  })
}

export const CHOOSING_SCENES: readonly Scene[] = [
  shows('networks', 'The networks of a coin', checkout(), (t) => fill(t.chooseNetwork, 'USDT'), {
    steps: [{ click: 'Tether' }],
  }),
  shows('search', 'A search with a match', many, 'Solana', {
    steps: [{ type: 'sol', into: 'search' }],
  }),
  shows('search-without-a-match', 'A search without one', many, (t) => t.noMatch, {
    steps: [{ type: 'doge', into: 'search' }],
  }),
  shows(
    'prices-and-fees',
    'Methods with a price or a fee of their own',
    checkout(),
    (t) => `${t.fee} 1.2 USDT`,
    {
      answers: { read: [withOwnPrices('prices-and-fees')] },
    },
  ),
  shows('questions', 'What a method asks first', asking, (t) => fill(t.consent, 'Exchange'), {
    steps: [{ click: 'Exchange' }],
  }),
  {
    ...picked('starting', 'A method is being started', 'never', 'Bitcoin'),
    has: '[aria-busy=true]',
  },
  picked(
    'declined',
    'A start that was declined',
    'payment_refused',
    (t) => t.errors.payment_refused[0],
  ),
  picked(
    'not-available',
    'A method that is down',
    'provider_unavailable',
    (t) => t.errors.method_not_available[0],
  ),
  picked(
    'too-many-attempts',
    'Too many attempts',
    'too_many_attempts',
    (t) => t.errors.too_many_attempts[0],
  ),
  picked(
    'in-progress',
    'A payment is on its way',
    'payment_in_progress',
    (t) => t.errors.payment_in_progress[0],
  ),
  shows('another-way', 'Choosing another way', transferring(), (t) => t.backToPayment, {
    steps: [{ click: (t) => t.change }],
  }),
]

function withOwnPrices(id: string) {
  const state = dress(id, checkout())
  return {
    ...state,
    methods: [
      { ...USDT_ETHEREUM, price: state.price },
      { ...BITCOIN, price: { amount: '149.90', currency: 'USD' } },
      { ...CARD, price: { amount: '6437.50', currency: 'TRY' }, fee: '3 %' },
    ],
  }
}
