/**
 * The element in a form, and what a style sheet can ask of it.
 * @module
 */
import { expect } from 'chai'
import { STATES, checkout, transferring } from '../../demo/gallery/fixtures.ts'
import { mount } from './helpers.ts'
import type { Mounted } from './helpers.ts'

const paid = STATES['paid'] ?? checkout()

/** Mounted inside a form, with the attributes given. */
async function inForm(
  state: Parameters<typeof mount>[0],
  attributes: Record<string, string>,
): Promise<Mounted & { form: HTMLFormElement }> {
  const mounted = await mount(state, { attributes })
  const form = document.createElement('form')
  mounted.element.before(form)
  form.append(mounted.element)
  await mounted.settle()
  return { ...mounted, form }
}

describe('in a form', () => {
  it('its value is the receipt', async () => {
    const { form } = await inForm(paid, { name: 'payment' })
    expect(new FormData(form).get('payment')).to.equal(paid.receipt)
    form.remove()
  })

  it('it has no value before it is paid', async () => {
    const { form } = await inForm(transferring(), { name: 'payment' })
    expect(new FormData(form).has('payment')).to.equal(false)
    form.remove()
  })

  it('`required` keeps the form from being sent until it is paid', async () => {
    let state = transferring()
    const { form, pass } = await inForm(() => state, { name: 'payment', required: 'true' })
    expect(form.checkValidity()).to.equal(false)
    form.requestSubmit()
    state = paid
    await pass(4000)
    expect(form.checkValidity()).to.equal(true)
    form.remove()
  })

  it('`required` leads the shopper to it: the browser can give it the focus', async () => {
    const { form, element } = await inForm(checkout(), { name: 'payment', required: 'true' })
    expect(form.reportValidity()).to.equal(false)
    expect(document.activeElement).to.equal(element)
    form.remove()
  })

  it('a disabled fieldset makes it inert', async () => {
    const { form, element } = await inForm(checkout(), {})
    const fieldset = document.createElement('fieldset')
    form.append(fieldset)
    fieldset.append(element)
    fieldset.disabled = true
    expect(element.inert).to.equal(true)
    fieldset.disabled = false
    expect(element.inert).to.equal(false)
    form.remove()
  })

  it('`disabled` makes it inert, too', async () => {
    const { element } = await mount(checkout(), { attributes: { disabled: 'true' } })
    expect(element.inert).to.equal(true)
  })
})

describe('custom states', () => {
  it('say where the payment stands, one at a time', async () => {
    let state = transferring()
    const { element, pass } = await mount(() => state)
    expect(element.matches(':state(pending)')).to.equal(true)
    state = paid
    await pass(4000)
    expect(element.matches(':state(paid)')).to.equal(true)
    expect(element.matches(':state(pending)')).to.equal(false)
  })
})
