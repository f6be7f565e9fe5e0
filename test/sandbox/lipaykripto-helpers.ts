/**
 * What the tests of LiPayKripto's stand-in share: a client that signs by itself, legal bodies, the
 * vectors.
 *
 * @module
 */
import { createHmac } from 'node:crypto'
import { SANDBOX_CREDENTIALS } from '../../sandbox/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { send, textAt } from './helpers.ts'
import type { Answer } from './helpers.ts'

const { clientId, clientSecret, hmacSecret } = SANDBOX_CREDENTIALS.lipaykripto

/** The seven signed fields in the document's order; the amount is a JSON literal. */
export interface Withdrawal {
  readonly try_amount: string
  readonly clientId: string
  readonly requestId: string
  readonly wallet_address: string
  readonly coin_type: string
  readonly webhook_url: string
  readonly created_at: string
}

export const WITHDRAWAL: Withdrawal = {
  try_amount: '100.00',
  clientId,
  requestId: 'WITHDRAW_123',
  wallet_address: 'TXBCD12345',
  coin_type: 'TRX',
  webhook_url: 'https://example.com/webhook',
  created_at: '2025-04-20T14:30:00Z',
}

export function signWithdrawal(fields: Withdrawal, secret: string = hmacSecret): string {
  return createHmac('sha256', secret).update(Object.values(fields).join('')).digest('hex')
}

/** Sent with the amount's literal as it stands, which `JSON.stringify` would not keep. */
export async function withdraw(
  sandbox: Sandbox,
  fields: Partial<Withdrawal> = {},
  signature?: string,
): Promise<Answer> {
  const whole = { ...WITHDRAWAL, ...fields }
  const { try_amount: literal, ...others } = whole
  const rest = JSON.stringify({ ...others, signature: signature ?? signWithdrawal(whole) })
  return sendText(
    `${sandbox.urls.lipaykripto}/api/withdraw`,
    `{"try_amount":${literal},${rest.slice(1)}`,
  )
}

/** Posts a text that may be no JSON. */
export async function sendText(
  url: string,
  text: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  })
  const answer = await response.text()
  const body: unknown = JSON.parse(answer)
  return { status: response.status, headers: response.headers, text: answer, body }
}

/** A fresh token's headers. */
export async function authorize(sandbox: Sandbox): Promise<Record<string, string>> {
  const url = `${sandbox.urls.lipaykripto}/api/auth/token`
  const { body } = await send('POST', url, { clientId, clientSecret })
  return { authorization: `Bearer ${textAt(body, 'token')}` }
}

/** The document's example. */
export const PAYMENT = {
  tryAmount: 100,
  paymentId: 'ORDER_123',
  webhookUrl: 'https://example.com/webhook',
}

/** With a fresh token. */
export async function pay(
  sandbox: Sandbox,
  fields: Record<string, unknown> = {},
  headers?: Record<string, string>,
): Promise<Answer> {
  const url = `${sandbox.urls.lipaykripto}/api/external-payment-request`
  return send('POST', url, { ...PAYMENT, ...fields }, headers ?? (await authorize(sandbox)))
}

/** From `vectors.json`: what the official SDKs sign. */
export const VECTORS = {
  hmacKey: 'cs_demo_7f3a',
  fields: {
    clientId: 'client-42',
    requestId: 'WD-2001',
    wallet_address: 'TDemoWa11etAddress000000000000000001',
    coin_type: 'USDT',
    webhook_url: 'https://shop.example/hook',
    created_at: '2025-04-20T14:30:00Z',
  },
  withdrawals: [
    {
      literal: '100',
      signString:
        '100client-42WD-2001TDemoWa11etAddress000000000000000001USDThttps://shop.example/hook2025-04-20T14:30:00Z',
      signature: 'ccaf0a78ad1bb4ab938b4283181da90531c9f20dbd0684d7f9baeba20e4fb818',
    },
    {
      literal: '250.5',
      signString:
        '250.5client-42WD-2001TDemoWa11etAddress000000000000000001USDThttps://shop.example/hook2025-04-20T14:30:00Z',
      signature: '67b42f274134fea273bf9be93f01d13bf8ac54b4121b60ebcab0c16f0edd3182',
    },
  ],
  webhook: {
    secret: 'whsec_demo_91',
    unsigned:
      '{"success":true,"clientId":"client-42","status":"confirmed","tryAmount":"100.00","paymentId":"ORDER_123"}',
    signature: '343f3e0f86b6edc78d758d7a5c4cfb6993ec9c1bf519867c1b22a66d26424872',
  },
} as const
