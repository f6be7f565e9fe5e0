/**
 * Sending coins to an address.
 * @module
 */
import { expect } from 'chai'
import { http } from 'msw'
import type { Checkout } from '../../protocol/payment.ts'
import { qrPath } from '../../widget/qr.ts'
import {
  BITCOIN_ADDRESS,
  OTHER_TRON_ADDRESS,
  PROXY,
  STATES,
  TRON_ADDRESS,
  USDT_ETHEREUM,
  after,
  bitcoin,
  checkout,
  payment,
  transferAction,
  transferring,
} from '../../demo/gallery/fixtures.ts'
import { expectAccessible, mount, problem } from './helpers.ts'
import type { Mounted } from './helpers.ts'
import { World } from './world.ts'

/** The code on screen, once it has been drawn. */
async function code(mounted: Mounted): Promise<string> {
  for (let i = 0; i < 100; i++) {
    const path = mounted.find('[part=qr] path')?.getAttribute('d')
    if (path) return path
    await new Promise(requestAnimationFrame)
    await mounted.element.updateComplete
  }
  throw new Error('no code was drawn')
}

describe('what to send, and where', () => {
  it('shows amount and address in full, and warns at the head', async () => {
    const { text } = await mount(transferring())
    expect(text()).to.contain('148.874 USDT').and.contain(TRON_ADDRESS)
    expect(text()).to.contain('Send only USDT on TRON (TRC20).')
  })

  it('weights the first and the last characters', async () => {
    const { element } = await mount(transferring())
    const ends = element.shadowRoot?.querySelectorAll('.address b') ?? []
    expect([...ends].map((end) => end.textContent)).to.deep.equal(['TR7NHq', 'gjLj6t'])
  })

  it('shows rate and fee as they were said', async () => {
    const { text } = await mount(bitcoin())
    expect(text()).to.contain('1 BTC = 46,948.36 TRY').and.contain('0.35 TRY')
  })

  it('hints at the fee of an exchange', async () => {
    const { text } = await mount(transferring())
    expect(text()).to.contain('An exchange may take off a fee')
  })

  it('copies amount and address apart, and says which', async () => {
    const mounted = await mount(transferring())
    await mounted.click(/^Copy: Amount/)
    expect(mounted.page.copied).to.equal('148.874')
    expect(mounted.spoken()).to.equal('Copied: Amount to send, USDT')
    await mounted.click(/^Copy: USDT, Address/)
    expect(mounted.page.copied).to.equal(TRON_ADDRESS)
    expect(mounted.spoken()).to.equal('Copied: USDT, Address on TRON (TRC20)')
    await expectAccessible(mounted.element)
    await mounted.pass(3100)
    expect(mounted.spoken()).to.equal('')
  })

  it('says how to copy where the browser does not let it', async () => {
    const mounted = await mount(transferring())
    mounted.page.canCopy = false
    await mounted.click(/^Copy: Amount/)
    expect(mounted.spoken()).to.contain('select')
  })

  it('copies the whole reference', async () => {
    const mounted = await mount(transferring())
    await mounted.click('Copy: Reference')
    expect(mounted.page.copied).to.equal(`${checkout().id} / A-1001`)
  })
})

describe('the code', () => {
  it('says the bare address for a token', async () => {
    const mounted = await mount(transferring())
    expect(await code(mounted)).to.equal(qrPath(TRON_ADDRESS).path)
    expect(mounted.has('Wallet link')).to.equal(false)
  })

  it('says a wallet link where wallets read it, and the address on a switch', async () => {
    const mounted = await mount(bitcoin())
    const uri = `bitcoin:${BITCOIN_ADDRESS}?amount=0.00213`
    expect(await code(mounted)).to.equal(qrPath(uri).path)
    expect(mounted.control('Open in wallet').getAttribute('href')).to.equal(uri)
    expect(mounted.control('Wallet link').getAttribute('aria-pressed')).to.equal('true')
    await mounted.click('Address only')
    expect(mounted.control('Address only').getAttribute('aria-pressed')).to.equal('true')
    await new Promise((resolve) => setTimeout(resolve))
    expect(await code(mounted)).to.equal(qrPath(BITCOIN_ADDRESS).path)
  })

  it('is one path with a quiet zone, black on white also in the dark', async () => {
    const mounted = await mount(transferring(), { attributes: { theme: 'dark' } })
    await code(mounted)
    const qr = mounted.find('[part=qr]')
    if (!qr) throw new Error('no code')
    expect(qr.querySelectorAll('*')).to.have.length(1)
    const { backgroundColor, fill } = getComputedStyle(qr)
    expect([backgroundColor, fill]).to.deep.equal(['rgb(255, 255, 255)', 'rgb(0, 0, 0)'])
    const size = qrPath(TRON_ADDRESS).size
    expect(qr.getAttribute('viewBox')).to.equal(`0 0 ${size} ${size}`)
    expect(qrPath(TRON_ADDRESS).path).to.match(/^M4 4h7v1h-7z/)
  })

  it('makes a link from the address that was checked, not from the link that was sent', async () => {
    const state = transferring({
      address: '0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed',
      asset: { symbol: 'USDT', network: 'ETHEREUM', name: 'Tether' },
      uri: 'ethereum:0x0000000000000000000000000000000000000bad',
    })
    const swapped = { ...state, payment: payment({ ...state.payment, methodId: USDT_ETHEREUM.id }) }
    const { control } = await mount(swapped)
    expect(control('Open in wallet').getAttribute('href')).to.equal(
      'ethereum:0xdac17f958d2ee523a2206206994597c13d831ec7@1/transfer' +
        '?address=0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed&uint256=148874000',
    )
  })
})

