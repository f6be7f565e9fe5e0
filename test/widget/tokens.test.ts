/**
 * One colour of a brand is enough: whatever it is, what is written with it and on it can be read.
 * @module
 */
import { expect } from 'chai'
import { transferring } from '../../demo/gallery/fixtures.ts'
import { mount } from './helpers.ts'

const BRANDS = [
  '#ffd400',
  '#f5b400',
  '#00c2a8',
  '#7be495',
  '#ff6b6b',
  '#e91e63',
  '#8e24aa',
  '#331a66',
  '#1a73e8',
  '#0d1b2a',
  '#808080',
  '#ffffff',
  '#000000',
]

/** What a browser paints, as red, green and blue of 0 to 1. */
function painted(color: string): readonly number[] {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  if (!canvas) throw new Error('no canvas')
  canvas.fillStyle = color
  canvas.fillRect(0, 0, 1, 1)
  return Array.from(canvas.getImageData(0, 0, 1, 1).data.slice(0, 3), (value) => value / 255)
}

/** WCAG 2.2, relative luminance. */
function luminance(color: string): number {
  const [r = 0, g = 0, b = 0] = painted(color).map((part) =>
    part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  )
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

for (const theme of ['light', 'dark'] as const) {
  describe(`a brand's colour (${theme})`, () => {
    for (const brand of BRANDS) {
      it(`${brand} can be read, and read on`, async () => {
        const { element, find, control } = await mount(transferring(), { attributes: { theme } })
        element.style.setProperty('--cc-accent', brand)
        const { backgroundColor, color } = getComputedStyle(control('I have paid'))
        expect(painted(backgroundColor), 'the button keeps the colour').to.deep.equal(
          painted(brand),
        )
        expect(contrast(backgroundColor, color), 'on the button').to.be.at.least(4.5)
        const copy = find('[part=copy]') ?? element
        const card = find('.card') ?? element
        const written = getComputedStyle(copy).color
        expect(
          contrast(written, getComputedStyle(card).backgroundColor),
          'on the card',
        ).to.be.at.least(4.5)
      })
    }

    it('gives way to a text colour that the merchant names', async () => {
      const { element, control } = await mount(transferring(), { attributes: { theme } })
      element.style.setProperty('--cc-accent', '#ffd400')
      element.style.setProperty('--cc-on-accent', 'rgb(9, 9, 9)')
      expect(getComputedStyle(control('I have paid')).color).to.equal('rgb(9, 9, 9)')
    })
  })
}

describe('slots', () => {
  for (const [slot, where] of [
    ['header', 'header'],
    ['footer', 'footer'],
  ] as const) {
    it(`${slot} is shown in the ${where}`, async () => {
      const { element, find } = await mount(transferring())
      const own = document.createElement('p')
      own.slot = slot
      own.textContent = 'of the shop'
      element.append(own)
      expect(find(where)?.contains(own.assignedSlot)).to.equal(true)
      expect(own.getBoundingClientRect().height).to.be.greaterThan(0)
    })
  }
})
