/**
 * Picking a way to pay.
 * @module
 */
import { expect } from 'chai'
import { http } from 'msw'
import {
  ASKING,
  BITCOIN_ADDRESS,
  CARD,
  MANY,
  PROXY,
  TRON_ADDRESS,
  USDT_ETHEREUM,
  USDT_TRON,
  bitcoin,
  checkout,
  payment,
  transferAction,
  transferring,
} from '../../demo/gallery/fixtures.ts'
import { expectAccessible, gate, mount, problem } from './helpers.ts'
import type { Mounted } from './helpers.ts'
import { World } from './world.ts'

const START = `${PROXY}/v1/checkouts/:id/payments`

/** The rows, as they are read. */
const rows = ({ element }: Mounted): string[] =>
  [...(element.shadowRoot?.querySelectorAll('[part=methods] b') ?? [])].map(
    (row) => row.textContent,
  )

describe('the list', () => {
  it('creates nothing at a provider before the shopper acts', async () => {
    const { world } = await mount(checkout())
    expect(world.requests.every((request) => request.startsWith('GET'))).to.equal(true)
  })

  it('shows each coin once, and asks for the network only where there are several', async () => {
    const mounted = await mount(checkout())
    expect(rows(mounted)).to.deep.equal(['Tether', 'Bitcoin', 'Card'])
    await mounted.click(/Tether/)
    expect(mounted.heading()).to.equal('On which network do you send USDT?')
    expect(rows(mounted)).to.deep.equal(['TRON (TRC20)', 'Ethereum (ERC20)'])
    expect(mounted.text()).to.contain('Fee 1.2 USDT')
    await expectAccessible(mounted.element)
    await mounted.click('Back')
    expect(rows(mounted)).to.deep.equal(['Tether', 'Bitcoin', 'Card'])
  })

  it('can be searched when it is long, by name, symbol or network', async () => {
    const mounted = await mount(checkout({ methods: MANY }))
    const search = mounted.find('[type=search]') as HTMLInputElement
    const find = async (query: string) => {
      search.value = query
      search.dispatchEvent(new InputEvent('input', { bubbles: true }))
      await mounted.settle()
      return rows(mounted)
    }
    expect(await find('bitc')).to.deep.equal(['Bitcoin'])
    expect(await find('usd')).to.deep.equal(['Tether', 'USD Coin'])
    expect(await find('solana')).to.deep.equal(['Solana', 'USD Coin'])
    expect(await find('doge')).to.deep.equal([])
    expect(mounted.text()).to.contain('No coin matches')
  })

  it('shows what it was searched for also after going back from a coin', async () => {
    const mounted = await mount(checkout({ methods: MANY }))
    const search = () => mounted.find('[type=search]') as HTMLInputElement
    search().value = 'usd'
    search().dispatchEvent(new InputEvent('input', { bubbles: true }))
    await mounted.click(/Tether/)
    await mounted.click('Back')
    expect([search().value, ...rows(mounted)]).to.deep.equal(['usd', 'Tether', 'USD Coin'])
  })

  it('has no search field when it is short', async () => {
    const { find } = await mount(checkout())
    expect(find('[type=search]')).to.equal(null)
  })

  it('can be limited by the page, coin by coin or network by network', async () => {
    const assets = 'usdt:tron, BTC'
    const mounted = await mount(checkout({ methods: MANY }), { attributes: { assets } })
    expect(rows(mounted)).to.deep.equal(['Tether', 'Bitcoin', 'Card'])
  })

  it('shows a price of its own where a method has one', async () => {
    const dear = { ...CARD, price: { amount: '3.10', currency: 'USD' } }
    const { text } = await mount(checkout({ methods: [dear] }))
    expect(text()).to.contain('$3.10')
  })

  it('shows what a provider says as text, never as markup', async () => {
    const label = '<img src=x onerror="window.xss = 1">'
    const { text, find } = await mount(
      checkout({ description: label, orderId: label, methods: [{ ...CARD, label }] }),
    )
    expect(text()).to.contain(label)
    expect(find('img')).to.equal(null)
    expect('xss' in window).to.equal(false)
  })
})