describe('a part of the payment', () => {
  it('shows what came, what is missing, and a code for the rest', async () => {
    const state = bitcoin()
    const mounted = await mount({
      ...state,
      status: 'processing',
      reason: 'underpaid',
      payment: payment({
        ...state.payment,
        status: 'processing',
        reason: 'underpaid',
        received: { amount: '0.002', currency: 'BTC' },
        remaining: { amount: '0.00013', currency: 'BTC' },
      }),
    })
    expect(mounted.text()).to.contain('Received 0.002 BTC').and.contain('Still to send 0.00013 BTC')
    expect(mounted.text()).to.contain('0.00013 BTC more to the same address')
    const uri = `bitcoin:${BITCOIN_ADDRESS}?amount=0.00013`
    expect(await code(mounted)).to.equal(qrPath(uri).path)
    await mounted.click(/^Copy: Still to send/)
    expect(mounted.page.copied).to.equal('0.00013')
    const progress = mounted.find('progress') as HTMLProgressElement
    expect(progress.position).to.be.closeTo(0.94, 0.01)
  })

  it('has no way out: money is on its way, and the proxy would refuse', async () => {
    const { has } = await mount(STATES['partial'] ?? checkout())
    expect(has('Pay another way')).to.equal(false)
    expect(has(/^(Stop waiting|Cancel payment)$/)).to.equal(false)
  })

  it('of which nobody knows how much is missing asks for nothing, least of all for all of it', async () => {
    const partial = STATES['partial'] ?? checkout()
    const received = { amount: '60.00', currency: 'TRY' }
    const { heading, find } = await mount({
      ...partial,
      payment: payment({ ...partial.payment, received, remaining: null }),
    })
    expect(heading()).to.equal('Less arrived than the price')
    expect(find('[part=amount], [part=address], [part=qr]') === null).to.equal(true)
  })

  it('is not asked for any more once time is up', async () => {
    const partial = STATES['partial'] ?? checkout()
    const { text, find } = await mount({
      ...partial,
      payment: payment({
        ...partial.payment,
        nextAction: transferAction({ expiresAt: after(-1000) }),
      }),
    })
    expect(text()).to.contain('Time is up').and.contain('Received 100 USDT')
    expect(find('[part=partial]')?.textContent).not.to.contain('Please send')
  })

  it('is told once for each amount', async () => {
    let state: Checkout = transferring()
    const mounted = await mount(() => state)
    state = STATES['partial'] ?? state
    await mounted.pass(10_000)
    expect(mounted.named('cc-partial')).to.deep.equal([
      {
        checkoutId: checkout().id,
        orderId: 'A-1001',
        status: 'processing',
        reason: 'underpaid',
        received: { amount: '100', currency: 'USDT' },
        remaining: { amount: '48.874', currency: 'USDT' },
      },
    ])
  })
})

