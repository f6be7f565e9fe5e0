/**
 * What the console's pages do to orders and to money: nothing before the question is answered, and then what
 * the question said.
 * @module
 */
import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ApiError } from '../../console/api.ts'
import { parsePlace, placeUrl } from '../../console/page.ts'
import { checkout } from '../../console/pages/checkout.ts'
import { deliveries } from '../../console/pages/deliveries.ts'
import { history } from '../../console/pages/history.ts'
import { payouts } from '../../console/pages/payouts.ts'
import { providers } from '../../console/pages/providers.ts'
import { fillForm, load, render } from './rendered.ts'
import type { Rendered } from './rendered.ts'
import { attempt, delivery, detail, payout } from './samples.ts'

function press({ buttons }: Rendered, text: string): void {
  const found = buttons.filter((each) => each.text === text)
  assert.equal(
    found.length,
    1,
    `one button “${text}” of ${buttons.map((each) => each.text).join()}`,
  )
  found[0]?.press()
}

/** The only question, before which nothing was changed. */
function asked(page: Rendered) {
  assert.deepEqual(page.calls, [], 'nothing before the answer')
  assert.equal(page.questions.length, 1)
  return page.questions[0] ?? assert.fail()
}

describe('an order', () => {
  const show = (more = {}) => render(checkout, { checkout: detail(more), deliveries: [delivery()] })

  it('is decided as was pressed, for that payment, with the reason that was written', async () => {
    for (const status of ['paid', 'failed', 'refunded']) {
      const page = show()
      press(page, `It is ${status}`)
      const question = asked(page)
      assert.equal(question.title, `A-1001 is ${status}?`)
      assert.equal(question.button, `It is ${status}`)
      assert.equal(question.note, 'Who decided it, and why')
      assert.equal(question.isGrave, status !== 'paid')
      assert.match(question.text, status === 'paid' ? /gets a receipt/ : /Nothing is asked of the/)
      assert.equal(await question.run('Ada: seen there'), `A-1001 is ${status}.`)
      const body = { status, note: 'Ada: seen there', paymentId: attempt().id }
      assert.deepEqual(page.calls, [['post', `checkouts/${detail().id}/resolve`, body]])
    }
  })

  it('of several payments, the one that the button belongs to', async () => {
    const ok = attempt({ id: 'f'.repeat(32), status: 'paid' })
    const page = show({ payments: [ok, attempt({ reason: 'duplicate', status: 'paid' })] })
    press(page, 'It is refunded')
    await asked(page).run('Ada')
    assert.match(JSON.stringify(page.calls), new RegExp(`"paymentId":"${attempt().id}"`))
  })

  it('puts the likeliest first, and nothing else in that colour', () => {
    const page = show({ payments: [attempt({ reason: 'underpaid' })] })
    const ways = page.buttons.filter(({ text }) => text.startsWith('It is'))
    assert.deepEqual(
      ways.map(({ text, look }) => [text, look]),
      [
        ['It is refunded', 'primary'],
        ['It is paid', 'plain'],
        ['It is failed', 'plain'],
      ],
    )
  })

  it('is asked for with its notifications, and those alone', async () => {
    const data = await load(checkout, '#/checkouts/a%2Fb', (path, query) =>
      path === 'deliveries' ? { deliveries: [query] } : { path },
    )
    const told = { checkout: 'a/b', limit: '100' }
    assert.deepEqual(data, { checkout: { path: 'checkouts/a%2Fb' }, deliveries: [told] })
  })

  it('shows what is decided upon: the price, what arrived, whose number, their word, every fact', () => {
    const received = { amount: '4.00', currency: 'USDT' }
    const at = '2026-05-01T12:00:00.000Z'
    const fact = { id: 'f', at, kind: 'resolved', status: 'review', reason: 'underpaid' } as const
    const facts = [{ ...fact, received, providerStatus: 'TIMEOUT', note: 'Ada: asked them' }]
    const payments = [attempt({ received, assurance: 'provider-api', facts })]
    const { text } = show({ payments, description: 'Beans', metadata: { cart: '42' } })
    for (const each of [
      /What for<.*Beans.*Price from<.*token.*Opened<.*Checkout<.*Zb3k.*Link<.*\/c\/Zb3k.*cart<.*42/,
      /Charged<.*300\.00 TRY.*Arrived<.*4\.00 USDT.*Vouched for by<.*provider-api/,
      /Their number<.*6b02.*Their word<.*MANUAL_CHECK.*Ours<.*520cbb67/,
      /review<.*underpaid.*by a person.*4\.00 USDT arrived.*“TIMEOUT”.*Ada: asked them/,
    ])
      assert.match(text, each)
    assert.doesNotMatch(show({ status: 'paid' }).text, /Link<|Expires</)
    assert.match(show({ payments: [] }).text, /Nobody has begun to pay/)
  })

  it('that is well has nothing to be decided, and cannot be taken back', () => {
    const page = show({ status: 'paid', payments: [attempt({ status: 'paid' })] })
    assert.deepEqual(
      page.buttons.map(({ text }) => text),
      ['Send again'],
    )
  })

  it('is taken back after a question', async () => {
    const page = show({ status: 'pending', payments: [] })
    press(page, 'Take the order back')
    const question = asked(page)
    assert.equal(question.isGrave, true)
    assert.match(question.title, /A-1001/)
    await question.run('')
    assert.deepEqual(page.calls, [['post', `checkouts/${detail().id}/cancel`]])
  })
})

