/**
 * The languages of the script-tag file: one file each, fetched once with its hash where it is wanted, and
 * English wherever it cannot be had as it was built.
 * @module
 */
import { expect } from 'chai'
import { checkout } from '../../demo/gallery/fixtures.ts'
import { ar } from '../../widget/locales/ar.ts'
import { en } from '../../widget/locales/en.ts'
import type { Locale } from '../../widget/locales/en.ts'
import { ru } from '../../widget/locales/ru.ts'
import { tr } from '../../widget/locales/tr.ts'
import { uk } from '../../widget/locales/uk.ts'
import { World } from './world.ts'

const LOCALES: readonly Locale[] = [tr, ru, uk, ar]

/** Localhost by its number is another origin. */
const ELSEWHERE = location.origin.replace('localhost', '127.0.0.1')

interface Asked {
  readonly url: string
  readonly integrity: string | undefined
}

const original = window.fetch
let asked: Asked[] = []
let arrived = 0
let names = 0
/** Until this is done, Russian does not come. */
let gate: Promise<void> = Promise.resolve()

beforeEach(() => {
  asked = []
  arrived = 0
  gate = Promise.resolve()
  window.fetch = async (input, init) => {
    const url = String(input)
    if (!url.includes('.txt')) return new World().json(checkout())
    asked.push({ url, integrity: init?.integrity })
    if (url.includes('.ru.')) await gate
    const answer = await original(input, init)
    arrived += 1
    return answer
  }
})

afterEach(() => {
  window.fetch = original
  for (const element of document.querySelectorAll('[proxy]')) element.remove()
})

/** Loads a copy of the script, under a name of its own. */
async function load(url = '/__crypto-checkout.js'): Promise<string> {
  const name = `language-checkout-${(names += 1)}`
  const script = document.createElement('script')
  script.src = url
  script.dataset['name'] = name
  document.head.append(script)
  await new Promise((resolve, reject) => {
    script.addEventListener('load', resolve)
    script.addEventListener('error', () => reject(new Error(`no ${url}`)))
  })
  return name
}

function show(name: string, locale: string): ShadowRoot {
  const element = document.createElement(name)
  element.setAttribute('proxy', 'https://pay.example')
  element.setAttribute('checkout', checkout().id)
  element.setAttribute('locale', locale)
  element.setAttribute('support-url', '/help')
  document.body.append(element)
  if (!element.shadowRoot) throw new Error('not defined')
  return element.shadowRoot
}

async function until(look: () => boolean): Promise<void> {
  for (let i = 0; i < 300 && !look(); i++) await new Promise(requestAnimationFrame)
}

async function headingOf(root: ShadowRoot): Promise<string | undefined> {
  await until(() => root.querySelector('h2') !== null)
  return root.querySelector('h2')?.textContent.trim()
}

/** One text a line, a plural as one: as the file has them. */
function linesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if ('other' in (value as object)) return [JSON.stringify(value)]
  return Object.values(value as object).flatMap(linesOf)
}

const placeholders = (line: string): readonly string[] => [
  ...new Set(line.match(/\{\d\}/g)?.toSorted()),
]

describe('the language file', () => {
  for (const locale of LOCALES) {
    it(`of ${locale.lang} has every text, and the same places for what is put in`, async () => {
      const answer = await original(`/__crypto-checkout.${locale.lang}.txt`)
      const lines = (await answer.text()).split('\n')
      const english = linesOf(en)
      expect(lines).to.have.length(english.length)
      for (const [index, line] of lines.entries()) {
        expect(line.trim(), `line ${index + 1}`).not.to.equal('')
        expect(placeholders(line), line).to.deep.equal(placeholders(english[index] ?? ''))
      }
    })

    it(`of ${locale.lang} is fetched once, with its hash, for all of that language`, async () => {
      const name = await load()
      const root = show(name, locale.lang)
      expect(await headingOf(root)).to.equal(locale.choose)
      expect(root.querySelector('.card')?.getAttribute('dir')).to.equal(locale.dir)
      expect(asked).to.have.length(1)
      expect(asked[0]?.url).to.contain(`/__crypto-checkout.${locale.lang}.txt?`)
      expect(asked[0]?.integrity).to.match(/^sha256-[\w+/]{43}=$/)
    })
  }

  it('is not fetched for English, nor for a language that we do not speak', async () => {
    const name = await load()
    for (const locale of ['en', 'en-GB', 'de', ''])
      expect(await headingOf(show(name, locale))).to.equal(en.choose)
    expect(asked).to.deep.equal([])
  })

  it('is refused where somebody changed it: English then', async () => {
    const name = await load('/__tampered/crypto-checkout.js')
    expect(await headingOf(show(name, 'tr'))).to.equal(en.choose)
    expect(asked).to.have.length(1)
    const changed = await original('/__tampered/crypto-checkout.tr.txt')
    const file = await original('/__crypto-checkout.tr.txt')
    expect(changed.ok).to.equal(true)
    expect(await changed.text()).not.to.equal(await file.text())
  })

  it('that is missing leaves English', async () => {
    const name = await load('/__alone/crypto-checkout.js')
    expect(await headingOf(show(name, 'ar'))).to.equal(en.choose)
    expect(asked).to.have.length(1)
  })

  it('comes from where the script came from, also from another origin', async () => {
    const name = await load(`${ELSEWHERE}/__crypto-checkout.js?version=1`)
    expect(await headingOf(show(name, 'uk'))).to.equal(uk.choose)
    expect(new URL(asked[0]?.url ?? '').origin)
      .to.equal(ELSEWHERE)
      .and.not.equal(location.origin)
  })

  it('is that which was asked for last, also where another one comes later', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    const root = show(await load(), 'ru')
    await until(() => asked.length === 1)
    root.host.setAttribute('locale', 'tr')
    expect(await headingOf(root)).to.equal(tr.choose)
    resolve()
    await until(() => arrived === 2)
    for (let i = 0; i < 20; i++) await new Promise(requestAnimationFrame)
    expect(root.querySelector('h2')?.textContent.trim()).to.equal(tr.choose)
  })

  it('is waited for: no word of English is seen meanwhile', async () => {
    const { promise, resolve } = Promise.withResolvers<void>()
    gate = promise
    const root = show(await load(), 'ru')
    for (let i = 0; i < 20; i++) {
      await new Promise(requestAnimationFrame)
      expect(root.querySelector('[part=skeleton]')).not.to.equal(null)
      const card = root.querySelector<HTMLElement>('.card')
      expect(
        card?.innerText.replaceAll(en.loading, '').replaceAll(checkout().description ?? '', ''),
      ).not.to.match(/[a-z]{4}/i)
    }
    resolve()
    expect(await headingOf(root)).to.equal(ru.choose)
  })

  it('that never comes is no dead end: English after five seconds', async () => {
    gate = new Promise(() => {})
    const root = show(await load(), 'ru')
    await until(() => asked.length === 1)
    expect(root.querySelector('[part=skeleton]')).not.to.equal(null)
    await new Promise((resolve) => setTimeout(resolve, 5000))
    expect(await headingOf(root)).to.equal(en.choose)
    expect(arrived).to.equal(0)
  })
})
