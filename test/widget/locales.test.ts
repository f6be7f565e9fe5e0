/**
 * Languages: which one is spoken, that nothing is left in another, and how numbers stand in them.
 * @module
 */
import { expect } from 'chai'
import { STATES, after, checkout, transferring } from '../../demo/gallery/fixtures.ts'
import { formatDate, formatMoney, spellDuration } from '../../widget/format.ts'
import { ar } from '../../widget/locales/ar.ts'
import { en } from '../../widget/locales/en.ts'
import type { Locale, Texts } from '../../widget/locales/en.ts'
import { fill, fillCount } from '../../widget/locales/fill.ts'
import { ru } from '../../widget/locales/ru.ts'
import { tr } from '../../widget/locales/tr.ts'
import { uk } from '../../widget/locales/uk.ts'
import { createTexts } from '../../widget/texts.ts'
import type { TextHost } from '../../widget/texts.ts'
import { expectAccessible, mount } from './helpers.ts'
import type { Mounted } from './helpers.ts'

const LOCALES: readonly Locale[] = [en, tr, ru, uk, ar]
const OTHERS = LOCALES.filter(({ lang }) => lang !== 'en')

const PATIENCE = 200
/** As the element asks `Intl` for it. */
const NUMBERS = '-u-ca-gregory-nu-latn'

/** A language is a file that comes when it comes. */
async function until(look: () => boolean): Promise<void> {
  for (let i = 0; i < PATIENCE && !look(); i++) await new Promise(requestAnimationFrame)
}

async function speaks({ element, heading }: Mounted, locale: Locale): Promise<void> {
  await until(() => heading() === locale.choose)
  await element.updateComplete
  expect(heading()).to.equal(locale.choose)
}

/** Mounts in `place`, which is in the page. */
async function mountIn(place: HTMLElement, around: Node = place): Promise<Mounted> {
  document.body.append(around)
  const mounted = await mount(checkout())
  place.append(mounted.element)
  mounted.element.requestUpdate()
  return mounted
}

/** Every text, by its path. */
function textsOf(value: unknown, path = ''): readonly (readonly [path: string, text: string])[] {
  if (typeof value === 'string') return [[path, value]]
  return Object.entries(value as object).flatMap(([name, each]) => textsOf(each, `${path}/${name}`))
}

/** The same shape, with another text for each. */
function mapTexts(value: unknown, to: (text: string) => string): unknown {
  if (typeof value === 'string') return to(value)
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, to))
  return Object.fromEntries(
    Object.entries(value as object).map(([name, each]) => [name, mapTexts(each, to)]),
  )
}

const placeholders = (text: string): readonly string[] => text.match(/\{\d\}/g)?.toSorted() ?? []

describe('the language', () => {
  for (const locale of LOCALES) {
    it(`is that of the attribute: ${locale.lang}, with its direction`, async () => {
      const mounted = await mount(checkout(), { attributes: { locale: locale.lang } })
      await speaks(mounted, locale)
      const card = mounted.find('.card')
      expect([card?.lang, card?.dir]).to.deep.equal([locale.lang, locale.dir])
      await expectAccessible(mounted.element)
    })

    it(`is that of the page around it: ${locale.lang}`, async () => {
      const place = document.createElement('div')
      place.lang = locale.lang
      await speaks(await mountIn(place), locale)
      place.remove()
    })
  }

  for (const [attribute, locale] of [
    ['tr-TR', tr],
    ['ar_EG', ar],
    ['en_GB', en],
    ['de', en],
    ['RU', ru],
    ['', en],
  ] as const)
    it(`is known by its beginning: ${attribute} is ${locale.lang}`, async () => {
      await speaks(await mount(checkout(), { attributes: { locale: attribute } }), locale)
    })

  it('is found through shadow roots, open and closed', async () => {
    for (const mode of ['open', 'closed'] as const) {
      const outer = document.createElement('section')
      outer.lang = 'uk-UA'
      const host = outer.appendChild(document.createElement('div'))
      const inner = document.createElement('div')
      host.attachShadow({ mode }).append(inner)
      const mounted = await mountIn(inner, outer)
      await speaks(mounted, uk)
      outer.remove()
    }
  })

  it('of the attribute goes before that of the page', async () => {
    const place = document.createElement('div')
    place.lang = 'ru'
    const mounted = await mountIn(place)
    mounted.element.locale = 'tr'
    await speaks(mounted, tr)
    place.remove()
  })

  it('can be changed while it is there, to and fro', async () => {
    const mounted = await mount(checkout(), { attributes: { locale: 'ar' } })
    await speaks(mounted, ar)
    for (const locale of [ru, en, ar]) {
      mounted.element.locale = locale.lang
      await speaks(mounted, locale)
    }
    expect(mounted.find('.card')?.dir).to.equal('rtl')
  })

  it('of a dialog is that of its card', async () => {
    const mounted = await mount(checkout(), {
      attributes: { locale: 'ar', mode: 'modal', open: 'open' },
    })
    await speaks(mounted, ar)
    const dialog = mounted.find('dialog')
    expect([dialog?.lang, dialog?.dir]).to.deep.equal(['ar', 'rtl'])
  })

  it('leaves amounts and addresses from left to right', async () => {
    const mounted = await mount(transferring(), { attributes: { locale: 'ar' } })
    await until(() => mounted.text().includes(ar.amount))
    const ends = (selector: string): readonly [number, number] => {
      const element = mounted.find(selector)
      const range = document.createRange()
      const walker = document.createTreeWalker(element ?? document, NodeFilter.SHOW_TEXT)
      const texts: Text[] = []
      while (walker.nextNode()) {
        const text = walker.currentNode as Text
        if (text.data.trim()) texts.push(text)
      }
      const boxes = [texts.at(0), texts.at(-1)].map((text) => {
        range.selectNodeContents(text ?? document)
        return range.getClientRects()[0]?.left ?? NaN
      })
      return [boxes[0] ?? NaN, boxes[1] ?? NaN]
    }
    const [amount, unit] = ends('.sum')
    expect(amount).to.be.lessThan(unit)
    expect(getComputedStyle(mounted.find('.address') ?? document.body).direction).to.equal('ltr')
  })
})

