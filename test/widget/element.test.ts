/**
 * The element as a page meets it: attributes, events, methods, its life.
 * @module
 */
import { expect } from 'chai'
import type { Checkout } from '../../protocol/payment.ts'
import { CryptoCheckout } from '../../widget/crypto-checkout.ts'
import { STATES, checkout, transferring } from '../../demo/gallery/fixtures.ts'
import { mount, problem } from './helpers.ts'
import { World, newBrowser } from './world.ts'

const paid = STATES['paid'] ?? checkout()

describe('an order', () => {
  const body = async (attributes: Record<string, string>, world = new World()) => {
    const mounted = await mount(checkout(), { world, attributes: { checkout: '', ...attributes } })
    expect(mounted.world.requests[0]).to.equal('POST /v1/checkouts')
    return mounted.world.bodies[0] as Record<string, unknown>
  }

  it('is a token', async () => {
    expect(await body({ 'order-token': 'a.b.c' })).to.deep.equal({ orderToken: 'a.b.c' })
  })

  it('is a product, with an id that is made and kept', async () => {
    const browser = newBrowser()
    const attributes = { product: 'mug', quantity: '2' }
    const first = await body(attributes, new World(browser))
    expect(first).to.include({ product: 'mug', quantity: 2 })
    expect(first['orderId']).to.match(/^[0-9a-f]{32}$/)
    const second = await body(attributes, new World(browser))
    expect(second).to.deep.equal(first)
  })

  it('is an amount, under the merchant number where there is one', async () => {
    expect(await body({ amount: '5.00', currency: 'TRY', 'order-id': 'B-2' })).to.deep.equal({
      amount: '5.00',
      currency: 'TRY',
      orderId: 'B-2',
    })
  })

  it('changes with the attributes, and not with others', async () => {
    const { element, world, settle } = await mount(checkout())
    element.theme = 'dark'
    await settle()
    expect(world.requests).to.have.length(1)
    element.checkout = 'another-checkout-id'
    await settle()
    expect(world.requests.at(-1)).to.equal('GET /v1/checkouts/another-checkout-id')
  })

  it('works where storage throws', async () => {
    const world = new World()
    world.storageThrows = true
    expect(await body({ product: 'mug' }, world)).to.include({ product: 'mug' })
  })

  it('is forgotten on reset', async () => {
    const mounted = await mount(checkout(), { attributes: { checkout: '', product: 'mug' } })
    mounted.element.reset()
    await mounted.settle()
    const [first, second] = mounted.world.bodies as { orderId: string }[]
    expect(second?.orderId).not.to.equal(first?.orderId)
  })
})

describe('events', () => {
  it('tell each change once, bubbling through shadow roots', async () => {
    let state: Checkout = transferring()
    const { pass, events, named } = await mount(() => state)
    await pass(10_000)
    state = STATES['processing'] ?? state
    await pass(10_000)
    state = paid
    await pass(10_000)
    expect(events.map(({ type }) => type)).to.deep.equal([
      'cc-ready',
      'cc-state',
      'cc-state',
      'cc-state',
      'cc-paid',
    ])
    expect(events.every(({ bubbles, composed }) => bubbles && composed)).to.equal(true)
    expect(named('cc-state').map(({ previous, status }) => [previous, status])).to.deep.equal([
      [null, 'pending'],
      ['pending', 'processing'],
      ['processing', 'paid'],
    ])
    expect(named('cc-paid')).to.deep.equal([
      {
        checkoutId: checkout().id,
        orderId: 'A-1001',
        status: 'paid',
        reason: null,
        receipt: 'eyJ.receipt.sig',
      },
    ])
  })

  for (const [status, name] of [
    ['expired', 'cc-expired'],
    ['failed', 'cc-failed'],
    ['canceled', 'cc-canceled'],
  ] as const) {
    it(`${name} comes once`, async () => {
      let state: Checkout = transferring()
      const { pass, named } = await mount(() => state)
      state = STATES[status] ?? state
      await pass(20_000)
      expect(named(name)).to.have.length(1)
    })
  }

  it('an error is told once while it lasts', async () => {
    const { pass, named } = await mount(() => Response.error())
    await pass(60_000)
    expect(named('cc-error')).to.deep.equal([{ code: 'unreachable' }])
  })
})

