/**
 * The card in a dialog: opened, closed, and not lost.
 * @module
 */
import { expect } from 'chai'
import { STATES, checkout, transferring } from '../../demo/gallery/fixtures.ts'
import { browserPage } from '../../widget/page.ts'
import { expectAccessible, mount } from './helpers.ts'
import { FakePage } from './world.ts'
import type { Mounted } from './helpers.ts'

const isModal = ({ find }: Mounted): boolean => find('dialog')?.matches(':modal') ?? false
const press = (key: string): void => {
  // what a browser does on Escape; a made-up key press does not
  if (key === 'Escape')
    document
      .querySelector('crypto-checkout')
      ?.shadowRoot?.querySelector('dialog')
      ?.dispatchEvent(new Event('cancel', { cancelable: true }))
}

describe('mode=modal', () => {
  it('asks nobody for anything, and shows nothing, until it is opened', async () => {
    const mounted = await mount(checkout(), { attributes: { mode: 'modal' } })
    expect(mounted.world.requests).to.deep.equal([])
    expect(mounted.element.getBoundingClientRect().height).to.equal(0)
    mounted.element.open()
    await mounted.settle()
    expect(isModal(mounted)).to.equal(true)
    expect(mounted.element.hasAttribute('open')).to.equal(true)
    expect(mounted.heading()).to.equal('How would you like to pay?')
  })

  it('opens by its attribute, and by a framework that assigns to `open`', async () => {
    const first = await mount(checkout(), { attributes: { mode: 'modal', open: 'true' } })
    expect(isModal(first)).to.equal(true)
    first.element.remove()
    const second = await mount(checkout(), { attributes: { mode: 'modal' } })
    Object.assign(second.element, { open: true })
    await second.settle()
    expect(isModal(second)).to.equal(true)
    Object.assign(second.element, { open: false })
    await second.settle()
    expect(isModal(second)).to.equal(false)
    expect(second.element.open).to.be.a('function')
  })

  it('takes the focus to what it says, keeps it, and gives it back', async () => {
    const opener = document.createElement('button')
    document.body.append(opener)
    opener.focus()
    const mounted = await mount(checkout(), { attributes: { mode: 'modal' } })
    mounted.element.open()
    await mounted.settle()
    expect(mounted.element.shadowRoot?.activeElement?.textContent).to.contain('How would you like')
    await expectAccessible(mounted.element)
    mounted.element.close()
    await mounted.settle()
    expect(document.activeElement).to.equal(opener)
    opener.remove()
  })

  for (const [name, leave] of [
    ['the cross', ({ click }: Mounted) => click('Close')],
    ['Escape', () => press('Escape')],
    ['a click beside the card', ({ find }: Mounted) => find('dialog')?.click()],
  ] as const) {
    it(`closes by ${name} where nothing is due, and says so`, async () => {
      const mounted = await mount(checkout(), { attributes: { mode: 'modal', open: 'true' } })
      await leave(mounted)
      await mounted.settle()
      expect(isModal(mounted)).to.equal(false)
      expect(mounted.element.hasAttribute('open')).to.equal(false)
      expect(mounted.named('cc-close')).to.have.length(1)
    })

    it(`does not close by ${name} while money may move: it asks first`, async () => {
      const mounted = await mount(transferring(), { attributes: { mode: 'modal', open: 'true' } })
      await leave(mounted)
      await mounted.settle()
      expect(isModal(mounted)).to.equal(true)
      expect(mounted.named('cc-close')).to.have.length(0)
      expect(mounted.text()).to.contain('If you have sent money, it still counts')
      expect(mounted.element.shadowRoot?.activeElement?.textContent).to.contain('Keep paying')
      await mounted.click('Keep paying')
      expect(mounted.text()).not.to.contain('it still counts')
      await leave(mounted)
      await mounted.settle()
      await mounted.click('Close')
      expect(isModal(mounted)).to.equal(false)
    })
  }

  it('does not go on asking once it is paid', async () => {
    let state = transferring()
    const mounted = await mount(() => state, { attributes: { mode: 'modal', open: 'true' } })
    await mounted.click('Close')
    expect(mounted.text()).to.contain('Close the checkout?')
    state = STATES['paid'] ?? state
    await mounted.pass(4000)
    expect(mounted.heading()).to.equal('Payment complete')
    expect(mounted.text()).not.to.contain('Close the checkout?')
  })

  it('says so where the browser closes it without waiting, and does not ask afterwards', async () => {
    const mounted = await mount(transferring(), { attributes: { mode: 'modal', open: 'true' } })
    const dialog = mounted.find('dialog') as HTMLDialogElement
    // Escape, or Back on a phone, where nothing was touched before
    dialog.dispatchEvent(new Event('cancel', { cancelable: false }))
    dialog.close()
    await new Promise((resolve) => setTimeout(resolve, 50))
    await mounted.settle()
    expect(mounted.element.hasAttribute('open')).to.equal(false)
    expect(mounted.named('cc-close')).to.have.length(1)
    mounted.element.open()
    await mounted.settle()
    expect(mounted.text()).not.to.contain('Close the checkout?')
  })

  it('stays open where it is opened again at once: the word of its closing comes late', async () => {
    const mounted = await mount(checkout(), { attributes: { mode: 'modal', open: 'true' } })
    const { element } = mounted
    element.close()
    await element.updateComplete
    expect(isModal(mounted)).to.equal(false)
    element.open()
    await element.updateComplete
    await new Promise((resolve) => setTimeout(resolve, 50))
    await mounted.settle()
    expect(isModal(mounted)).to.equal(true)
    expect(mounted.named('cc-close')).to.have.length(1)
  })

  it('stays open where the page says so', async () => {
    const mounted = await mount(checkout(), { attributes: { mode: 'modal', open: 'true' } })
    mounted.element.addEventListener('cc-close', (event) => event.preventDefault())
    await mounted.click('Close')
    expect(isModal(mounted)).to.equal(true)
  })

  it('goes on following the payment while it is closed', async () => {
    let state = transferring()
    const mounted = await mount(() => state, { attributes: { mode: 'modal', open: 'true' } })
    mounted.element.close()
    await mounted.settle()
    state = STATES['paid'] ?? state
    await mounted.pass(4000)
    expect(mounted.named('cc-paid')).to.have.length(1)
  })

  it('opens by itself for a shopper who comes back from a payment page', async () => {
    const page = Object.assign(new FakePage(), {
      current: `https://shop.example/cart?checkout=${checkout().id}`,
    })
    const mounted = await mount(STATES['paid'] ?? checkout(), {
      page,
      attributes: { mode: 'modal' },
    })
    expect(isModal(mounted)).to.equal(true)
    expect(mounted.heading()).to.equal('Payment complete')
  })
})