describe('the texts of', () => {
  for (const locale of OTHERS) {
    it(`${locale.lang} are all there, with the same places for what is put in`, () => {
      const [ours, theirs] = [textsOf(locale), textsOf(en)].map((texts) =>
        texts.filter(([path]) => !path.startsWith('/networks')),
      )
      expect(ours?.map(([path]) => path).toSorted()).to.deep.equal(
        theirs?.map(([path]) => path).toSorted(),
      )
      const known = new Map(theirs)
      for (const [path, text] of ours ?? []) {
        expect(text.trim(), path).not.to.equal('')
        expect(placeholders(text), path).to.deep.equal(placeholders(known.get(path) ?? ''))
      }
    })

    it(`${locale.lang} stand on every screen, and no English beside them`, async () => {
      const english = textsOf(en)
        .map(([, text]) => text.replaceAll(/\{\d\}.*/g, '').trim())
        .filter((text) => text.length > 3)
      for (const [name, state] of Object.entries(STATES)) {
        const mounted = await mount(state, { attributes: { locale: locale.lang } })
        await until(() => mounted.find('.card')?.lang === locale.lang)
        await mounted.settle()
        const shown = mounted.find('.card')?.textContent ?? ''
        expect(
          english.filter((text) => shown.includes(text)),
          name,
        ).to.deep.equal([])
        mounted.element.remove()
      }
    })
  }

  it('Arabic set apart what is put in', () => {
    const bare = textsOf(ar).filter(
      ([path, text]) =>
        /\{\d\}/.test(text.replaceAll(/\u2068\{\d\}\u2069/g, '')) &&
        !/networks|timeLeftSpoken/.test(path),
    )
    expect(bare).to.deep.equal([])
  })
})

describe('a text of the page’s own', () => {
  const own = (text: string): string => `«${text.length}»`

  it('stands in the place of each of ours', () => {
    for (const locale of LOCALES) {
      const texts = mapTexts(locale, own) as Texts
      const host = { locale: 'en', texts, requestUpdate: () => {} } as unknown as TextHost
      const shown = createTexts(host)
      shown.update()
      for (const [path, text] of textsOf(shown.t))
        if (!/^\/(networks|lang|dir)/.test(path)) expect(text, path).to.match(/^«\d+»$/)
    }
  })

  it('is seen on every screen', async () => {
    const texts = mapTexts(en, own) as Texts
    for (const [name, state] of Object.entries(STATES)) {
      const mounted = await mount(state)
      mounted.element.texts = { ...texts, lang: 'en', dir: 'ltr' }
      await mounted.settle()
      const words = (mounted.find('.body')?.textContent ?? '').match(/[A-Z]?[a-z]{4,}/g) ?? []
      const names = /^(Tether|Bitcoin|Ethereum|arbitrary|Card)$/
      const found = words.filter((word) => !names.test(word) && en.choose.includes(word))
      expect(found, name).to.deep.equal([])
      expect(mounted.find('.body')?.textContent, name).to.contain('«')
      mounted.element.remove()
    }
  })

  it('may be one error or one outcome alone', async () => {
    const mounted = await mount(STATES['paid'] ?? checkout())
    mounted.element.texts = { outcomes: { paid: ['Yours!', 'It ships today.'] } }
    await mounted.settle()
    expect(mounted.heading()).to.equal('Yours!')
    expect(mounted.text()).to.contain(en.received)
    expect(mounted.has(en.printReceipt)).to.equal(true)
  })

  it('leaves the others of its group as they are', () => {
    const texts: Texts = {
      errors: { offline: ['Gone', 'Wait.'] },
      outcomes: { paid: ['Yours!', 'Enjoy.'] },
      labels: { Sofort: 'At once' },
    }
    const host = { locale: 'en', texts, requestUpdate: () => {} } as unknown as TextHost
    const shown = createTexts(host)
    shown.update()
    const { errors, outcomes, labels } = shown.t
    expect(errors).to.deep.equal({ ...en.errors, offline: ['Gone', 'Wait.'] })
    expect(outcomes).to.deep.equal({ ...en.outcomes, paid: ['Yours!', 'Enjoy.'] })
    expect(labels).to.deep.equal({ ...en.labels, Sofort: 'At once' })
  })

  it('stays when the language changes', async () => {
    const mounted = await mount(checkout(), { attributes: { locale: 'tr' } })
    mounted.element.texts = { reference: 'No.' }
    mounted.element.locale = 'ru'
    await speaks(mounted, ru)
    expect(mounted.find('[part=reference]')?.textContent).to.contain('No.')
  })
})