describe('methods', () => {
  it('whenPaid() resolves once paid', async () => {
    let state: Checkout = transferring()
    const { element, pass } = await mount(() => state)
    const when = element.whenPaid()
    state = paid
    await pass(4000)
    expect(await when).to.deep.equal({
      checkoutId: checkout().id,
      orderId: 'A-1001',
      receipt: 'eyJ.receipt.sig',
    })
  })

  it('whenPaid() waits on where a first order came to nothing and another was begun', async () => {
    let state: Checkout = checkout({ status: 'expired', pollAfterMs: null })
    const attributes = { checkout: '', product: 'mug' }
    const { element, click, pass } = await mount(() => state, { attributes })
    const when = element.whenPaid()
    state = transferring()
    await click('Choose again')
    state = paid
    await pass(4000)
    const late = new Promise((resolve) => setTimeout(() => resolve('nothing'), 500))
    expect(await Promise.race([when, late])).to.have.property('orderId', 'A-1001')
  })

  it('whenPaid() of the next order is not answered by the last', async () => {
    let state: Checkout = paid
    const { element, settle, pass } = await mount(() => state)
    expect((await element.whenPaid()).checkoutId).to.equal(paid.id)
    const next = { id: 'another-checkout', orderId: 'A-1002' }
    state = { ...transferring(), ...next }
    element.checkout = next.id
    const when = element.whenPaid()
    await settle()
    state = { ...paid, ...next }
    await pass(4000)
    expect((await when).orderId).to.equal('A-1002')
  })

  it('refresh() asks now, cancel() cancels', async () => {
    const { element, world } = await mount(transferring())
    await element.refresh()
    await element.cancel()
    expect(world.requests.slice(1)).to.deep.equal([
      `GET /v1/checkouts/${checkout().id}`,
      `POST /v1/checkouts/${checkout().id}/cancel`,
    ])
  })

  it('requote() starts the same method again', async () => {
    const { element, world } = await mount(STATES['expired'] ?? checkout())
    expect(await element.requote()).to.equal(true)
    expect(world.requests.at(-1)).to.match(/\/payments$/)
  })
})