describe('a pick', () => {
  it('starts the payment once, however often it is pressed', async () => {
    const world = new World()
    const held = gate<Response>()
    const mounted = await mount(checkout({ methods: [USDT_TRON] }), { world, hanging: 1 })
    world.handlers.unshift(http.post(START, () => held.promise))
    for (let i = 0; i < 5; i++) mounted.control(/Tether/).click()
    await mounted.settle(1)
    expect(mounted.find('[aria-busy=true]')).not.to.equal(null)
    held.resolve(world.json(transferring()))
    await mounted.settle()
    expect(mounted.heading()).to.equal('Send USDT on TRON')
    expect(world.requests.filter((request) => request.startsWith('POST')).length).to.be.at.most(2)
  })

  it('two fast taps never show the first coin address', async () => {
    const world = new World()
    const first = gate<Response>()
    const second = gate<Response>()
    const mounted = await mount(checkout(), { world, hanging: 1 })
    const seen: string[] = []
    const watch = new MutationObserver(() =>
      seen.push(mounted.element.shadowRoot?.textContent ?? ''),
    )
    watch.observe(mounted.element.shadowRoot ?? mounted.element, {
      subtree: true,
      childList: true,
      characterData: true,
    })
    world.handlers.unshift(
      http.post(START, async ({ request }) => {
        const { methodId } = (await request.json()) as { methodId: string }
        return methodId.includes('BTC') ? first.promise : second.promise
      }),
    )
    mounted.control(/Bitcoin/).click()
    await mounted.click(/Tether/)
    mounted.control(/TRON/).click()
    await mounted.settle(1)
    first.resolve(world.json(bitcoin()))
    await mounted.settle(1)
    second.resolve(world.json(transferring()))
    await mounted.settle()
    await new Promise((resolve) => setTimeout(resolve))
    watch.disconnect()
    expect(mounted.text()).to.contain(TRON_ADDRESS)
    expect(seen.join(' ')).not.to.contain(BITCOIN_ADDRESS)
  })

  it('that is refused says so, and leaves the choice open', async () => {
    const world = new World()
    const mounted = await mount(checkout(), { world })
    world.handlers.unshift(http.post(START, () => problem('provider_unavailable', 503)))
    await mounted.click(/Bitcoin/)
    expect(mounted.find('[role=alert]')?.textContent).to.contain('not available now')
    expect(rows(mounted)).to.deep.equal(['Tether', 'Bitcoin', 'Card'])
    expect(mounted.find('[aria-busy=true]')).to.equal(null)
    await expectAccessible(mounted.element)
  })

  it('that is refused says nothing of the payment that still stands', async () => {
    const world = new World()
    const mounted = await mount(transferring(), { world })
    world.handlers.unshift(http.post(START, () => problem('provider_unavailable', 503)))
    await mounted.click(/^Pay another way/)
    await mounted.click(/Bitcoin/)
    expect(mounted.find('[role=alert]')?.textContent).to.contain('Nothing was charged')
    await mounted.click('Back to your payment')
    expect(mounted.heading()).to.equal('Send USDT on TRON')
    expect(mounted.find('[role=alert]')?.textContent.trim()).to.equal('')
  })

  it('tells the page what was picked', async () => {
    const mounted = await mount(checkout())
    await mounted.click(/Bitcoin/)
    expect(mounted.named('cc-select')).to.deep.equal([
      { methodId: 'a:BTC:BITCOIN', flow: 'transfer' },
    ])
  })

  it('can be changed until money was seen, and taken back', async () => {
    const mounted = await mount(transferring())
    await mounted.click(/^Pay another way/)
    expect(rows(mounted)).to.deep.equal(['Tether', 'Bitcoin', 'Card'])
    await mounted.click('Back to your payment')
    expect(mounted.heading()).to.equal('Send USDT on TRON')
  })

  it('by method, from the page', async () => {
    const { element, world } = await mount(checkout())
    expect(await element.start('nonsense')).to.equal(false)
    await element.start('a:BTC:BITCOIN')
    expect(world.bodies.at(-1)).to.deep.equal({ methodId: 'a:BTC:BITCOIN' })
  })
})