describe('numbers and dates', () => {
  const money = { amount: '1250.50', currency: 'TRY' }
  const plain = (text: string | null): string => text?.replaceAll(/[\u200e\u200f]/g, '') ?? ''
  for (const [language, text] of [
    ['en', '₺1,250.50'],
    ['tr', '₺1.250,50'],
    ['ru', '1\u00a0250,50\u00a0₺'],
    ['uk', '1\u00a0250,50\u00a0₺'],
    ['ar', '1,250.50\u00a0₺'],
    ['ar-EG', '1,250.50\u00a0₺'],
  ] as const)
    it(`are those of ${language}, in Latin digits`, () => {
      expect(plain(formatMoney(money, language + NUMBERS))).to.equal(text)
    })

  it('keep `US$` together from right to left', () => {
    expect(formatMoney({ amount: '5', currency: 'USD' }, `ar${NUMBERS}`)).to.match(/US\$\u200e$/)
  })

  for (const language of ['ar-SA', 'ar-EG', 'ar', 'tr', 'ru', 'uk'])
    it(`count years as everybody does, also in ${language}`, () => {
      const date = formatDate('2026-03-02T10:02:11.000Z', language + NUMBERS) ?? ''
      expect(date)
        .to.contain('2026')
        .and.not.match(/[\u0660-\u0669\u06f0-\u06f9]/)
    })

  it('of the element are those of its attribute', async () => {
    const price = { amount: '1250.50', currency: 'TRY' }
    const mounted = await mount(checkout({ price }), { attributes: { locale: 'ar-EG' } })
    await speaks(mounted, ar)
    expect(plain(mounted.find('.price')?.textContent ?? '').trim()).to.equal('1,250.50\u00a0₺')
  })

  it('are never those of a language that we do not speak', async () => {
    const price = { amount: '1250.50', currency: 'TRY' }
    const mounted = await mount(checkout({ price }), { attributes: { locale: 'de' } })
    expect(mounted.find('.price')?.textContent).to.equal('₺1,250.50')
    mounted.element.texts = { lang: 'de' }
    await mounted.settle()
    expect(mounted.find('.price')?.textContent).to.equal('1.250,50\u00a0₺')
  })

  const FORMS: Readonly<Record<string, readonly [Locale, readonly string[]]>> = {
    ru: [
      ru,
      [
        '1 сеть',
        ...['2', '3', '4'].map((count) => `${count} сети`),
        ...['5', '6', '7', '8', '9', '10', '11'].map((count) => `${count} сетей`),
        '21 сеть',
      ],
    ],
    uk: [
      uk,
      [
        '1 мережа',
        ...['2', '3', '4'].map((count) => `${count} мережі`),
        ...['5', '6', '7', '8', '9', '10', '11'].map((count) => `${count} мереж`),
        '21 мережа',
      ],
    ],
    ar: [
      ar,
      [
        'شبكة واحدة',
        'شبكتان',
        ...['3', '4', '5', '6', '7', '8', '9', '10'].map((count) => `${count} شبكات`),
        '11 شبكة',
        '21 شبكة',
      ],
    ],
    tr: [tr, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 21].map((count) => `${count} ağ`)],
  }
  for (const [language, [locale, forms]] of Object.entries(FORMS))
    it(`have their plural forms in ${language}`, () => {
      const counts = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 21]
      const found = counts.map((count) => plain(fillCount(locale.networks, language, count)))
      expect(found).to.deep.equal(forms)
    })
})

describe('the countdown', () => {
  for (const [locale, spoken] of [
    [tr, '3 dakika kaldı'],
    [ru, 'Осталось: 3 минуты'],
    [uk, 'Залишилося: 3 хвилини'],
    [ar, 'الوقت المتبقي: 3 دقائق'],
  ] as const) {
    it(`is spoken in ${locale.lang}`, async () => {
      const state = transferring({ expiresAt: after(182_000) })
      const mounted = await mount(state, { attributes: { locale: locale.lang } })
      await until(() => mounted.text().includes(locale.amount))
      await mounted.pass(2500)
      expect(mounted.spoken()).to.equal(spoken)
    })

    it(`has the last seconds in ${locale.lang}`, () => {
      const text = fill(locale.timeLeftSpoken, spellDuration(30, locale.lang + NUMBERS))
      expect(text).to.contain('30').and.not.contain('{')
    })
  }
})
