/**
 * The merchant's console: one element, a page behind every link, and one question before anything is
 * changed.
 * @module
 */
import { LitElement, html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import { ApiError, createApi } from './api.ts'
import type { Api } from './api.ts'
import { valueOf } from './parts.ts'
import { parsePlace, placeUrl } from './page.ts'
import type { Actions, Page, Place, Question } from './page.ts'
import { checkout } from './pages/checkout.ts'
import { checkouts } from './pages/checkouts.ts'
import { deliveries } from './pages/deliveries.ts'
import { history } from './pages/history.ts'
import { payouts } from './pages/payouts.ts'
import { providers } from './pages/providers.ts'

const KEY = 'crypto-checkout:merchant-key'
const REFRESH_MS = 5000

const LINKS: readonly (readonly [text: string, path: string, query?: Place['query']])[] = [
  ['Orders', 'checkouts'],
  ['To be looked at', 'checkouts', { needsPerson: 'true' }],
  ['Notifications', 'deliveries'],
  ['Providers', 'providers'],
  ['Withdrawals', 'payouts'],
]

const PAGES: Readonly<Record<string, Page<unknown>>> = { checkouts, deliveries, providers, payouts }
/** Of one of them. */
const DETAILS: Readonly<Record<string, Page<unknown>>> = { checkouts: checkout, providers: history }

const pageAt = ({ path: [name = 'checkouts', id] }: Place): Page<unknown> =>
  (id === undefined ? undefined : DETAILS[name]) ?? PAGES[name] ?? checkouts

class MerchantConsole extends LitElement {
  static override properties = {
    place: { state: true },
    data: { state: true },
    problem: { state: true },
    notice: { state: true },
    question: { state: true },
    isBusy: { state: true },
  }

  declare place: Place
  /** What the page asked for; undefined while it is on its way. */
  declare data: unknown
  declare problem: string
  declare notice: string
  declare question: Question | null
  declare isBusy: boolean

  #api: Api | null = null
  #asked = 0
  /** Why the page could not be read last time. */
  #failure = ''
  /** What opened the question: there the focus goes back to. */
  #opener: Element | null = null
  /** What had the focus before the page was drawn anew. */
  #focused: Element | null = null
  /** The focus is for the title, as soon as there is one. */
  #isForTitle = false

  constructor() {
    super()
    this.place = parsePlace(location.hash)
    this.problem = this.notice = ''
    this.question = null
    this.isBusy = false
    const key = sessionStorage.getItem(KEY)
    if (key !== null) this.#api = createApi(key)
  }

  /** One style sheet for the whole page. */
  override createRenderRoot(): HTMLElement {
    return this
  }

  override connectedCallback(): void {
    super.connectedCallback()
    setInterval(() => this.#isQuiet() && void this.#load(true), REFRESH_MS)
    addEventListener('hashchange', () => {
      this.place = parsePlace(location.hash)
      this.notice = ''
      this.question = null
      this.#isForTitle = true
      void this.#load()
    })
    void this.#load()
  }

  override willUpdate(): void {
    this.#focused = document.activeElement
  }

  override updated(): void {
    const dialog = this.querySelector('dialog')
    if (dialog && !dialog.open) dialog.showModal()
    const title = this.querySelector('h2')
    document.title = [title?.textContent, 'Console', 'crypto-checkout'].filter(Boolean).join(' · ')
    if (this.#focused?.isConnected === false && !this.#opener) this.#isForTitle = true
    if (this.#isForTitle && title && this.data !== undefined) {
      this.#isForTitle = false
      title.focus()
    }
  }

  /** Nobody would notice if the page were drawn anew. */
  #isQuiet(): boolean {
    const isWriting = document.activeElement?.matches('input, select') ?? false
    const isStill = document.hidden || pageAt(this.place).isAskedOnce === true
    return !isStill && !this.question && !isWriting && this.data !== undefined
  }

  async #load(isAgain = false): Promise<void> {
    const api = this.#api
    if (!api) return
    const asked = (this.#asked += 1)
    if (!isAgain) {
      this.problem = ''
      this.data = undefined
    }
    try {
      const data = await pageAt(this.place).load(api, this.place)
      if (asked !== this.#asked) return
      this.data = data
      if (this.problem === this.#failure) this.problem = ''
      this.#failure = ''
    } catch (error) {
      if (asked !== this.#asked) return
      if (error instanceof ApiError && error.status === 401) this.#leave()
      this.problem = this.#failure = messageOf(error)
    }
  }

  #enter(event: SubmitEvent): void {
    event.preventDefault()
    const key = valueOf(event, 'key')
    sessionStorage.setItem(KEY, key)
    this.#api = createApi(key)
    this.problem = ''
    this.requestUpdate()
    void this.#load()
  }

  #leave(): void {
    sessionStorage.removeItem(KEY)
    this.#api = null
    this.data = undefined
    this.requestUpdate()
  }

  readonly #actions: Actions = {
    narrow: (query) => {
      location.hash = placeUrl(this.place.path, query)
    },
    confirm: (question) => {
      this.#opener = document.activeElement
      this.notice = this.problem = ''
      this.question = question
    },
    tell: (text) => {
      this.notice = text
    },
    again: () => void this.#load(true),
  }

  async #answer(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const { question } = this
    if (!question || this.isBusy) return
    const note = valueOf(event, 'note')
    this.isBusy = true
    try {
      const notice = await question.run(note)
      await this.#load(true)
      this.notice = notice
    } catch (error) {
      this.problem = messageOf(error)
    } finally {
      this.isBusy = false
      await this.#close()
    }
  }

  /** The focus is where the question was opened, or on the title where that is gone. */
  async #close(): Promise<void> {
    this.question = null
    await this.updateComplete
    const opener = this.#opener?.isConnected === true ? this.#opener : this.querySelector('h2')
    if (opener instanceof HTMLElement) opener.focus()
    this.#opener = null
  }

  override render(): TemplateResult {
    return html`<header>
        <h1>crypto-checkout <span>console</span></h1>
        ${this.#api ? this.#nav() : null}
      </header>
      <main>
        <p role="status" class="notice">${this.notice}</p>
        ${this.problem ? html`<p role="alert" class="problem">${this.problem}</p>` : null}
        ${this.#api ? this.#page(this.#api) : this.#login()}
      </main>
      ${this.question ? this.#dialog(this.question) : null}`
  }

  #nav(): TemplateResult {
    const here = placeUrl(this.place.path, this.place.query)
    return html`<nav aria-label="Console">
      ${LINKS.map(([text, path, query]) => {
        const url = placeUrl([path], query)
        const isWithin = query === undefined && this.place.path.length > 1
        const current = url === here ? 'page' : isWithin && path === this.place.path[0] && 'true'
        return html`<a href=${url} aria-current=${current || nothing}>${text}</a>`
      })}
      <button type="button" @click=${() => this.#leave()}>Leave</button>
    </nav>`
  }

  #login(): TemplateResult {
    return html`<form class="fields" @submit=${(event: SubmitEvent) => this.#enter(event)}>
      <label
        ><span>The merchant's key (<code>MERCHANT_API_KEY</code>)</span>
        <input name="key" type="password" required autocomplete="off"
      /></label>
      <p><small>It stays in this tab, and is forgotten when that closes.</small></p>
      <button class="primary">Enter</button>
    </form>`
  }

  #page(api: Api): TemplateResult {
    const page = pageAt(this.place)
    if (this.data === undefined)
      return html`<p class="none" aria-busy="true">${this.problem ? '' : 'Loading…'}</p>`
    return html`${page === checkout ? null : html`<h2 tabindex="-1">${page.title}</h2>`}
    ${page.render(this.data, this.place, this.#actions, api)}`
  }

  #dialog({ title, text, button, note, isGrave }: Question): TemplateResult {
    return html`<dialog
      aria-labelledby="question"
      @cancel=${(event: Event) => {
        event.preventDefault()
        if (!this.isBusy) void this.#close()
      }}
    >
      <form class="fields" @submit=${(event: SubmitEvent) => void this.#answer(event)}>
        <h2 id="question">${title}</h2>
        <p>${text}</p>
        ${
          note === undefined
            ? null
            : html`<label
                >${note} <input name="note" required maxlength="500" autocomplete="off"
              /></label>`
        }
        <p class="row">
          <button class=${isGrave ? 'bad' : 'primary'} aria-disabled=${this.isBusy}>
            ${button}
          </button>
          <button
            type="button"
            ?autofocus=${isGrave === true && note === undefined}
            @click=${() => void this.#close()}
          >
            No
          </button>
        </p>
      </form>
    </dialog>`
  }
}

const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'The proxy cannot be reached.'

customElements.define('merchant-console', MerchantConsole)