describe('the time left', () => {
  const countdown = ({ find }: Mounted) =>
    find('[part=countdown]')?.textContent.replace(/\D+/, '').trim()

  it('goes by the server, whatever the shopper clock says', async () => {
    const world = new World()
    world.wallOffset = -86_400_000
    const mounted = await mount(transferring(), { world })
    expect(countdown(mounted)).to.equal('15:00')
    await mounted.pass(61_000)
    expect(countdown(mounted)).to.equal('13:59')
  })

  it('is recomputed after a sleep, not counted down', async () => {
    const mounted = await mount(transferring())
    mounted.world.jump(600_000)
    mounted.element.requestUpdate()
    await mounted.settle()
    expect(countdown(mounted)).to.equal('5:00')
  })

  it('is spoken at 3 minutes, 1 minute and 30 seconds, and not in between', async () => {
    const mounted = await mount({
      ...transferring({ expiresAt: after(200_000) }),
      pollAfterMs: null,
    })
    const spoken: string[] = []
    for (let second = 0; second < 180; second++) {
      await mounted.pass(1000)
      if (mounted.spoken() && mounted.spoken() !== spoken.at(-1)) spoken.push(mounted.spoken())
    }
    expect(spoken).to.deep.equal(['3 minutes left', '60 seconds left', '30 seconds left'])
  })

  it('at its end says so, and asks', async () => {
    const soon = after(4000)
    const state = checkout({
      pollAfterMs: 60_000,
      payment: payment({ expiresAt: soon, nextAction: transferAction({ expiresAt: soon }) }),
    })
    const mounted = await mount(state)
    await mounted.pass(5000)
    expect(mounted.text()).to.contain('Time is up: please do not send any more')
    expect(mounted.find('[part=qr]'), 'nothing invites to pay').to.equal(null)
    expect(mounted.find('details:not([open]) [part=address]')).not.to.equal(null)
    expect(mounted.has('I have paid')).to.equal(true)
    expect(mounted.world.requests).to.have.length(2)
  })
})

describe('what the shopper can say', () => {
  it('"I have paid" asks the provider, and is answered', async () => {
    const mounted = await mount(transferring())
    await mounted.click('I have paid')
    expect(mounted.world.requests.at(-1)).to.match(/^POST .*\/sent$/)
    expect(mounted.world.bodies.at(-1)).to.deep.equal({ paid: true })
    expect(mounted.text()).to.contain('Looking for your payment')
    expect(mounted.has('I have paid'), 'once is enough').to.equal(false)
    expect(mounted.has('Check now')).to.equal(true)
  })

  it('a cancel is asked about first', async () => {
    const mounted = await mount(transferring())
    await mounted.click('Cancel payment')
    expect(mounted.text()).to.contain('Cancel only if you have not sent anything')
    await expectAccessible(mounted.element)
    await mounted.click('Keep paying')
    expect(mounted.world.requests).to.have.length(1)
    await mounted.click('Cancel payment')
    await mounted.click('Cancel payment')
    expect(mounted.world.requests.at(-1)).to.match(/^POST .*\/cancel$/)
  })

  it('a cancel that the company does not take is not called a way to pay that charged nothing', async () => {
    const world = new World()
    const { click, find } = await mount(transferring(), { world })
    world.handlers.unshift(
      http.post(`${PROXY}/v1/checkouts/:id/cancel`, () => problem('provider_rejected', 502)),
    )
    await click('Cancel payment')
    await click('Cancel payment')
    expect(find('[role=alert]')?.textContent)
      .to.contain('Please try again in a moment')
      .and.not.contain('Nothing was charged')
  })

  it('where nothing can be canceled, it only promises to stop waiting', async () => {
    const state = transferring()
    const mounted = await mount({
      ...state,
      payment: payment({ ...state.payment, cancelable: false }),
    })
    await mounted.click('Stop waiting')
    expect(mounted.text()).to.contain('If you have sent money, it still counts')
  })
})

describe('a changed address', () => {
  it('is refused: nothing payable is left on screen', async () => {
    let address = TRON_ADDRESS
    const mounted = await mount(() => transferring({ address }))
    address = OTHER_TRON_ADDRESS
    await mounted.pass(4000)
    expect(mounted.text()).to.contain('its address has changed')
    expect(mounted.element.shadowRoot?.textContent).not.to.contain(address)
    expect(mounted.find('[part=qr]')).to.equal(null)
    expect(mounted.named('cc-error')).to.deep.equal([{ code: 'address_changed' }])
    await expectAccessible(mounted.element)
    await mounted.click('Pay another way')
    expect(mounted.heading()).to.equal('How would you like to pay?')
  })

  it('offers no other way while the payment is being confirmed', async () => {
    let state: Checkout = transferring()
    const { text, has, pass } = await mount(() => state)
    const nextAction = transferAction({ address: OTHER_TRON_ADDRESS })
    state = checkout({
      status: 'processing',
      payment: payment({ status: 'processing', nextAction }),
    })
    await pass(4000)
    expect(text()).to.contain('its address has changed')
    expect(has('Pay another way')).to.equal(false)
  })

  it('does not hide that it was paid', async () => {
    let state: Checkout = transferring()
    const mounted = await mount(() => state)
    state = transferring({ address: OTHER_TRON_ADDRESS })
    await mounted.pass(4000)
    state = STATES['paid'] ?? state
    await mounted.pass(4000)
    expect(mounted.heading()).to.equal('Payment complete')
  })
})