describe('its life', () => {
  it('leaving the page aborts the poll', async () => {
    let isSlow = false
    const world = new World()
    const signals: AbortSignal[] = []
    const ask = world.fetch.bind(world)
    world.fetch = (url, init) => (signals.push(init.signal as AbortSignal), ask(url, init))
    const { element } = await mount(
      () => (isSlow ? new Promise<never>(() => {}) : transferring()),
      { world },
    )
    isSlow = true
    await world.pass(4000, 1)
    expect(signals.at(-1)?.aborted).to.equal(false)
    element.remove()
    expect(signals.at(-1)?.aborted).to.equal(true)
    await world.pass(600_000)
    expect(world.requests).to.have.length(2)
    expect([world.waitingTimers, world.listeners, world.browser.channels.size]).to.deep.equal([
      0, 0, 0,
    ])
  })

  it('is over once it is gone, also where something was being said', async () => {
    const { element, world, page, click, pass } = await mount(transferring())
    await click('I have paid')
    element.remove()
    await pass(5000)
    expect(page.isGuarded, 'the page is left without a question').to.equal(false)
    expect(world.waitingTimers).to.equal(0)
  })

  it('goes on when it is added again', async () => {
    const { element, world, settle, heading } = await mount(transferring())
    element.remove()
    document.body.append(element)
    await settle()
    expect(world.requests).to.have.length(2)
    expect(heading()).to.equal('Send USDT on TRON')
  })

  it('does nothing that is asked of it while it is away, and does not wait for that for ever', async () => {
    const { element, world, settle, click } = await mount(transferring())
    element.remove()
    await element.cancel()
    expect(world.requests).to.have.length(1)
    document.body.append(element)
    await settle()
    expect(world.requests).to.have.length(2)
    await click('I have paid')
    expect(world.requests.at(-1)).to.match(/\/sent$/)
  })

  it('does not call the shopper offline once it is back, and has been answered', async () => {
    const { element, world, settle, text } = await mount(transferring())
    world.goOffline()
    await settle()
    expect(text()).to.contain('You are offline')
    element.remove()
    world.goOnline()
    document.body.append(element)
    await settle()
    expect(text()).not.to.contain('You are offline')
  })

  it('does not fetch before it is in the page', async () => {
    const element = document.createElement('crypto-checkout')
    const world = new World()
    element.environment = world
    element.proxy = 'https://pay.example'
    element.checkout = 'some-checkout'
    await world.settle()
    expect(world.requests).to.deep.equal([])
  })

  it('two of them on a page do not mind each other', async () => {
    const browser = newBrowser()
    const a = await mount(transferring(), { world: new World(browser) })
    const b = await mount({ ...STATES['failed'], id: 'another-checkout' } as Checkout, {
      world: new World(browser),
      attributes: { checkout: 'another-checkout' },
    })
    expect([a.heading(), b.heading()]).to.deep.equal([
      'Send USDT on TRON',
      'The payment did not go through',
    ])
  })
})

describe('define', () => {
  it('twice is silent, also from another copy of the library', () => {
    CryptoCheckout.define()
    const copy = class extends CryptoCheckout {}
    copy.define()
    expect(document.createElement('crypto-checkout')).to.be.instanceOf(CryptoCheckout)
  })

  it('takes another name', () => {
    CryptoCheckout.define('my-checkout')
    expect(document.createElement('my-checkout')).to.be.instanceOf(CryptoCheckout)
  })

  it('says clearly when another library holds the name', () => {
    customElements.define('taken-checkout', class extends HTMLElement {})
    const said: string[] = []
    // oxlint-disable-next-line no-console -- what is tested
    const { error } = console
    // oxlint-disable-next-line no-console -- what is tested
    console.error = (text: string) => said.push(text)
    CryptoCheckout.define('taken-checkout')
    // oxlint-disable-next-line no-console -- what is tested
    console.error = error
    expect(said.join()).to.contain('<taken-checkout> belongs to another library')
  })
})

describe('themes', () => {
  for (const [theme, colour] of [
    ['light', 'rgb(255, 255, 255)'],
    ['dark', 'rgb(22, 24, 29)'],
  ] as const) {
    it(`${theme} is ${theme}`, async () => {
      const { element, find } = await mount(checkout(), { attributes: { theme } })
      expect(getComputedStyle(element).colorScheme).to.equal(theme)
      expect(getComputedStyle(find('.card') ?? element).backgroundColor).to.equal(colour)
    })
  }

  it('takes the merchant colour', async () => {
    const { element, control } = await mount(transferring())
    element.style.setProperty('--cc-accent', 'rgb(1, 2, 3)')
    expect(getComputedStyle(control('I have paid')).backgroundColor).to.equal('rgb(1, 2, 3)')
  })
})

describe('the order of things', () => {
  it('an older answer never replaces a newer one', async () => {
    let state: Checkout = paid
    const { element, heading, settle } = await mount(() => state)
    state = transferring()
    await element.refresh()
    await settle()
    expect(heading()).to.equal('Payment complete')
  })

  it('a 401 of an expired token without a known checkout is an error', async () => {
    const { heading } = await mount(problem('invalid_order_token', 401), {
      attributes: { checkout: '', 'order-token': 'a.b.c' },
    })
    expect(heading()).to.equal('This order cannot be paid here')
  })
})