describe('several companies for one coin', () => {
  const PRICED = {
    ...USDT_TRON,
    id: 'b:USDT:TRON',
    flow: 'redirect',
    price: { amount: '2.42', currency: 'USDT' },
  } as const
  const EXCHANGED = { ...ASKING, id: 'c:USDT:TRON', asset: USDT_TRON.asset, price: PRICED.price }

  it('are told apart by what they charge, where it is paid, and what they ask', async () => {
    const mounted = await mount(checkout({ methods: [USDT_TRON, PRICED, EXCHANGED] }))
    expect(mounted.control(/Tether/).textContent).to.contain('USDT · TRON (TRC20)')
    await mounted.click(/Tether/)
    const hints = [...(mounted.element.shadowRoot?.querySelectorAll('[part=methods] small') ?? [])]
    expect(hints.map((hint) => hint.textContent)).to.deep.equal([
      '',
      '2.42 USDT · on the payment page',
      '2.42 USDT · asks for details first · on the payment page',
    ])
    await expectAccessible(mounted.element)
  })

  it('stand together by their networks', async () => {
    const methods = [USDT_TRON, USDT_ETHEREUM, PRICED]
    const mounted = await mount(checkout({ methods }))
    await mounted.click(/Tether/)
    expect(rows(mounted)).to.deep.equal(['TRON (TRC20)', 'TRON (TRC20)', 'Ethereum (ERC20)'])
  })

  it('show their own price where they ask, and on the way to their page', async () => {
    const asking = await mount(checkout({ methods: [EXCHANGED] }))
    await asking.click(/Tether/)
    expect(asking.find('[part=list]')?.textContent).to.contain('2.42 USDT')

    const action = { type: 'redirect', url: 'https://page.example/p/1' } as const
    const leaving = await mount(
      checkout({
        methods: [PRICED],
        payment: payment({ methodId: PRICED.id, nextAction: action }),
      }),
    )
    expect(leaving.find('[part=list]')?.textContent).to.contain('2.42 USDT')
  })

  it('says where an identity check stands in the way', async () => {
    const world = new World()
    const mounted = await mount(checkout(), { world })
    world.handlers = [http.post(START, () => problem('identity_check_required', 422))]
    await mounted.click(/Bitcoin/)
    expect(mounted.find('[role=alert]')?.textContent).to.contain('identity check')
    expect(mounted.find('[role=alert]')?.textContent).to.contain('another way')
  })
})

describe('what a method asks', () => {
  it('is asked first, with the terms, and sent along', async () => {
    const world = new World()
    const mounted = await mount(checkout({ methods: [ASKING] }), { world })
    await mounted.click(/Exchange/)
    expect(world.requests).to.have.length(1)
    expect(mounted.control('Read the terms').getAttribute('href')).to.equal(
      'https://terms.example/',
    )
    await expectAccessible(mounted.element)

    await mounted.click('Continue')
    expect(world.requests).to.have.length(1)

    const field = mounted.find('input[name=email]') as HTMLInputElement
    field.value = 'somebody@example.com'
    ;(mounted.find('[type=checkbox]') as HTMLInputElement).click()
    await mounted.click('Continue')
    expect(world.bodies.at(-1)).to.deep.equal({
      methodId: 'asking',
      fields: { email: 'somebody@example.com' },
      consent: true,
      returnUrl: 'https://shop.example/cart?item=7',
    })
  })

  it('refuses a link to the terms that is none', async () => {
    const consent = { url: 'javascript:alert(1)' }
    const mounted = await mount(checkout({ methods: [{ ...ASKING, consent }] }))
    await mounted.click(/Exchange/)
    expect(mounted.has('Read the terms')).to.equal(false)
    expect(mounted.find('[type=checkbox]')).not.to.equal(null)
  })
})

