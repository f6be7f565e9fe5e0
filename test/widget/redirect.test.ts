/**
 * Sending the shopper to a payment page, and what happens on coming back.
 * @module
 */
import { expect } from 'chai'
import type { Checkout } from '../../protocol/payment.ts'
import { CryptoCheckout } from '../../widget/crypto-checkout.ts'
import {
  CARD,
  STATES,
  checkout,
  payment,
  redirectAction,
  transferring,
} from '../../demo/gallery/fixtures.ts'
import { expectAccessible, gate, mount, problem } from './helpers.ts'
import { FakePage, World, newBrowser } from './world.ts'

const ID = checkout().id
const leaving = (url: string = redirectAction.url): Checkout =>
  checkout({
    methods: [CARD],
    payment: payment({
      methodId: CARD.id,
      cancelable: false,
      nextAction: { ...redirectAction, url },
    }),
  })
const choosing = checkout({ methods: [CARD] })
const paid = STATES['paid'] ?? checkout()

/** Answers with `before` until a payment was started, then with `then`. */
const onStart =
  (world: World, then: Checkout | Response, before: Checkout = choosing) =>
  () =>
    world.requests.some((request) => request.endsWith('/payments')) ? then : before

describe('the same window', () => {
  it('is left for the payment page', async () => {
    const world = new World()
    const mounted = await mount(onStart(world, leaving()), { world })
    await mounted.click(/Card/)
    expect(mounted.page.visited).to.deep.equal(['https://page.example/p/1'])
    expect(mounted.named('cc-redirect')).to.deep.equal([
      { checkoutId: ID, url: 'https://page.example/p/1', isPopup: false },
    ])
  })

  it('can be kept by the page', async () => {
    const world = new World()
    const mounted = await mount(onStart(world, leaving()), { world })
    mounted.element.addEventListener('cc-redirect', (event) => event.preventDefault())
    await mounted.click(/Card/)
    expect(mounted.page.visited).to.deep.equal([])
    expect(mounted.heading()).to.equal('Continue on the payment page')
  })

  it('shows the way there again after going back in history', async () => {
    const { control } = await mount(leaving())
    const link = control('Open the payment page')
    expect([link.getAttribute('href'), link.getAttribute('target')]).to.deep.equal([
      'https://page.example/p/1',
      '_self',
    ])
  })
})

describe('the way there again', () => {
  for (const [prefersPopup, redirect, target] of [
    [true, 'auto', '_blank'],
    [true, 'self', '_self'],
    [false, 'popup', '_blank'],
    [false, 'auto', '_self'],
  ] as const) {
    it(`leads where the first one did: ${redirect}, ${prefersPopup}`, async () => {
      // in a frame, which a payment page refuses, as on a desk
      const page = Object.assign(new FakePage(), { prefersPopup })
      const { control } = await mount(leaving(), { page, attributes: { redirect } })
      expect(control('Open the payment page').getAttribute('target')).to.equal(target)
    })
  }
})

