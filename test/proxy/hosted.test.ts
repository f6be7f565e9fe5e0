import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fullEnvironment, MERCHANT_KEY, startStack } from './support.ts'
import type { Stack } from './support.ts'

const SCRIPT = 'customElements.define()'
const FORM = 'application/x-www-form-urlencoded'

describe('the hosted page', () => {
  let stack: Stack
  before(async () => {
    const styles = join(mkdtempSync(join(tmpdir(), 'hosted-')), 'own.css')
    writeFileSync(styles, 'crypto-checkout { --cc-accent: #0a7; }')
    stack = await startStack(
      { HOSTED_PAGE_NAME: 'Lantern <Coffee>', HOSTED_PAGE_STYLES: styles },
      { widgetFiles: { 'crypto-checkout.js': SCRIPT } },
      fullEnvironment,
    )
  })
  after(() => stack.close())

  const open = async (id: string, language = 'en') => {
    const headers = { 'accept-language': language }
    return stack.request<{ text: string }>('GET', `/c/${id}`, undefined, headers)
  }
  const send = (id: string, fields: Record<string, string>, origin?: string) =>
    stack.request<{ text: string; code?: string }>(
      'POST',
      `/c/${id}`,
      String(new URLSearchParams(fields)),
      { 'content-type': FORM, ...(origin !== undefined && { origin }) },
    )

  it('is the widget, with its script by hash, under a policy without exceptions', async () => {
    const { id } = await stack.openCheckout({
      description: 'Beans <b>&"',
      successUrl: 'https://shop.example/thanks',
    })
    const { status, headers, body } = await open(id)
    assert.equal(status, 200)
    const hash = createHash('sha384').update(SCRIPT).digest('base64')
    assert.ok(body.text.includes(`integrity="sha384-${hash}"`))
    assert.match(body.text, /Beans &lt;b&gt;&amp;&quot;/)
    assert.match(body.text, /success-url="https:\/\/shop\.example\/thanks"/)
    assert.match(body.text, /Lantern &lt;Coffee&gt;/)
    assert.doesNotMatch(body.text, /(fail|cancel)-url/, 'never the page that thanks for a payment')
    assert.doesNotMatch(body.text, / style=|<style|javascript:| on\w+=/)
    const policy = headers.get('content-security-policy') ?? ''
    assert.match(policy, /default-src 'none'.*require-trusted-types-for 'script'/)
    assert.doesNotMatch(policy, /unsafe/)
    assert.match(policy, new RegExp(`script-src ${stack.url};`))
    assert.match(policy, /frame-ancestors 'none'/)
    assert.equal(headers.get('referrer-policy'), 'same-origin')
    assert.equal(headers.get('cache-control'), 'no-store')
  })

  it('has the merchant’s styles after ours', async () => {
    const { id } = await stack.openCheckout()
    const { body } = await open(id)
    assert.match(body.text, /\/hosted\/page\.css".*\/hosted\/merchant\.css"/s)
    const styles = await stack.request<{ text: string }>('GET', '/hosted/merchant.css')
    assert.match(styles.body.text, /--cc-accent: #0a7/)
    assert.match(styles.headers.get('content-type') ?? '', /^text\/css/)
  })

  for (const [accepted, order, lang, dir] of [
    ['tr-TR,tr;q=0.9,en;q=0.5', undefined, 'tr', 'ltr'],
    ['de,uk;q=0.5', undefined, 'uk', 'ltr'],
    ['en', 'ar-EG', 'ar', 'rtl'],
    ['ru;q=0,de', undefined, 'en', 'ltr'],
    ['en;q=0.1,ru;q=0.9', undefined, 'ru', 'ltr'],
    [';;q=,,*', undefined, 'en', 'ltr'],
  ] as const) {
    it(`speaks ${lang} to "${accepted}"${order ? ` for an order in ${order}` : ''}`, async () => {
      const { id } = await stack.openCheckout(order ? { locale: order } : {})
      const { headers, body } = await open(id, accepted)
      assert.match(body.text, new RegExp(`<html lang="${lang}" dir="${dir}">`))
      assert.equal(headers.get('vary'), 'accept-language')
    })
  }

  it('starts a payment by its form, and goes on to the provider’s page', async () => {
    const { id } = await stack.openCheckout()
    const { status, headers } = await send(id, { methodId: 'lipaykripto' }, stack.url)
    assert.equal(status, 303)
    assert.match(headers.get('location') ?? '', new RegExp(`^${stack.sandbox.urls.lipaykripto}`))
    const later = await open(id)
    assert.match(later.body.text, /Go to the payment page/)
    assert.match(later.body.text, /http-equiv="refresh"/)
    assert.doesNotMatch(later.body.text, /<form/)
  })

  it('does not look again where nothing changes by itself', async () => {
    const { id } = await stack.openCheckout()
    await send(id, { methodId: 'lipaykripto' }, stack.url)
    assert.match((await open(id)).body.text, /http-equiv="refresh"/)
    const { status } = await stack.merchant('POST', `/checkouts/${id}/cancel`, {})
    assert.equal(status, 200)
    const { body } = await open(id)
    assert.match(body.text, /This payment has ended/)
    assert.doesNotMatch(body.text, /http-equiv="refresh"/)
  })

  it('takes no form of another page', async () => {
    const { id } = await stack.openCheckout()
    for (const origin of ['https://shop.example', 'null', undefined]) {
      const { status, body } = await send(id, { methodId: 'lipaykripto' }, origin)
      assert.deepEqual([status, body.code], [403, 'forbidden_origin'])
    }
    const { body } = await stack.merchant<{ payments: unknown[] }>('GET', `/checkouts/${id}`)
    assert.deepEqual(body.payments, [])
  })

  it('says that it did not work, and what can be done, for an answer that does not do', async () => {
    const { id } = await stack.openCheckout()
    for (const fields of [
      { methodId: 'nobody' },
      {},
      { methodId: 'lipaykripto', 'field.constructor': 'x' },
    ]) {
      const { status, body } = await send(id, fields, stack.url)
      assert.equal(status, 422, JSON.stringify(fields))
      assert.match(body.text, /role="alert">That did not work/)
      assert.match(body.text, /<form/)
    }
  })

  it('is not there for a checkout that is not', async () => {
    for (const id of ['nope', 'a'.repeat(22), '%2e%2e', 'constructor']) {
      const { status, body } = await open(id)
      assert.equal(status, 404, id)
      if (!body.text) continue
      assert.match(body.text, /We cannot find this payment/)
      assert.doesNotMatch(body.text, /<crypto-checkout/)
    }
    assert.equal((await send('a'.repeat(22), { methodId: 'redoya' }, stack.url)).status, 404)
  })

  it('is linked to by what the merchant opens', async () => {
    const order = { orderId: 'L-1', amount: '100.00', currency: 'TRY' }
    const { status, body } = await stack.merchant<{ url: string }>('POST', '/checkouts', order)
    assert.equal(status, 201)
    const page = await fetch(body.url)
    assert.equal(page.status, 200)
    assert.ok(!(await page.text()).includes(MERCHANT_KEY))
  })

  it('is not there where the widget was not built', async () => {
    const bare = await startStack()
    const { id } = await bare.openCheckout()
    assert.equal((await bare.request('GET', `/c/${id}`)).status, 404)
    await bare.close()
  })
})