describe('a notification', () => {
  it('is sent again after a question that names it', async () => {
    const rows = [delivery(), delivery({ id: 'msg/2', orderId: 'A-2', status: 'failed' })]
    const page = render(deliveries, { deliveries: rows, cursor: null })
    page.buttons.at(-1)?.press()
    const question = asked(page)
    assert.equal(question.title, 'Send checkout.paid of A-2 again?')
    assert.equal(await question.run(''), 'checkout.paid of A-2 is sent again now.')
    assert.deepEqual(page.calls, [['post', 'deliveries/msg%2F2/redeliver']])
  })

  it('is not sent again while it is on its way', () => {
    const rows = [delivery({ status: 'pending' })]
    const page = render(deliveries, { deliveries: rows, cursor: null })
    assert.deepEqual(page.buttons, [])
  })
})

describe('a withdrawal', () => {
  const given = {
    provider: 'lipaykripto',
    requestId: 'W-7',
    amount: '100.00',
    currency: 'TRY',
    asset: 'TRX',
    address: payout().address,
  }

  it('is sent after a question with amount, coin and address; what was asked is what is sent', async (t) => {
    fillForm(t, given)
    const page = render(payouts, { payouts: [], able: ['lipaykripto'] }, { status: 'pending' })
    let isStopped = false
    page.forms[0]?.({ target: null, preventDefault: () => (isStopped = true) })
    assert.ok(isStopped)
    const question = asked(page)
    assert.equal(question.title, 'Send 100.00 TRY in TRX?')
    assert.match(question.text, new RegExp(`To ${given.address}\\. It cannot be called back`))
    assert.equal(question.isGrave, true)
    assert.equal(await question.run(''), 'W-7 is pending.')
    assert.deepEqual(page.calls, [['post', 'payouts', given]])
  })

  it('is offered of those that can', async () => {
    const data = await load(payouts, '#/payouts', (path) =>
      path === 'payouts'
        ? { payouts: [payout()] }
        : {
            providers: [
              { id: 'cryptom', capabilities: ['history'] },
              { id: 'lipaykripto', capabilities: ['status', 'payouts'] },
            ],
          },
    )
    assert.deepEqual(data, { payouts: [payout()], able: ['lipaykripto'] })
    const { text } = render(payouts, data)
    assert.match(text, /<option>lipaykripto<\/option>/)
    for (const name of ['requestId', 'amount', 'currency', 'asset', 'address'])
      assert.match(text, new RegExp(`name=${name} required`))
  })

  it('says what to know of one that nobody knows, and of no other', () => {
    const said = (status: 'unknown' | 'pending') =>
      render(payouts, { payouts: [payout({ status })], able: [] }).text
    assert.match(said('unknown'), /class="advice"> <span><b>W-1<\/b> Nobody knows/)
    assert.doesNotMatch(said('pending'), /advice/)
    assert.match(said('unknown'), /badge warn">unknown/)
  })

  it('whose provider does not answer is said', async () => {
    const page = render(payouts, { payouts: [payout()], able: [] }, Promise.reject(new Error('no')))
    press(page, 'Ask them')
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(page.told, ['Error: no'])
  })

  it('is not offered where nobody can', () => {
    const page = render(payouts, { payouts: [payout()], able: [] })
    assert.deepEqual(page.forms, [])
    assert.match(page.text, /No provider here can pay out/)
  })

  it('is asked about until it has ended', async () => {
    const statuses = ['created', 'pending', 'review', 'unknown', 'confirmed', 'failed'] as const
    const rows = statuses.map((status) => payout({ status, requestId: `W/${status}` }))
    const page = render(payouts, { payouts: rows, able: [] }, { status: 'confirmed' })
    const asking = page.buttons.filter(({ text }) => text === 'Ask them')
    assert.equal(asking.length, 4)
    for (const each of asking) each.press()
    await new Promise((resolve) => setImmediate(resolve))
    assert.deepEqual(
      page.calls,
      ['created', 'pending', 'review', 'unknown'].map((status) => ['get', `payouts/W%2F${status}`]),
    )
    assert.deepEqual(page.told[0], 'W/created is confirmed.')
  })
})

describe('a provider', () => {
  const row = {
    id: 'paycrypto',
    testMode: false,
    isDown: true,
    capabilities: ['status', 'history', 'test-webhook'],
    webhook: 'signed',
    history: null,
    assumptions: [],
  }

  it('sends a test after a question', async () => {
    const page = render(providers, { providers: [row] })
    assert.match(page.text, /down/)
    press(page, 'Test its webhook')
    await asked(page).run('')
    assert.deepEqual(page.calls, [['post', 'providers/paycrypto/test-webhook']])
  })

  it('has a history where it can, and a test where it can', () => {
    assert.match(render(providers, { providers: [row] }).text, /#\/providers\/paycrypto/)
    const bare = render(providers, { providers: [{ ...row, capabilities: ['status'] }] })
    assert.doesNotMatch(bare.text, /#\/providers/)
    assert.deepEqual(bare.buttons, [])
  })
})

describe('a history', () => {
  const words = {
    filters: ['status', 'page'],
    columns: ['_id', 'amount currency', 'create_time', 'createdAt', 'more'],
    paymentId: 'note',
  }
  const ours = { checkout: 'Zb3k', orderId: 'A-9', status: 'paid', reason: null } as const
  const page = (more = {}, place = {}) =>
    render(
      history,
      {
        id: 'cryptom',
        words,
        history: {
          payments: [
            {
              _id: 'one',
              amount: '12.00',
              currency: 'TRY',
              create_time: '1777636800000',
              more: { a: 1 },
            },
            { _id: '1777636800001', amount: 7, createdAt: '2026-05-01T12:00:00.000Z' },
          ],
          ours: [ours, null],
          page: 2,
          pages: 3,
          total: 21,
        },
        problem: '',
        ...more,
      },
      {},
      { path: ['providers', 'cryptom'], query: {}, ...place },
    )

  const listed = (more: object) =>
    page({ history: { payments: [], ours: [], page: 1, pages: 1, total: 1, ...more } })

  it('shows each as it was said, beside the order that it belongs to', () => {
    const { text } = page()
    assert.match(text, /#\/checkouts\/Zb3k>A-9<.*paid.*one.*12\.00 TRY.*2026.*\{"a":1\}/)
    assert.match(text, /not ours.*>1777636800001<.*>7<.*datetime=2026-05-01T12:00:00\.000Z/)
    assert.equal(text.match(/not ours/g)?.length, 1)
  })

  it('turns pages where the provider has them, and keeps its filter', () => {
    const shown = page({}, { query: { status: 'DONE' } })
    press(shown, 'Newer')
    press(shown, 'Older')
    assert.deepEqual(shown.told, ['{"status":"DONE","page":"1"}', '{"status":"DONE","page":"3"}'])
    const still = page({ words: { ...words, filters: ['status'] } })
    assert.deepEqual(
      still.buttons.map(({ text }) => text),
      ['Ask again'],
    )
  })

  it('says why there is none, and can still be narrowed', () => {
    const shown = page({ history: null, problem: 'Invalid request: status' })
    assert.match(shown.text, /role="alert".*Invalid request: status/)
    assert.equal(shown.forms.length, 1)
  })

  it('offers no page before the first, nor after the last', () => {
    const names = (page: number | null, pages: number | null) =>
      listed({ page, pages }).buttons.map(({ text }) => text)
    assert.deepEqual(names(1, 3), ['Ask again', 'Older'])
    assert.deepEqual(names(3, 3), ['Ask again', 'Newer'])
    assert.deepEqual(names(null, null), ['Ask again'])
    assert.match(listed({ total: 21 }).text, /21 in all/)
    assert.doesNotMatch(listed({ total: null }).text, /in all/)
  })

  it('is narrowed by what the provider can, and begins anew then', (t) => {
    fillForm(t, { filter: 'coin', value: ' TRX ' })
    const shown = page({}, { query: { page: '2', status: 'DONE' } })
    assert.match(shown.text, /\.defaultValue=DONE/)
    assert.equal(shown.text.match(/<option/g)?.length, 1, 'pages are turned by buttons')
    shown.forms[0]?.({ target: null, preventDefault: () => undefined })
    assert.deepEqual(shown.told, ['{"coin":"TRX"}'])
  })

  it('is asked of one provider; a wrong filter is said, a wrong key ends everything', async () => {
    const open = (answer: object) =>
      load(history, '#/providers/cryptom?status=DONE', (path, query) => {
        if (path === 'providers')
          return {
            providers: [
              { id: 'redoya', history: null },
              { id: 'cryptom', history: words },
            ],
          }
        assert.deepEqual([path, query], ['providers/cryptom/payments', { status: 'DONE' }])
        return answer
      })
    const found = { payments: [], ours: [] }
    assert.deepEqual(await open(found), { id: 'cryptom', words, history: found, problem: '' })
    const none = { id: 'cryptom', words, history: null, problem: 'status: must be' }
    assert.deepEqual(await open(new ApiError(400, 'status: must be')), none)
    await assert.rejects(open(new ApiError(401, 'Unauthorized')), /Unauthorized/)
    await assert.rejects(open(new TypeError('down')), /down/)
  })

  it('is not asked for by itself', () => assert.equal(history.isAskedOnce, true))
})

describe('a place', () => {
  it('begins with the sign, or without', () => {
    for (const hash of ['#/payouts', '#payouts', 'payouts'])
      assert.deepEqual(parsePlace(hash).path, ['payouts'])
  })

  it('is an address, and the other way round', () => {
    const url = placeUrl(['checkouts', 'a/b c'], { status: 'paid', cursor: '', orderId: 'A&B=1' })
    assert.equal(url, '#/checkouts/a%2Fb%20c?status=paid&orderId=A%26B%3D1')
    const place = { path: ['checkouts', 'a/b c'], query: { status: 'paid', orderId: 'A&B=1' } }
    assert.deepEqual(parsePlace(url), place)
    assert.deepEqual(parsePlace(''), { path: [], query: {} })
  })
})