describe('a second window', () => {
  const page = () => Object.assign(new FakePage(), { prefersPopup: true })

  it('opens inside the click, is cut loose, then filled', async () => {
    const world = new World()
    const held = gate<Checkout>()
    let isStarted = false
    const mounted = await mount(() => (isStarted ? held.promise : choosing), {
      world,
      page: page(),
      hanging: 1,
    })
    isStarted = true
    mounted.control(/Card/).click()
    const [opened] = mounted.page.windows
    expect(opened?.urls).to.deep.equal([])
    held.resolve(leaving())
    await mounted.settle()
    expect(opened?.urls).to.deep.equal(['https://page.example/p/1'])
    expect(opened?.wasLoose).to.equal(true)
    expect(mounted.page.visited).to.deep.equal([])
    expect(mounted.text()).to.contain('open in another window')
    await expectAccessible(mounted.element)
    await mounted.click('Go to the payment window')
    expect(opened?.focused).to.equal(1)
    expect(mounted.control('Open it in a new tab').getAttribute('target')).to.equal('_blank')
  })

  it('is closed again where the payment could not be started', async () => {
    const world = new World()
    const mounted = await mount(onStart(world, problem('provider_unavailable', 503)), {
      world,
      page: page(),
    })
    await mounted.click(/Card/)
    expect(mounted.page.windows[0]?.isClosed).to.equal(true)
    expect(mounted.find('[role=alert]')?.textContent).to.contain('not available now')
  })

  it('gives way to this window where it is blocked', async () => {
    const world = new World()
    const mounted = await mount(onStart(world, leaving()), {
      world,
      page: Object.assign(page(), { isPopupBlocked: true }),
    })
    await mounted.click(/Card/)
    expect(mounted.page.visited).to.deep.equal(['https://page.example/p/1'])
  })

  for (const [redirect, count] of [
    ['self', 0],
    ['popup', 1],
  ] as const) {
    it(`opens as the attribute says: ${redirect}`, async () => {
      const world = new World()
      const mounted = await mount(onStart(world, leaving()), { world, attributes: { redirect } })
      await mounted.click(/Card/)
      expect(mounted.page.windows).to.have.length(count)
    })
  }

  it('tells the first one that it came back, and closes', async () => {
    const browser = newBrowser()
    let state: Checkout = choosing
    const main = await mount(() => state, { world: new World(browser), page: page() })
    state = leaving()
    await main.click(/Card/)

    state = paid
    const [opened] = main.page.windows
    if (opened) opened.isForeign = false
    const back = Object.assign(new FakePage(), {
      isOwn: true,
      current: `https://shop.example/cart?item=7&checkout=${ID}`,
    })
    const second = await mount(() => state, { world: new World(browser), page: back })
    expect(second.heading()).to.equal('You can close this window')
    expect(second.world.requests).to.deep.equal([])
    await expectAccessible(second.element)
    await second.pass(200)
    expect(back.isClosed).to.equal(true)

    await main.settle()
    expect(main.world.requests.at(-1)).to.equal(`POST /v1/checkouts/${ID}/sent`)
    expect(main.world.bodies.at(-1)).to.deep.equal({}, 'nothing is claimed')
    expect(main.heading()).to.equal('Payment complete')
    expect(main.named('cc-return')).to.have.length(1)
    expect(main.named('cc-paid')).to.have.length(1)
    expect(opened?.isClosed).to.equal(true)
  })

  it('is let go of while a payment page is in it', async () => {
    let state: Checkout = choosing
    const mounted = await mount(() => state, { page: page() })
    state = leaving()
    await mounted.click(/Card/)
    state = paid
    await mounted.pass(10_000)
    expect(mounted.heading()).to.equal('Payment complete')
    expect(mounted.page.windows[0]?.isClosed).to.equal(false)
  })

  it('goes on by itself where the first one is gone', async () => {
    const back = Object.assign(new FakePage(), {
      isOwn: true,
      current: `https://shop.example/cart?checkout=${ID}`,
    })
    const mounted = await mount(paid, { page: back })
    await mounted.click('Continue here')
    expect(mounted.heading()).to.equal('Payment complete')
  })
})

