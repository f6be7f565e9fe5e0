/**
 * The settings: what is sold and how it looks.
 * @module
 */
import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { withAttribute, withSource, withValue } from './choice.ts'
import type { Choice } from './choice.ts'
import { ATTRIBUTES, PROPERTIES, SOURCES, TEXTS } from './controls.ts'
import type { Control } from './controls.ts'
import { COMPANIES } from './scenarios/companies.ts'

const SOURCE_WORDS = {
  token: 'A signed token',
  product: 'The proxy’s price list',
  amount: 'Nobody: a donation',
  checkout: 'A checkout made before',
} as const
const WIDTHS = ['280', '360', '480', '640']

type Change = (choice: Choice) => void

export function settings(choice: Choice, change: Change): TemplateResult {
  const isPriced = choice.source === 'token' || choice.source === 'checkout'
  const own = ATTRIBUTES.filter(({ sources }) => sources?.includes(choice.source))
  const common = ATTRIBUTES.filter(({ sources }) => !sources)
  const attribute = (control: Control): TemplateResult =>
    field(control, choice.attributes[control.name], (value) =>
      change(withAttribute(choice, control.name, value)),
    )
  return html`
    <details open>
      <summary>Order</summary>
      ${select('Who says the price', choice.source, SOURCES, SOURCE_WORDS, (value) =>
        change(withSource(choice, SOURCES.find((each) => each === value) ?? 'token')),
      )}
      ${
        isPriced
          ? html`${text('Price in lira', choice.price, '', (price) => change({ ...choice, price }))}
            ${select(
              'Payment company',
              choice.provider,
              ['', ...COMPANIES.map(({ id }) => id)],
              {
                '': 'All five',
                ...Object.fromEntries(COMPANIES.map(({ id, name }) => [id, name])),
              },
              (provider) => change({ ...choice, provider }),
            )}`
          : own.map(attribute)
      }
    </details>
    <details open>
      <summary>Attributes</summary>
      ${common.map(attribute)}
      ${select(
        'Room for it',
        choice.width,
        ['', ...WIDTHS],
        { '': 'all there is', ...Object.fromEntries(WIDTHS.map((each) => [each, `${each} px`])) },
        (width) => change({ ...choice, width }),
      )}
    </details>
    <details>
      <summary>Custom properties</summary>
      ${PROPERTIES.map((control) =>
        field(control, choice.properties[control.name], (value) =>
          change({ ...choice, properties: withValue(choice.properties, control.name, value) }),
        ),
      )}
    </details>
    <details>
      <summary>Texts</summary>
      ${TEXTS.map((name) =>
        field({ name }, choice.texts[name], (value) =>
          change({ ...choice, texts: withValue(choice.texts, name, value) }),
        ),
      )}
    </details>
  `
}

/** Empty is as if it were not there. */
function field(
  { name, kind, hint = '', sources }: Control,
  value: string | undefined,
  set: (value: string | null) => void,
): TemplateResult {
  if (kind === 'flag')
    return html`<label class="flag"
      ><input
        type="checkbox"
        name=${name}
        .checked=${value !== undefined}
        @change=${(event: Event) => set((event.target as HTMLInputElement).checked ? '' : null)}
      /><code>${name}</code></label
    >`
  const change = (typed: string): void => set(typed || null)
  if (Array.isArray(kind)) return select(name, value ?? '', ['', ...kind], { '': '–' }, change)
  return html`<div class="pair">
    ${text(name, value ?? '', hint, change, !sources)}
    ${
      kind === 'colour'
        ? html`<input
            type="color"
            aria-label=${`${name}, by eye`}
            .value=${/^#[\da-f]{6}$/i.test(value ?? '') ? value : hint || '#888888'}
            @input=${(event: Event) => change((event.target as HTMLInputElement).value)}
          />`
        : nothing
    }
  </div>`
}

/** `isLive`: with every letter; else once it is done. */
function text(
  name: string,
  value: string,
  hint: string,
  change: (value: string) => void,
  isLive = false,
): TemplateResult {
  const set = (event: Event): void => change((event.target as HTMLInputElement).value)
  return html`<label
    ><span class=${lookOf(name)}>${name}</span
    ><input
      type="text"
      autocomplete="off"
      spellcheck="false"
      name=${name}
      placeholder=${hint}
      .value=${value}
      @input=${isLive ? set : nothing}
      @change=${set}
  /></label>`
}

function select(
  name: string,
  value: string,
  options: readonly string[],
  words: Readonly<Record<string, string>>,
  change: (value: string) => void,
): TemplateResult {
  return html`<label
    ><span class=${lookOf(name)}>${name}</span
    ><select
      name=${name}
      @change=${(event: Event) => change((event.target as HTMLSelectElement).value)}
    >
      ${options.map(
        (each) =>
          html`<option value=${each} ?selected=${each === value}>${words[each] ?? each}</option>`,
      )}
    </select></label
  >`
}

/** Names of the element's own are code; ours are words. */
const lookOf = (name: string): string => (/^[a-z-]/.test(name) ? 'mono' : '')
