/**
 * Made-up checkouts in every state: what the element's tests and the gallery show. Addresses are the
 * published examples of their standards, or made from random bytes.
 * @module
 */
import type {
  Checkout,
  Method,
  Payment,
  RedirectAction,
  TransferAction,
} from '../../protocol/payment.ts'

export const PROXY = 'https://pay.example'
export const NOW = Date.parse('2026-03-02T10:00:00.000Z')

/** An ISO time so many milliseconds after {@link NOW}. */
export const after = (ms: number): string => new Date(NOW + ms).toISOString()

export const TRON_ADDRESS = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t'
export const OTHER_TRON_ADDRESS = 'TLa2f6VPqDgRE67v1736s7bJ8Ray5wYjU7'
export const BITCOIN_ADDRESS = 'bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4'
export const ETHEREUM_ADDRESS = '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed'

const method = (given: Partial<Method> & Pick<Method, 'id' | 'flow'>): Method => ({
  asset: null,
  label: given.id,
  price: { amount: '100.00', currency: 'TRY' },
  limits: null,
  fields: [],
  consent: null,
  fee: null,
  ...given,
})

export const USDT_TRON = method({
  id: 'a:USDT:TRON',
  flow: 'transfer',
  asset: { symbol: 'USDT', network: 'TRON', name: 'Tether' },
  label: 'Tether',
})
export const USDT_ETHEREUM = method({
  id: 'a:USDT:ETHEREUM',
  flow: 'transfer',
  asset: { symbol: 'USDT', network: 'ETHEREUM', name: 'Tether' },
  label: 'Tether',
  fee: '1.2 USDT',
})
export const BITCOIN = method({
  id: 'a:BTC:BITCOIN',
  flow: 'transfer',
  asset: { symbol: 'BTC', network: 'BITCOIN', name: 'Bitcoin' },
  label: 'Bitcoin',
})
export const CARD = method({ id: 'card', flow: 'redirect', label: 'Card' })
export const ASKING = method({
  id: 'asking',
  flow: 'redirect',
  label: 'Exchange',
  fields: [{ id: 'email', label: 'E-mail', required: true, hint: 'For the receipt' }],
  consent: { url: 'https://terms.example/' },
})

/** Enough coins for a search field. */
export const MANY: readonly Method[] = [
  USDT_TRON,
  USDT_ETHEREUM,
  BITCOIN,
  ...(
    [
      ['TRX', 'TRON', 'TRON'],
      ['ETH', 'ETHEREUM', 'Ether'],
      ['BNB', 'BSC', 'BNB'],
      ['SOL', 'SOLANA', 'Solana'],
      ['USDC', 'SOLANA', 'USD Coin'],
    ] as const
  ).map(([symbol, network, name]) =>
    method({
      id: `a:${symbol}:${network}`,
      flow: 'transfer',
      asset: { symbol, network, name },
      label: name,
    }),
  ),
  CARD,
]

export const checkout = (given: Partial<Checkout> = {}): Checkout => ({
  id: 'Qm3xT8vLr2Kp9ZsW4yNb7A',
  orderId: 'A-1001',
  price: { amount: '100.00', currency: 'TRY' },
  description: 'Two mugs',
  status: 'pending',
  reason: null,
  testMode: false,
  priceSource: 'token',
  methods: [USDT_TRON, USDT_ETHEREUM, BITCOIN, CARD],
  payment: null,
  expiresAt: after(86_400_000),
  serverNow: after(0),
  pollAfterMs: 3000,
  receipt: null,
  ...given,
})

export const payment = (given: Partial<Payment> = {}): Payment => ({
  id: 'p1',
  methodId: USDT_TRON.id,
  status: 'pending',
  reason: null,
  cancelable: true,
  nextAction: null,
  received: null,
  remaining: null,
  createdAt: after(0),
  expiresAt: after(900_000),
  ...given,
})

export const transferAction = (given: Partial<TransferAction> = {}): TransferAction => ({
  type: 'transfer',
  address: TRON_ADDRESS,
  amount: '148.874',
  asset: { symbol: 'USDT', network: 'TRON', name: 'Tether' },
  uri: null,
  expiresAt: after(900_000),
  ...given,
})

export const redirectAction: RedirectAction = { type: 'redirect', url: 'https://page.example/p/1' }

export const transferring = (given: Partial<TransferAction> = {}): Checkout =>
  checkout({ payment: payment({ nextAction: transferAction(given) }) })

export const bitcoin = (): Checkout =>
  checkout({
    payment: payment({
      id: 'p-btc',
      methodId: BITCOIN.id,
      nextAction: transferAction({
        address: BITCOIN_ADDRESS,
        amount: '0.00213',
        asset: { symbol: 'BTC', network: 'BITCOIN', name: 'Bitcoin' },
        uri: `bitcoin:${BITCOIN_ADDRESS}?amount=0.00213`,
        quote: { rate: '1 BTC = 46,948.36 TRY', fee: '0.35 TRY' },
      }),
    }),
  })

const usdt = (amount: string) => ({ amount, currency: 'USDT' })

/** Every state that a shopper can meet, by name. */
export const STATES: Readonly<Record<string, Checkout>> = {
  'choose a coin': checkout(),
  'choose among many': checkout({ methods: MANY, testMode: true, priceSource: 'unsigned' }),
  'no method': checkout({ methods: [] }),
  transfer: transferring(),
  'transfer with a wallet link': bitcoin(),
  partial: checkout({
    status: 'processing',
    reason: 'underpaid',
    payment: payment({
      status: 'processing',
      reason: 'underpaid',
      nextAction: transferAction(),
      received: usdt('100'),
      remaining: usdt('48.874'),
    }),
  }),
  redirect: checkout({
    payment: payment({ methodId: CARD.id, cancelable: false, nextAction: redirectAction }),
  }),
  waiting: checkout({ payment: payment() }),
  ...ended('processing'),
  'processing with details': checkout({
    status: 'processing',
    payment: payment({ status: 'processing', nextAction: transferAction() }),
  }),
  ...ended('review'),
  ...ended('review', 'underpaid'),
  ...ended('review', 'unconfirmed'),
  ...ended('paid'),
  ...ended('paid', 'overpaid'),
  ...ended('paid', 'late'),
  ...ended('paid', 'duplicate'),
  ...ended('paid', 'refund_failed'),
  ...ended('refunding'),
  ...ended('refunded'),
  ...attempt('failed'),
  ...attempt('failed', 'declined'),
  ...attempt('expired'),
  ...attempt('expired', 'unconfirmed'),
  ...attempt('canceled'),
  'order expired': checkout({ status: 'expired', pollAfterMs: null }),
}

function ended(status: Checkout['status'], reason: Checkout['reason'] = null) {
  const received = status === 'paid' ? usdt('148.874') : null
  return {
    [reason ? `${status}, ${reason}` : status]: checkout({
      status,
      reason,
      pollAfterMs: status === 'paid' ? null : 3000,
      receipt: status === 'paid' ? 'eyJ.receipt.sig' : null,
      payment: payment({ status, reason, received }),
    }),
  }
}

function attempt(status: Payment['status'], reason: Payment['reason'] = null) {
  return {
    [reason ? `${status}, ${reason}` : status]: checkout({ payment: payment({ status, reason }) }),
  }
}
