/**
 * The script-tag file as it ships: it works alone, twice, and says the same as the modules do.
 * @module
 */
import { expect } from 'chai'
import { CryptoCheckout } from '../../widget/crypto-checkout.ts'
import { en } from '../../widget/locales/en.ts'
import { qrPath } from '../../widget/qr.ts'
import {
  BITCOIN_ADDRESS,
  ETHEREUM_ADDRESS,
  STATES,
  bitcoin,
  checkout,
  transferring,
} from '../../demo/gallery/fixtures.ts'
import { World } from './world.ts'
import type { Checkout } from '../../protocol/payment.ts'

const load = (name: string) =>
  new Promise<void>((resolve, reject) => {
    const script = document.createElement('script')
    script.src = '/__crypto-checkout.js'
    script.dataset['name'] = name
    script.addEventListener('load', () => resolve())
    script.addEventListener('error', () => reject(new Error('not loaded')))
    document.head.append(script)
  })

/** Answers the file's own `fetch`: its property names are shortened, so nothing can be injected. */
async function show(state: Checkout): Promise<ShadowRoot> {
  const original = window.fetch
  const world = new World()
  window.fetch = () => Promise.resolve(world.json(state))
  const element = document.createElement('script-checkout')
  element.setAttribute('proxy', 'https://pay.example')
  element.setAttribute('checkout', state.id)
  document.body.append(element)
  const root = element.shadowRoot
  for (let i = 0; i < 200; i++) {
    await new Promise(requestAnimationFrame)
    if (root?.querySelector('[part=qr] path')?.getAttribute('d') || root?.querySelector('.cross'))
      break
  }
  window.fetch = original
  element.remove()
  if (!root) throw new Error('not rendered')
  return root
}

describe('the script-tag file', () => {
  before(() => load('script-checkout'))

  it('does nothing when it is loaded again', async () => {
    const first = customElements.get('script-checkout')
    await load('script-checkout')
    expect(customElements.get('script-checkout')).to.equal(first)
  })

  it('does nothing where the modules were there first', async () => {
    CryptoCheckout.define()
    const first = customElements.get('crypto-checkout')
    await load('crypto-checkout')
    expect(customElements.get('crypto-checkout')).to.equal(first)
  })

  for (const mode of ['modal', 'button']) {
    it(`mode=${mode} asks for the checkout once it is open, and shows it`, async () => {
      const original = window.fetch
      let asked = 0
      window.fetch = () => {
        asked += 1
        return Promise.resolve(new World().json(checkout()))
      }
      const element = document.createElement('script-checkout')
      element.setAttribute('proxy', 'https://pay.example')
      element.setAttribute('checkout', checkout().id)
      element.setAttribute('mode', mode)
      document.body.append(element)
      await new Promise(requestAnimationFrame)
      expect(asked).to.equal(0)
      element.setAttribute('open', '')
      for (let i = 0; i < 200 && !element.shadowRoot?.querySelector('h2'); i++)
        await new Promise(requestAnimationFrame)
      window.fetch = original
      expect(element.shadowRoot?.querySelector('dialog:modal h2')?.textContent).to.contain('How')
      element.remove()
    })
  }

  it('draws the code that the whole library draws, for every length', async () => {
    const root = await show(bitcoin())
    const uri = `bitcoin:${BITCOIN_ADDRESS}?amount=0.00213`
    expect(root.querySelector('[part=qr] path')?.getAttribute('d')).to.equal(qrPath(uri).path)
    for (const digits of ['1', '1.000001', '123456789.123456789012345678']) {
      const asset = { symbol: 'ETH', network: 'ETHEREUM', name: 'Ether' } as const
      const state = transferring({ asset, address: ETHEREUM_ADDRESS, amount: digits, uri: 'x' })
      const method = { ...checkout().methods[0], id: 'a:USDT:TRON', asset }
      const shown = await show({ ...state, id: `eth-${digits.length}`, methods: [method] as never })
      const link = shown.querySelector('a[href^=ethereum]')?.getAttribute('href') ?? ''
      expect(link).to.contain(ETHEREUM_ADDRESS)
      expect(shown.querySelector('[part=qr] path')?.getAttribute('d')).to.equal(qrPath(link).path)
    }
  })

  it('checks addresses as the modules do', async () => {
    const good = await show({ ...transferring(), id: 'good-address' })
    expect(good.textContent).to.contain('Send USDT on TRON')
    const address = 'TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6x'
    const bad = await show({ ...transferring({ address }), id: 'bad-address' })
    expect(bad.textContent).to.contain('its address is not correct').and.not.contain(address)
  })

  it('says when it is paid', async () => {
    const original = window.fetch
    window.fetch = () => Promise.resolve(new World().json(STATES['paid'] ?? checkout()))
    const element = document.createElement('script-checkout') as CryptoCheckout
    element.proxy = 'https://pay.example'
    element.checkout = checkout().id
    document.body.append(element)
    expect((await element.whenPaid()).orderId).to.equal('A-1001')
    window.fetch = original
    element.remove()
  })

  it('remembers by the names that another version, or the modules, look for', async () => {
    await show({ ...transferring(), id: 'remembered' })
    const stored = localStorage.getItem('cc:https://pay.example/:remembered') ?? '{}'
    expect(Object.keys(JSON.parse(stored) as object).toSorted()).to.deep.equal([
      'checkoutId',
      'isAway',
      'orderId',
      'until',
    ])
  })

  it('has every property by its name', () => {
    const element = document.createElement('script-checkout')
    const names = Object.keys(CryptoCheckout.properties)
    expect(names.filter((name) => !(name in element))).to.deep.equal([])
  })

  it('takes a text of the page in the place of each of ours', async () => {
    const code = await (await fetch('/__crypto-checkout.js')).text()
    const names = [en, en.errors, en.outcomes].flatMap((texts) => Object.keys(texts))
    expect(names.filter((name) => !new RegExp(`\\b${name}: ?\\S`).test(code))).to.deep.equal([])
  })

  it('never evaluates text, and makes its policy under its own name', async () => {
    const code = await (await fetch('/__crypto-checkout.js')).text()
    expect(code).not.to.match(/\beval\(|new Function|unsafeHTML|styleMap/)
    expect(code).to.match(/createPolicy\([`'"]crypto-checkout[`'"]/)
    expect(code).not.to.match(/createPolicy\([`'"]lit-html/)
  })
})