describe('mode=button', () => {
  it('is a button that opens the dialog', async () => {
    const mounted = await mount(checkout(), { attributes: { mode: 'button' } })
    await expectAccessible(mounted.element)
    await mounted.click('Pay with crypto')
    expect(isModal(mounted)).to.equal(true)
    expect(mounted.heading()).to.equal('How would you like to pay?')
  })

  it('may be a button of the page', async () => {
    const mounted = await mount(checkout(), { attributes: { mode: 'button' } })
    const own = document.createElement('button')
    own.slot = 'button'
    mounted.element.append(own)
    own.click()
    await mounted.settle()
    expect(isModal(mounted)).to.equal(true)
  })

  it('says that it is paid', async () => {
    const mounted = await mount(STATES['paid'] ?? checkout(), { attributes: { mode: 'button' } })
    await mounted.click('Pay with crypto')
    mounted.element.close()
    await mounted.settle()
    expect(mounted.has('Payment complete')).to.equal(true)
  })
})

describe('leaving the page', () => {
  it('is asked about once money may have been sent, and not before or after', async () => {
    let state = transferring()
    const { page, click, pass } = await mount(() => state)
    expect(page.isGuarded).to.equal(false)
    await click('I have paid')
    expect(page.isGuarded).to.equal(true)
    state = STATES['processing'] ?? state
    await pass(4000)
    expect(page.isGuarded).to.equal(false)
  })

  it('is asked about also where another element on the page has nothing to lose', () => {
    const [first, second] = [browserPage(), browserPage()]
    first.guard(true)
    second.guard(false)
    const leaving = new Event('beforeunload', { cancelable: true })
    window.dispatchEvent(leaving)
    first.guard(false)
    expect(leaving.defaultPrevented).to.equal(true)
  })

  it('is asked about while a part is missing, and never once the element is gone', async () => {
    const { page, element } = await mount(STATES['partial'] ?? checkout())
    expect(page.isGuarded).to.equal(true)
    element.remove()
    expect(page.isGuarded).to.equal(false)
  })
})
