/**
 * Every state a shopper can meet: it says what is the case, and everybody can perceive it.
 * @module
 */
import { expect } from 'chai'
import { STATES, checkout } from '../../demo/gallery/fixtures.ts'
import { expectAccessible, mount, problem } from './helpers.ts'

/** The title of each state, and one thing that the shopper can do in it. */
const EXPECTED: Readonly<Record<string, readonly [heading: string, control: string | null]>> = {
  'choose a coin': ['How would you like to pay?', 'Card on the payment page'],
  'choose among many': ['How would you like to pay?', 'Bitcoin BTC · Bitcoin'],
  'no method': ['There is no way to pay right now', 'Back to the shop'],
  transfer: ['Send USDT on TRON', 'I have paid'],
  'transfer with a wallet link': ['Send BTC on Bitcoin', 'Open in wallet'],
  partial: ['Send USDT on TRON', 'I have paid'],
  redirect: ['Continue on the payment page', 'Open the payment page'],
  waiting: ['Preparing your payment', 'Check now'],
  processing: ['Payment seen, being confirmed', 'Check now'],
  'processing with details': ['Payment seen, being confirmed', 'Payment details'],
  review: ['Your payment is being checked', 'Check now'],
  'review, underpaid': ['Less arrived than the price', 'Check now'],
  'review, unconfirmed': ['We do not know yet if this worked', 'Check now'],
  paid: ['Payment complete', 'Back to the shop'],
  'paid, overpaid': ['Paid, with more than the price', 'Back to the shop'],
  'paid, late': ['Paid after the time had run out', 'Back to the shop'],
  'paid, duplicate': ['Paid twice', 'Back to the shop'],
  'paid, refund_failed': ['The refund did not go through', 'Back to the shop'],
  refunding: ['Your refund is on its way', 'Back to the shop'],
  refunded: ['Refunded', 'Back to the shop'],
  failed: ['The payment did not go through', 'Choose again'],
  'failed, declined': ['The payment was declined', 'Choose again'],
  expired: ['The time to pay has run out', 'Get a new price'],
  'expired, unconfirmed': ['No payment was seen in time', 'Choose again'],
  canceled: ['Payment canceled', 'Choose again'],
  'order expired': ['The time to pay has run out', 'Back to the shop'],
}

const LINKS = {
  'success-url': '/thanks',
  'fail-url': '/cart',
  'cancel-url': '/cart',
  'support-url': 'https://shop.example/help',
}

describe('every state', () => {
  for (const [name, state] of Object.entries(STATES)) {
    it(`${name}: says what is the case, what can be done, and a reference`, async () => {
      const { heading, has, find } = await mount(state, { attributes: LINKS })
      const [title, control] = EXPECTED[name] ?? ['no expectation', null]
      expect(heading()).to.equal(title)
      if (control) expect(has(control), control).to.equal(true)
      expect(find('[part=reference]')?.textContent).to.match(/Qm3xT8vL\s.*A-1001/s)
      expect(has('Get help')).to.equal(true)
    })

    for (const theme of ['light', 'dark']) {
      it(`${name}: has no accessibility violation (${theme})`, async () => {
        const { element } = await mount(state, { attributes: { ...LINKS, theme } })
        await expectAccessible(element)
      })
    }
  }

  const notices = {
    loading: () => new Promise<never>(() => {}),
    'not found': () => problem('not_found', 404),
    'proxy down': () => Response.error(),
  }
  for (const [name, answer] of Object.entries(notices)) {
    for (const theme of ['light', 'dark']) {
      it(`${name}: has no accessibility violation (${theme})`, async () => {
        const { element } = await mount(answer, {
          attributes: { theme },
          hanging: name === 'loading' ? 1 : 0,
        })
        await expectAccessible(element)
      })
    }
  }

  it('fits into 280 px', async () => {
    for (const state of Object.values(STATES)) {
      const { element, find } = await mount(state)
      element.parentElement?.style.setProperty('width', '280px')
      const card = find('.card')
      expect(card?.scrollWidth).to.be.at.most(280)
      element.remove()
    }
    document.body.style.removeProperty('width')
  })

  it('uses no style attribute, so that a strict policy lets it pass', async () => {
    for (const state of Object.values(STATES)) {
      const { element } = await mount(state)
      expect(element.shadowRoot?.querySelector('[style]')).to.equal(null)
    }
  })
})

describe('what keeps a checkout from starting', () => {
  it('says which attributes are missing', async () => {
    const { text, named, world } = await mount(checkout(), {
      attributes: { proxy: '', checkout: '', amount: '10' },
    })
    expect(text()).to.contain('not set up correctly').and.contain('proxy, currency')
    expect(named('cc-error')).to.deep.equal([{ code: 'misconfigured' }])
    expect(world.requests).to.deep.equal([])
  })

  it('starts once the missing attribute is there', async () => {
    const { element, heading, settle } = await mount(checkout(), { attributes: { proxy: '' } })
    element.proxy = 'https://pay.example'
    await settle()
    expect(heading()).to.equal('How would you like to pay?')
  })

  it('refuses a proxy that is not https', async () => {
    const { text } = await mount(checkout(), { attributes: { proxy: 'http://pay.example' } })
    expect(text()).to.contain('proxy')
  })

  it('shows our words for an error, never those of the answer', async () => {
    const detail = '<img src=x onerror=alert(1)> secret'
    const answer = Response.json({ code: 'order_conflict', detail, title: detail }, { status: 409 })
    const { text, named } = await mount(answer)
    expect(text()).to.contain('The price of this order has changed').and.not.contain('secret')
    expect(named('cc-error')).to.deep.equal([{ code: 'order_conflict' }])
  })

  it('has words for a code that it does not know', async () => {
    const { heading } = await mount(problem('something_new', 418))
    expect(heading()).to.equal('This order cannot be paid here')
  })

  it('has words for an answer of something in between, whose code is a number', async () => {
    const { heading, named } = await mount(Response.json({ code: 502 }, { status: 502 }))
    expect(heading()).to.equal('We cannot reach the payment service')
    expect(named('cc-error')).to.deep.equal([{ code: 'unreachable' }])
  })

  it('tries again by itself when the proxy is down, and by a button', async () => {
    let isDown = true
    const { heading, click, pass } = await mount(() => (isDown ? Response.error() : checkout()))
    expect(heading()).to.equal('We cannot reach the payment service')
    await click('Try again')
    expect(heading()).to.equal('We cannot reach the payment service')
    isDown = false
    await pass(10_000)
    expect(heading()).to.equal('How would you like to pay?')
  })

  it('says so when the browser is offline, and goes on by itself', async () => {
    const { world, text, settle } = await mount(STATES['transfer'] ?? checkout())
    world.goOffline()
    await settle()
    expect(text()).to.contain('You are offline').and.contain('Send USDT on TRON')
    world.jump(2000)
    world.goOnline()
    await settle()
    expect(text()).not.to.contain('You are offline')
  })

  it('keeps the payment on screen while the proxy does not answer', async () => {
    let isDown = false
    const { text, pass } = await mount(() =>
      isDown ? Response.error() : (STATES['transfer'] ?? checkout()),
    )
    isDown = true
    await pass(4000)
    expect(text()).not.to.contain('No connection')
    await pass(4000)
    expect(text()).to.contain('No connection').and.contain('148.874')
  })
})
