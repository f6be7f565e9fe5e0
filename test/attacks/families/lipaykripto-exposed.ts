/**
 * LiPayKripto's payment page carries a readable token. Where our address stands in it, the shopper knows
 * what only the provider should: an unsigned notification then proves nothing (SECURITY T8).
 * @module
 */
import assert from 'node:assert/strict'
import type { Family } from '../attack.ts'
import type { Mark, Stage } from '../stage.ts'
import { guessToken } from '../knowledge.ts'
import { json, path } from '../change.ts'

/** The attacker reads the address in the page's token, and has paid nothing. */
async function arrange(stage: Stage): Promise<Mark> {
  const { shop } = stage
  await shop.control('POST', '/lipaykripto/settings', { leakWebhookInToken: true })
  const begun = await stage.begin('lipaykripto')
  await shop.control('POST', '/lipaykripto/settings', { leakWebhookInToken: false })
  const action = begun.checkout.payment?.nextAction
  assert.equal(action?.type, 'redirect')
  const claims = Buffer.from(action.url.split('.')[1] ?? '', 'base64url').toString('utf8')
  const webhook =
    /\/v1\/webhooks\/lipaykripto\/[\w-]{43}/.exec(claims)?.[0] ?? assert.fail('no leak')
  const members = {
    try_amount: 300,
    client_id: 'sandbox-lipay-client',
    payment_id: begun.payment.id,
    status: 'confirmed',
  }
  return {
    request: {
      method: 'POST',
      path: webhook,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(members),
    },
    checkoutId: begun.checkout.id,
    begun,
    more: {},
  }
}

export const LIPAYKRIPTO_EXPOSED: Family = {
  name: 'an address of LiPayKripto that the shopper could read',
  target: 'lipaykripto',
  variant: 'plain',
  arrange,
  works: { status: 200, becomes: 'review' },
  groups: [
    {
      threat: 'T8',
      rule: 'never paid by a word that the shopper can say himself',
      answer: 'taken',
      effect: 'review',
      isAlone: true,
      tries: [
        ['confirmed', (request) => request],
        ['confirmed, the amount as text', json({ try_amount: '300.00' })],
        [
          'in the newer form',
          json(({ begun }) => ({
            success: true,
            clientId: 'sandbox-lipay-client',
            paymentId: begun?.payment.id,
            tryAmount: '300.00',
            try_amount: undefined,
            client_id: undefined,
            payment_id: undefined,
          })),
        ],
        ['with a query', path((text) => `${text}?paid=1`)],
      ],
    },
    {
      threat: 'T8',
      rule: 'and what does not fit is nothing at all',
      answer: 'notification refused',
      tries: [
        ['another amount', json({ try_amount: 1 })],
        ['another address', path(() => `/v1/webhooks/lipaykripto/${guessToken()}`)],
      ],
    },
  ],
}
