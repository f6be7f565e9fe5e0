/**
 * What a browser does to a checkout beside paying: reads it, cancels it, has an image of it.
 * @module
 */
import type { Family } from '../attack.ts'
import { body, both, each, header, instead, path, verb } from '../change.ts'
import { PROVIDERS } from '../../proxy/shop.ts'
import { JSON_TYPE } from '../send.ts'
import { nearMisses, quarter, unknownIds } from './ids.ts'
import { WORDS } from './said.ts'

export const READING: Family = {
  name: 'reading a checkout',
  target: 'proxy',
  variant: 'plain',
  async arrange(stage) {
    const begun = await stage.begin('redoya')
    const id = begun.checkout.id
    return {
      request: { method: 'GET', path: `/v1/checkouts/${id}`, headers: {} },
      checkoutId: id,
      begun,
      more: {},
    }
  },
  works: {
    status: 200,
    becomes: 'pending',
    shows: ({ headers }) => /^"\d+"$/.test(headers['etag'] ?? ''),
  },
  groups: [
    unknownIds(''),
    nearMisses(''),
    {
      threat: 'T4',
      rule: 'not by a stranger’s page',
      answer: 'foreign page',
      tries: each(
        [
          'https://evil.example',
          'null',
          'https://shop.example.evil.example',
          'http://shop.example',
        ],
        (origin) => header({ origin }),
      ),
    },
    {
      threat: 'T24',
      rule: 'the version is no secret’s measure: what does not match is the whole',
      answer: 'taken',
      tries: each(['*', '"999"', 'W/"1"', '', '"1", "2"', '1'], (etag) =>
        header({ 'if-none-match': etag }),
      ),
    },
    {
      threat: 'T34',
      rule: 'read and nothing else',
      answer: 'not supported',
      tries: [
        ...each(['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'], (method) =>
          both(verb(method), header(JSON_TYPE), body('{"status":"paid"}')),
        ),
        [
          'GET that wants to be DELETE',
          both(
            verb('POST'),
            header({ ...JSON_TYPE, 'x-http-method-override': 'DELETE' }),
            body('{}'),
          ),
        ],
        ...each(
          [
            '/',
            '/.',
            '/status',
            '/pay',
            '/paid',
            '/resolve',
            '/confirm',
            '/receipt',
            '/../..',
            '%2fcancel',
          ],
          (tail) => path((text) => text + tail),
        ),
        ['two slashes', path((text) => text.replace('/checkouts/', '/checkouts//'))],
      ],
    },
  ],
}

export const CANCELING: Family = {
  name: 'canceling',
  target: 'cryptom',
  variant: 'plain',
  async arrange(stage) {
    const begun = await stage.begin('cryptom')
    const { id } = begun.checkout
    const request = {
      method: 'POST',
      path: `/v1/checkouts/${id}/cancel`,
      headers: JSON_TYPE,
      body: '{}',
    }
    return { request, checkoutId: id, begun, more: {} }
  },
  works: { status: 200, shows: ({ text }) => text.includes('"status":"canceled"') },
  groups: [
    WORDS,
    unknownIds('/cancel'),
    nearMisses('/cancel'),
    {
      threat: 'T13',
      rule: 'paid stays paid',
      answer: 'over or as it was',
      tries: each([...PROVIDERS], (provider) =>
        instead((_, stage) => ({
          path: `/v1/checkouts/${quarter(stage, provider).paid.checkout.id}/cancel`,
        })),
      ),
    },
    {
      threat: 'T13',
      rule: 'money that was seen is not sent away',
      answer: 'settled',
      tries: each(['cryptom', 'paycrypto'], (provider) =>
        instead((_, stage) => ({
          path: `/v1/checkouts/${quarter(stage, provider).processing?.checkout.id}/cancel`,
        })),
      ),
    },
    {
      threat: 'T29',
      rule: 'in JSON',
      answer: 'not JSON',
      tries: each(
        { 'a form': 'application/x-www-form-urlencoded', text: 'text/plain', none: null },
        (type) => header({ 'content-type': type }),
      ),
    },
    {
      threat: 'T4',
      rule: 'not by a stranger’s page',
      answer: 'foreign page',
      tries: each(['https://evil.example', 'null', 'http://shop.example'], (origin) =>
        header({ origin }),
      ),
    },
    {
      threat: 'T34',
      rule: 'posted',
      answer: 'not supported',
      tries: each(['GET', 'HEAD', 'PUT', 'DELETE', 'TRACE'], (method) => verb(method)),
    },
  ],
}

export const QR_CODES: Family = {
  name: 'a QR image of the provider’s',
  target: 'cryptom',
  variant: 'plain',
  async arrange(stage) {
    const begun = await stage.begin('cryptom')
    const { id } = begun.checkout
    const request = { method: 'GET', path: `/v1/checkouts/${id}/qr`, headers: {} }
    return { request, checkoutId: id, begun, more: {} }
  },
  works: { status: 200, shows: ({ headers }) => headers['content-type'] === 'image/png' },
  groups: [
    unknownIds('/qr'),
    nearMisses('/qr'),
    {
      threat: 'T26',
      rule: 'of this checkout’s own payment',
      answer: 'not found for pages',
      tries: [
        ...each(['redoya', 'lipaykripto', 'paycrypto'], (provider) =>
          path(
            (_, __, stage) => `/v1/checkouts/${quarter(stage, provider).pending.checkout.id}/qr`,
          ),
        ),
        [
          'nothing was picked',
          path((_, __, stage) => `/v1/checkouts/${quarter(stage, 'cryptom').choosing.id}/qr`),
        ],
      ],
    },
    {
      threat: 'T34',
      rule: 'read',
      answer: 'not supported',
      tries: each(['POST', 'PUT', 'DELETE', 'TRACE'], (method) => verb(method)),
    },
  ],
}
