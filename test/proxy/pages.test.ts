import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { pageUrl } from '../../proxy/option-schemas.ts'
import { newPayment, scripted, usualAnswer, withMember } from './providers/order-samples.ts'

const HOST = 'pay.paycrypto.com'

/** Pages that a provider, or who broke into it, would send the shopper to. */
const EVIL = [
  'https://evil.example/',
  '//evil.example/',
  'https:evil.example',
  'https:/evil.example',
  `https://${HOST}@evil.example/`,
  `https://${HOST}:443@evil.example/`,
  `https://${HOST}%40evil.example/`,
  `https://${HOST}\\@evil.example/`,
  `https://evil.example\\@${HOST}/`,
  `https://${HOST}.evil.example/`,
  `https://evil-${HOST}/`,
  `https://evil.example/${HOST}`,
  `https://evil.example#@${HOST}`,
  `https://evil.example?@${HOST}`,
  `https://${HOST}:8443/`,
  `https://${HOST}./`,
  `http://${HOST}/`,
  `ftp://${HOST}/`,
  `//${HOST}/`,
  HOST,
  '/checkout',
  '',
  `https://shopper@${HOST}/`,
  `https://a:b@${HOST}/`,
  `https:\\\\${HOST}\\`,
  `https://${HOST}/ü`,
  `https://pay.paycrypto。com/`,
  'https://раy.paycrypto.com/',
  'javascript:alert(1)',
  `javascript://${HOST}/%0aalert(1)`,
  'java\tscript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  `blob:https://${HOST}/1`,
  'file:///etc/hostname',
  'intent://pay#Intent;scheme=https;end',
  `https://${HOST}/${'x'.repeat(8000)}`,
  'https://pay-sandbox.paycrypto.com/',
  'https://localhost/',
]

const GOOD = [
  [`https://${HOST}/?id=p1`, `https://${HOST}/?id=p1`],
  [`https://${HOST.toUpperCase()}/A`, `https://${HOST}/A`],
  [`\thttps://${HOST}/\n`, `https://${HOST}/`],
  [`https://${HOST}/\u0000`, `https://${HOST}/`],
  [`https://${HOST}:443/`, `https://${HOST}/`],
  [`https://${HOST}/a/../b#c`, `https://${HOST}/b#c`],
] as const

const ADAPTERS = [
  ['paycrypto', '/api/v1/payment', 'result.redirect_url', {}],
  ['lipaykripto', '/api/external-payment-request', 'paymentUrl', { pageHosts: HOST }],
] as const

describe('where a shopper is sent', () => {
  for (const [name, path, member, more] of ADAPTERS) {
    const create = (url: string) =>
      scripted(
        name,
        (asked) =>
          asked.url.pathname === path
            ? withMember(usualAnswer(name, path), member, url)
            : undefined,
        more,
      ).provider.createPayment(newPayment(name))

    for (const url of EVIL) {
      it(`${name}: never to ${JSON.stringify(url).slice(0, 60)}`, async () => {
        await assert.rejects(create(url), { code: 'provider_bad_response', mayHaveHappened: true })
      })
    }

    for (const [url, shown] of GOOD) {
      it(`${name}: to ${JSON.stringify(url)}, as it was read`, async () => {
        assert.deepEqual((await create(url)).nextAction, { type: 'redirect', url: shown })
      })
    }
  }

  it('on this machine a stand-in may do without https, at its own port alone', () => {
    const schema = pageUrl('http://localhost:4013')
    assert.equal(schema.safeParse('http://localhost:4013/pay').success, true)
    for (const url of ['http://localhost:4014/pay', 'http://127.0.0.1:4013/pay']) {
      assert.equal(schema.safeParse(url).success, false)
    }
  })

  it('redoya and lincoln: to pages that we write ourselves, on the configured host', async () => {
    const link = await scripted('redoya').provider.createPayment(newPayment('redoya'))
    assert.match(JSON.stringify(link.nextAction), /"url":"https:\/\/pay\.redoya\.net\/checkout#/)
    for (const [path, value] of [
      ['data.uid', '../../evil'],
      ['data.uid', '1409/../../evil'],
      ['data.uid', ''],
      ['data.secret', 'x/../../../evil#'],
      ['data.secret', 'short'],
      ['data.secret', 's'.repeat(65)],
    ] as const) {
      const { provider } = scripted('lincoln', ({ url }) =>
        url.pathname.includes('/order/create/')
          ? withMember(usualAnswer('lincoln', url.pathname), path, value)
          : url.pathname.includes('/order/get/')
            ? { success: false }
            : undefined,
      )
      await assert.rejects(provider.createPayment(newPayment('lincoln')), {
        code: 'provider_bad_response',
      })
    }
  })
})