describe('coming back', () => {
  const page = () =>
    Object.assign(new FakePage(), {
      current: `https://shop.example/cart?item=7&checkout=${ID}#top`,
    })

  it('says that it is checking until the proxy has asked', async () => {
    const held = gate<Checkout>()
    const world = new World()
    const mounted = await mount(
      () => (world.requests.at(-1)?.endsWith('/sent') ? held.promise : leaving()),
      { world, page: page(), hanging: 1 },
    )
    expect(mounted.heading()).to.equal('Checking your payment…')
    await expectAccessible(mounted.element)
    held.resolve(paid)
    await mounted.settle()
    expect(mounted.heading()).to.equal('Payment complete')
    expect(mounted.named('cc-return')).to.have.length(1)
    expect(mounted.named('cc-paid')).to.have.length(1)
  })

  it('cleans the URL, and keeps the rest of it', async () => {
    const mounted = await mount(paid, { page: page() })
    expect(mounted.page.current).to.equal('https://shop.example/cart?item=7#top')
  })

  it('believes the proxy, not what the URL says', async () => {
    const claiming = Object.assign(page(), {
      current: `https://shop.example/cart?checkout=${ID}&status=success`,
    })
    const mounted = await mount(leaving(), { page: claiming })
    expect(mounted.heading()).to.equal('We have not seen your payment yet')
    expect(mounted.named('cc-paid')).to.deep.equal([])
    expect(mounted.has('Open the payment page')).to.equal(true)
  })

  it('tells of a failure that the shopper came back with', async () => {
    const mounted = await mount(STATES['failed'] ?? checkout(), { page: page() })
    expect(mounted.named('cc-failed')).to.have.length(1)
    await mounted.pass(20_000)
    expect(mounted.named('cc-failed'), 'once').to.have.length(1)
  })

  it('takes the checkout of the URL where the page has no other', async () => {
    const { world } = await mount(paid, {
      page: page(),
      attributes: { checkout: '', product: 'mug' },
    })
    expect(world.requests[0]).to.equal(`GET /v1/checkouts/${ID}`)
  })

  for (const [name, state] of [
    ['unpaid', checkout()],
    ['with an address', transferring()],
    ['with a payment page', leaving()],
    ['with a part missing', STATES['partial'] ?? checkout()],
  ] as const) {
    it(`a link to an order that nobody began here leads to no payment of it: ${name}`, async () => {
      const attributes = { checkout: '', product: 'mug' }
      const browser = newBrowser()
      const world = new World(browser)
      const visited = await mount(state, { world, page: page(), attributes })
      expect(visited.heading()).to.equal('We have not seen your payment yet')
      expect(visited.find('[part~=address], [part~=method], [part~=link]') === null).to.equal(true)
      expect(await visited.element.start(CARD.id)).to.equal(false)
      await visited.click('Begin a new payment')
      expect(world.requests.at(-1)).to.equal('POST /v1/checkouts')
      expect((world.bodies.at(-1) as { orderId: string }).orderId).to.match(/^[0-9a-f]{32}$/)
    })
  }

  it('a link to an order that nobody began here shows no address, however it stands', async () => {
    const attributes = { checkout: '', product: 'mug' }
    for (const name of ['processing with details', 'expired', 'failed', 'canceled']) {
      const visited = await mount(STATES[name] ?? checkout(), { page: page(), attributes })
      expect(visited.find('[part~=address]') === null, name).to.equal(true)
      if (visited.has('Get a new price')) await visited.click('Get a new price')
      else if (visited.has('Choose again')) await visited.click('Choose again')
      else continue
      expect(visited.world.requests.at(-1), name).to.equal('POST /v1/checkouts')
    }
  })

  it('a link to an order that nobody began here is not remembered', async () => {
    const attributes = { checkout: '', product: 'mug' }
    const browser = newBrowser()
    const first = await mount(paid, { world: new World(browser), page: page(), attributes })
    expect(first.heading()).to.equal('Payment complete')
    first.element.remove()
    const second = await mount(checkout(), { world: new World(browser), attributes })
    expect(second.world.requests).to.deep.equal(['POST /v1/checkouts'])
    expect(second.heading()).to.equal('How would you like to pay?')
  })

  it('does not let a link swap the order of the page for another', async () => {
    const foreign = Object.assign(new FakePage(), {
      current: 'https://shop.example/cart?checkout=somebody-elses-order',
    })
    const { world } = await mount(choosing, { page: foreign })
    expect(world.requests).to.deep.equal([`GET /v1/checkouts/${ID}`])
    expect(foreign.current).to.equal('https://shop.example/cart')
  })

  it('without any sign in the URL is known from memory', async () => {
    const browser = newBrowser()
    const world = new World(browser)
    const attributes = { checkout: '', 'order-token': `x.${btoa('{"orderId":"A-1001"}')}.y` }
    const first = await mount(onStart(world, leaving()), { world, attributes })
    await first.click(/Card/)
    first.element.remove()
    const second = await mount(paid, { world: new World(browser), attributes })
    expect(second.world.requests).to.deep.equal([
      'POST /v1/checkouts',
      `POST /v1/checkouts/${ID}/sent`,
    ])
    const third = await mount(paid, { world: new World(browser), attributes })
    expect(third.world.requests).to.deep.equal(['POST /v1/checkouts'])
  })

  it('can be asked for by the page', () => {
    expect(CryptoCheckout.hasReturned(page().current)).to.equal(true)
    expect(CryptoCheckout.hasReturned('https://shop.example/?checkout=a b')).to.equal(false)
    expect(CryptoCheckout.hasReturned('https://shop.example/')).to.equal(false)
    expect(CryptoCheckout.hasReturned()).to.equal(false)
  })
})

describe('URLs', () => {
  for (const url of [
    'javascript:alert(1)',
    'data:text/html,x',
    'http://page.example/',
    '//x',
    '',
  ]) {
    it(`${url || 'an empty'} URL is refused`, async () => {
      const world = new World()
      const mounted = await mount(onStart(world, leaving(url)), { world })
      await mounted.click(/Card/)
      expect(mounted.page.visited).to.deep.equal([])
      expect(mounted.has('Open the payment page')).to.equal(false)
      expect(mounted.named('cc-error')).to.deep.equal([{ code: 'address_invalid' }])
    })
  }

  it('javascript: URL is refused in every attribute', async () => {
    const bad = 'javascript:alert(1)'
    const links = { 'success-url': bad, 'fail-url': bad, 'cancel-url': bad, 'support-url': bad }
    for (const state of Object.values(STATES)) {
      const { element } = await mount(state, { attributes: links })
      for (const link of element.shadowRoot?.querySelectorAll('a') ?? [])
        expect(link.protocol).not.to.equal('javascript:')
    }
  })
})
