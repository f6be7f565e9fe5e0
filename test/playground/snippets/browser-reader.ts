/**
 * What a browser reads in HTML and CSS, without running any of it.
 * @module
 */
import { launchBrowser } from '../../e2e/browser.ts'

export interface ReadHtml {
  /** The names of all elements, in their order. */
  readonly names: readonly string[]
  /** Of the first `<crypto-checkout>`. */
  readonly attributes: Readonly<Record<string, string>>
  readonly styles: string
  readonly scripts: string
}

export interface Reader {
  html(text: string): Promise<ReadHtml>
  /** Custom properties of the element, by name, as they are written. Throws where there are other rules. */
  css(text: string): Promise<Readonly<Record<string, string>>>
  close(): Promise<void>
}

export async function openReader(): Promise<Reader> {
  const browser = await launchBrowser()
  const page = await browser.newPage()
  return {
    html: (text) =>
      page.evaluate((source) => {
        const document = new DOMParser().parseFromString(source, 'text/html')
        const textOf = (name: string): string =>
          [...document.querySelectorAll(name)].map(({ textContent }) => textContent).join('\n')
        const element = document.querySelector('crypto-checkout')
        return {
          names: [...document.querySelectorAll('*')].map(({ localName }) => localName),
          attributes: Object.fromEntries(
            [...(element?.attributes ?? [])].map(({ name, value }) => [name, value]),
          ),
          styles: textOf('style'),
          scripts: textOf('script'),
        }
      }, text),
    async css(text) {
      const rules = await page.evaluate((source) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(source)
        return [...sheet.cssRules].map((rule) => {
          if (!(rule instanceof CSSStyleRule)) return { selectorText: rule.cssText, values: {} }
          const { selectorText, style } = rule
          const values = [...style].map((name) => [name, style.getPropertyValue(name)])
          return { selectorText, values: Object.fromEntries(values) as Record<string, string> }
        })
      }, text)
      const [rule, ...others] = rules.filter(({ selectorText }) => !selectorText.includes(':not'))
      if (others.length > 0 || (rule && !/^crypto-checkout\b/.test(rule.selectorText))) {
        throw new Error(`other rules: ${JSON.stringify(rules)}`)
      }
      return Object.fromEntries(
        Object.entries(rule?.values ?? {}).map(([name, value]) => [name, withoutEscapes(value)]),
      )
    },
    close: () => browser.close(),
  }
}

const withoutEscapes = (value: string): string =>
  value.replace(/\\([\da-f]{1,6}) ?/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  )
