/**
 * Texts and amounts that are longer, shorter or other than anybody thinks of.
 * @module
 */
import type { Checkout } from '../../../protocol/payment.ts'
import { fill } from '../../../widget/locales/fill.ts'
import {
  ASKING,
  BITCOIN,
  BITCOIN_ADDRESS,
  ETHEREUM_ADDRESS,
  USDT_ETHEREUM,
  checkout,
  payment,
  transferAction,
  transferring,
} from '../fixtures.ts'
import { dress, shows } from '../scene.ts'
import type { Scene, Words } from '../scene.ts'

/** The order itself is other than usual. */
const order = (id: string, title: string, words: Words, given: Partial<Checkout>): Scene => {
  const state = transferring()
  const read = { ...dress(id, state), ...given }
  return shows(id, title, state, words, { answers: { read: [read] } })
}

const PRICE = { amount: '987654321098.76', currency: 'TRY' }

export const EXTREME_SCENES: readonly Scene[] = [
  order('long-texts', 'A long description and order number', (t) => fill(t.send, 'USDT', 'TRON'), {
    description:
      'Harbour Blend 1 kg × 4, Night Watch 250 g × 12, First Light sample box for the whole ' +
      'office, two drippers with two hundred filters, and a handwritten card',
    orderId: 'WEB-2026-03-02T10:00:00Z-7f3a9c51-6b0e-4f43-9a68-2d1c8e5b7a90-ISTANBUL',
  }),
  order('one-long-word', 'One long word', (t) => fill(t.send, 'USDT', 'TRON'), {
    description: 'Kahramanmaraşlılaştıramadıklarımızdanmışsınızcasına',
    orderId: '00000000000000000000000000000000000000000000000000000000000000000000',
  }),
  order('arabic', 'A description from right to left', 'قهوة', {
    description: 'قهوة الميناء 1 كغ × 4 ومقطرة (Harbour Blend)',
    orderId: 'طلب-20418',
  }),
  shows(
    'right-to-left',
    'A page from right to left',
    transferring(),
    (t) => fill(t.send, 'USDT', 'TRON'),
    {
      attributes: { dir: 'rtl' },
    },
  ),
  order('huge', 'Huge amounts', '1234567890.123456', {
    price: PRICE,
    methods: [{ ...USDT_ETHEREUM, price: PRICE }],
    payment: payment({
      methodId: USDT_ETHEREUM.id,
      nextAction: transferAction({
        address: ETHEREUM_ADDRESS,
        amount: '1234567890.123456',
        asset: { symbol: 'USDT', network: 'ETHEREUM', name: 'Tether' },
        quote: { rate: '1 USDT = 800.00000001 TRY', fee: '123456.789012 USDT' },
      }),
    }),
  }),
  order('tiny', 'A tiny amount', '0.00000547', {
    price: { amount: '0.16', currency: 'TRY' },
    methods: [{ ...BITCOIN, price: { amount: '0.16', currency: 'TRY' } }],
    payment: payment({
      methodId: BITCOIN.id,
      nextAction: transferAction({
        address: BITCOIN_ADDRESS,
        amount: '0.00000547',
        asset: { symbol: 'BTC', network: 'BITCOIN', name: 'Bitcoin' },
      }),
    }),
  }),
  order('day-left', 'A day to pay', '23:59:59', {
    payment: payment({
      expiresAt: null,
      nextAction: transferAction({ expiresAt: '2026-03-03T09:59:59.000Z' }),
    }),
  }),
  shows('many-questions', 'Many and long questions', checkout(), 'Identity number', {
    answers: { read: [withQuestions('many-questions')] },
    steps: [{ click: 'An exchange with a very long name' }],
  }),
]

function withQuestions(id: string): Checkout {
  const state = dress(id, checkout())
  const method = {
    ...ASKING,
    price: { amount: '6437.50', currency: 'TRY' },
    label: 'An exchange with a very long name (Istanbul, Ankara and everywhere else)',
    fields: [
      { id: 'email', label: 'E-mail', required: true, hint: 'For the receipt' },
      {
        id: 'name',
        label: 'Your name exactly as it stands in your passport or identity card',
        required: true,
      },
      {
        id: 'identity',
        label: 'Identity number',
        required: false,
        hint: 'Eleven digits. The exchange has to ask for it above a certain amount in a month.',
      },
    ],
  }
  return { ...state, methods: [method, { ...USDT_ETHEREUM, price: state.price }] }
}
