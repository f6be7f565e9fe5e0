/**
 * LiPayKripto's withdrawals (document, section 8).
 *
 * Signed with HMAC-SHA256, lower hex, are seven fields in this order, with nothing between them:
 * `try_amount + clientId + requestId + wallet_address + coin_type + webhook_url + created_at`
 * `100.00test12345WITHDRAW_123TXBCD12345...TRXhttps://example.com/webhook2025-04-20T14:30:00Z`
 * The amount that is signed is the number literal that is sent, to the letter.
 * @module
 */
import { createHmac } from 'node:crypto'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { sha256 } from '@noble/hashes/sha2.js'
import { z } from 'zod'
import { isAddress } from '../../protocol/address.ts'
import type { Network } from '../../protocol/assets.ts'
import { compareDecimal, shortest } from '../../protocol/money.ts'
import { ProviderError, ProxyError } from '../errors.ts'
import { withDecimals } from '../json-decimal.ts'
import { providerId, statusWord } from '../option-schemas.ts'
import type { PayoutProvider, PayoutStatus } from '../payout.ts'
import { expectShape } from '../provider-fetch.ts'
import type { ProviderFetch } from '../provider-fetch.ts'
import { readLipayNotice } from './lipaykripto-notice.ts'
import { accept } from './lipaykripto-answer.ts'
import type { AskStatus } from './lipaykripto-status.ts'
import type { LipayOptions } from './lipaykripto.ts'

/** Both documents' words. What is not here stays `pending`: never final. */
const STATUSES: Readonly<Record<string, PayoutStatus>> = {
  pending: 'pending',
  processing: 'pending',
  confirmed: 'confirmed',
  completed: 'confirmed',
  failed: 'failed',
  manual_process: 'review',
  manual: 'review',
}

/** Fields that are signed side by side may hold nothing that could be moved from one to the next. */
const SAFE = /^[A-Za-z0-9_-]+$/
/** Digits after digits (amount, such a client id, such a request id) could be parted in two ways. */
const NUMERIC = /^[\d.]+$/

/** Where each coin's wallets are; with USDT the document names no network. */
const NETWORKS: Readonly<Record<string, readonly Network[]>> = {
  TRX: ['TRON'],
  USDT: ['TRON', 'ETHEREUM'],
  ETH: ['ETHEREUM'],
}

const withdrawShape = z.object({
  success: z.literal(true),
  data: z.object({
    withdrawId: providerId,
    status: statusWord,
  }),
})

export interface WithdrawalFields {
  readonly tryAmount: string
  readonly clientId: string
  readonly requestId: string
  readonly walletAddress: string
  readonly coinType: string
  readonly webhookUrl: string
  readonly createdAt: string
}

/** The signature over a withdrawal's seven fields, lower hex. */
export function signWithdrawal(fields: WithdrawalFields, hmacSecret: string): string {
  const { tryAmount, clientId, requestId, walletAddress, coinType, webhookUrl, createdAt } = fields
  const text = tryAmount + clientId + requestId + walletAddress + coinType + webhookUrl + createdAt
  return createHmac('sha256', hmacSecret).update(text).digest('hex')
}

/** What withdrawals need of the adapter. */
export interface LipayPayoutOptions {
  readonly options: LipayOptions
  readonly call: ProviderFetch
  /** Undefined where there is no key for it. */
  readonly askStatus: AskStatus | undefined
  readonly now: () => number
}

export function createLipayPayouts({
  options,
  call,
  askStatus,
  now,
}: LipayPayoutOptions): PayoutProvider {
  const { clientId, webhookSecret } = options
  const hmacSecret = options.hmacSecret ?? options.clientSecret

  return {
    currencies: ['TRY'],
    assets: Object.keys(NETWORKS),

    isWallet: (asset, address) =>
      (NETWORKS[asset] ?? []).some((network) =>
        isAddress(network, address, { sha256, keccak256: keccak_256 }),
      ),

    async create({ requestId, amount, asset, address, webhookUrl }) {
      const isMovable = NUMERIC.test(clientId) && /^\d/.test(requestId)
      if (!SAFE.test(requestId) || !SAFE.test(address) || isMovable) {
        throw new ProviderError('provider_rejected', 'not a request id that can be signed')
      }
      const tryAmount = formatAmount(amount, options.amountFormat)
      const createdAt = new Date(now()).toISOString()
      const signature = signWithdrawal(
        {
          tryAmount,
          clientId,
          requestId,
          walletAddress: address,
          coinType: asset,
          webhookUrl,
          createdAt,
        },
        hmacSecret,
      )
      const answer = await call({
        method: 'POST',
        path: '/api/withdraw',
        headers: { 'content-type': 'application/json' },
        body: withDecimals(
          {
            try_amount: tryAmount,
            clientId,
            requestId,
            wallet_address: address,
            coin_type: asset,
            signature,
            webhook_url: webhookUrl,
            created_at: createdAt,
          },
          ['try_amount'],
        ),
        purpose: 'create',
      })
      const { data } = expectShape(withdrawShape, accept(answer, true), true)
      return {
        ref: data.withdrawId,
        status: STATUSES[data.status] ?? 'pending',
        providerStatus: data.status,
      }
    },

    ...(askStatus && {
      async get({ requestId, amount }) {
        const { status, tryAmount } = await askStatus('withdraw', requestId)
        if (compareDecimal(tryAmount, amount) !== 0) {
          throw new ProviderError('provider_bad_response', 'answered about another withdrawal')
        }
        return { status: STATUSES[status] ?? 'pending', providerStatus: status }
      },
    }),

    async verifyWebhook({ body }, { requestId, amount }) {
      const notice = readLipayNotice(body, webhookSecret)
      const isOurs =
        notice?.clientId === clientId &&
        notice.paymentId === requestId &&
        compareDecimal(notice.tryAmount, amount) === 0
      if (!isOurs) throw new ProxyError('not_found')
      if (askStatus) return undefined
      return { status: STATUSES[notice.status] ?? 'pending', providerStatus: notice.status }
    },
  }
}

/** The literal that is signed and sent: never through a float. */
function formatAmount(amount: string, format: LipayOptions['amountFormat']): string {
  if (format === 'verbatim') return amount
  if (format === 'shortest') return shortest(amount)
  const [whole, fraction = ''] = shortest(amount).split('.')
  return `${whole}.${fraction.padEnd(2, '0')}`
}
