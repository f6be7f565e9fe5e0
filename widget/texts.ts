/**
 * In which language the checkout speaks, and what it says: ours, where the merchant has nothing better.
 * @module
 */
import type { Environment } from './core/environment.ts'
import { en } from './locales/en.ts'
import type { Locale, Texts } from './locales/en.ts'
import { LANGUAGES, loadLocale } from './locales/load.ts'

/** What {@link createTexts} asks of the element. */
export interface TextHost extends HTMLElement {
  readonly locale: string | null
  readonly texts: Texts | null
  readonly environment: Environment
  requestUpdate(): void
}

/** What {@link createTexts} makes. */
export interface ShownTexts {
  readonly t: Locale
  /** The language of numbers and dates, for `Intl`: Latin digits, as a wallet shows them. */
  readonly language: string
  /** Another language is on its way. */
  readonly isLoading: boolean
  /** Looks at the attributes again. */
  update(): void
}

/** A shopper who waits longer reads English. */
const PATIENCE_MS = 5000
const NUMBERS = '-u-ca-gregory-nu-latn'

/** By the attribute `locale`, else by the `lang` around the element; English for any other. */
export function createTexts(host: TextHost): ShownTexts {
  let wanted = 'en'
  let ours = en
  let t = en
  let isLoading = false
  const load = async (language: string): Promise<void> => {
    isLoading = true
    const late = new Promise<Locale>((give) =>
      host.environment.setTimer(() => give(en), PATIENCE_MS),
    )
    const loaded =
      language === 'en' ? en : await Promise.race([loadLocale(language).catch(() => en), late])
    if (language !== wanted) return
    isLoading = false
    ours = loaded
    host.requestUpdate()
  }
  return {
    get t() {
      return t
    },
    get language() {
      const tag = host.locale ?? ''
      // never the numbers of one language among the words of another
      return (tag.startsWith(t.lang) && /^[a-z]{2}(-[A-Z]{2})?$/.test(tag) ? tag : t.lang) + NUMBERS
    },
    get isLoading() {
      return isLoading
    },
    update() {
      const { locale, texts } = host
      const [code = ''] = (locale || languageAround(host)).toLowerCase().split(/[-_]/)
      const language = LANGUAGES.includes(code) ? code : 'en'
      if (language !== wanted) void load((wanted = language))
      t = {
        ...ours,
        ...texts,
        labels: { ...ours.labels, ...texts?.labels },
        errors: { ...ours.errors, ...texts?.errors },
        outcomes: { ...ours.outcomes, ...texts?.outcomes },
      }
    },
  }
}

/** The nearest `lang`, also out of shadow roots: `:lang()` does not see through them in every browser. */
function languageAround(element: Element): string {
  const found = element.closest<HTMLElement>('[lang]')
  const root = element.getRootNode()
  return found?.lang ?? (root instanceof ShadowRoot ? languageAround(root.host) : '')
}
