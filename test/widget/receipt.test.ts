/**
 * What a shopper takes along: a receipt to read and to print, a code that is large enough, the same page on
 * the phone.
 * @module
 */
import { expect } from 'chai'
import { STATES, checkout, payment, transferring } from '../../demo/gallery/fixtures.ts'
import { mount } from './helpers.ts'

const claims = btoa(JSON.stringify({ paidAt: '2026-03-02T10:04:05.000Z' }))
const paid = { ...(STATES['paid'] ?? checkout()), receipt: `eyJ.${claims}.sig` }

describe('the receipt', () => {
  it('says what was paid, with what and when', async () => {
    const { text } = await mount(paid, { attributes: { locale: 'en' } })
    expect(text()).to.match(/Price ₺100\.00/)
    expect(text()).to.contain('Received 148.874 USDT')
    expect(text()).to.contain('Paid with Tether')
    expect(text()).to.match(/Date .*2026/)
  })

  it('is printed with its numbers and its signature', async () => {
    const { page, click } = await mount(paid)
    await click('Print the receipt')
    const rows = Object.fromEntries(page.printed)
    expect(rows).to.include({
      Order: 'A-1001',
      Reference: paid.id,
      Signature: paid.receipt,
      Received: '148.874 USDT',
    })
  })

  for (const receipt of [null, 'x', 'a.b.c', 'a.bnVsbA.c', 'a.eyJwYWlkQXQiOjF9.c']) {
    it(`leaves out a date that it does not know: ${receipt}`, async () => {
      const { text, has } = await mount({ ...paid, receipt })
      expect(text()).not.to.contain('Date')
      expect(has('Print the receipt')).to.equal(true)
    })
  }
})

describe('a code', () => {
  it('can be enlarged, and made smaller again', async () => {
    const { find, click, element } = await mount(transferring())
    element.parentElement?.style.setProperty('width', '420px')
    const width = () => find('[part=qr]')?.getBoundingClientRect().width ?? 0
    const before = width()
    await click(/Enlarge/)
    expect(width()).to.be.greaterThan(before * 1.3)
    expect(find('[part=enlarge]')?.getAttribute('aria-expanded')).to.equal('true')
    await click(/Make smaller/)
    expect(width()).to.equal(before)
  })

  it('takes the shopper to the payment page on a phone', async () => {
    const { click, find, settle } = await mount(STATES['redirect'] ?? checkout())
    await click('Continue on your phone')
    await settle()
    expect(find('[part=qr]')?.getAttribute('aria-label')).to.equal('Continue on your phone')
  })

  it('is not offered for an address that no phone could read', async () => {
    const url = `https://page.example/${'p'.repeat(500)}`
    const { has } = await mount(
      checkout({
        payment: payment({ methodId: 'card', nextAction: { type: 'redirect', url } }),
      }),
    )
    expect(has('Continue on your phone')).to.equal(false)
  })
})