describe('after an attempt has ended', () => {
  const ended = (status: 'expired' | 'failed') =>
    checkout({ payment: payment({ status, methodId: USDT_TRON.id }) })

  it('a new price is a new start of the same method', async () => {
    const { click, world } = await mount(ended('expired'))
    await click('Get a new price')
    expect(world.bodies.at(-1)).to.deep.equal({ methodId: USDT_TRON.id })
  })

  it('a new price is for what has ended, not for what was refused meanwhile', async () => {
    const world = new World()
    let state = transferring()
    const mounted = await mount(() => state, { world })
    world.handlers.unshift(http.post(START, () => problem('provider_unavailable', 503)))
    await mounted.click(/^Pay another way/)
    await mounted.click(/Bitcoin/)
    await mounted.click('Back to your payment')
    state = ended('expired')
    await mounted.pass(4000)
    await mounted.click('Get a new price')
    expect(world.bodies.at(-1)).to.deep.equal({ methodId: USDT_TRON.id })
  })

  it('another way can be chosen', async () => {
    const mounted = await mount(ended('failed'))
    await mounted.click('Choose again')
    expect(rows(mounted)).to.deep.equal(['Tether', 'Bitcoin', 'Card'])
  })

  it('an expired order begins anew where the page made it', async () => {
    const mounted = await mount(checkout({ status: 'expired', pollAfterMs: null }), {
      attributes: { checkout: '', product: 'mug' },
    })
    const [first] = mounted.world.bodies as { orderId: string }[]
    await mounted.click('Choose again')
    const last = mounted.world.bodies.at(-1) as { orderId: string }
    expect(last.orderId).to.match(/^[0-9a-f]{32}$/)
    expect(last.orderId).not.to.equal(first?.orderId)
  })

  it('the page can take over an expiry', async () => {
    let state = transferring()
    const mounted = await mount(() => state)
    mounted.element.addEventListener('cc-expired', (event) => event.preventDefault())
    state = ended('expired')
    await mounted.pass(4000)
    expect(mounted.named('cc-expired')).to.have.length(1)
    expect(mounted.has('Get a new price')).to.equal(false)
  })

  it('questions are asked again for a new price after a reload', async () => {
    const state = checkout({
      methods: [ASKING],
      payment: payment({ status: 'expired', methodId: ASKING.id }),
    })
    const mounted = await mount(state)
    await mounted.click('Get a new price')
    expect(mounted.find('input[name=email]')).not.to.equal(null)
  })
})

describe('focus', () => {
  it('goes to the title of the next step', async () => {
    const { click, control, element, find } = await mount(checkout())
    control(/Tether/).focus()
    await click(/Tether/)
    expect(element.shadowRoot?.activeElement).to.equal(find('h2'))
  })

  it('is not taken from the page when something happens by itself', async () => {
    let state = transferring()
    const outside = document.createElement('button')
    document.body.append(outside)
    const mounted = await mount(() => state)
    outside.focus()
    state = checkout({ status: 'processing', payment: payment({ status: 'processing' }) })
    await mounted.pass(4000)
    expect(document.activeElement).to.equal(outside)
    expect(mounted.spoken()).to.equal('Payment seen, being confirmed')
    outside.remove()
  })

  it('is not lost when the screen changes under it', async () => {
    let state = transferring()
    const mounted = await mount(() => state)
    mounted.control('I have paid').focus()
    state = checkout({ status: 'processing', payment: payment({ status: 'processing' }) })
    await mounted.pass(4000)
    expect(mounted.element.shadowRoot?.activeElement).to.equal(mounted.find('h2'))
  })

  it('stays on a button that is busy', async () => {
    const world = new World()
    const mounted = await mount(transferring(), { world, hanging: 1 })
    world.handlers.unshift(http.post(`${PROXY}/*`, () => new Promise<never>(() => {})))
    mounted.control('I have paid').focus()
    await mounted.click('I have paid')
    expect(mounted.element.shadowRoot?.activeElement).to.equal(mounted.control('Check now'))
    await mounted.click('Check now')
    expect(world.requests.filter((request) => request.endsWith('/sent'))).to.have.length(1)
  })
})

it('an offered address is not shown before its checksum is right', async () => {
  const address = TRON_ADDRESS.replace('z', 'x')
  const { text, element } = await mount(
    checkout({ payment: payment({ nextAction: transferAction({ address }) }) }),
  )
  expect(text()).to.contain('its address is not correct')
  expect(element.shadowRoot?.innerHTML).not.to.contain(address)
})
