/**
 * The hosted page as HTML. The widget does everything; what stands inside it is for browsers without
 * JavaScript: every way to pay that leads to a provider's page, as a form.
 * @module
 */
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { Checkout, Method, MethodField } from '../../protocol/payment.ts'
import { directionOf } from '../language.ts'
import type { Language } from '../language.ts'
import type { PageUrls } from '../records.ts'
import { HOSTED_TEXTS } from './texts.ts'
import type { HostedTexts } from './texts.ts'

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

export interface HostedPage {
  readonly language: Language
  readonly publicUrl: string
  /** The merchant's. */
  readonly name: string | undefined
  readonly hasStyles: boolean
  /** Of the script, as `integrity` wants it. */
  readonly integrity: string
  /** What is shown; null where there is no such checkout. */
  readonly shown: ShownCheckout | null
}

export interface ShownCheckout {
  readonly checkout: Omit<Checkout, 'serverNow' | 'pollAfterMs'>
  readonly urls: PageUrls
  /** This page as a QR code. */
  readonly code: string
  /** What was sent by the form did not lead to a payment. */
  readonly hasFailed: boolean
}

export function hostedPage(page: HostedPage): Markup {
  const { language, publicUrl, name, hasStyles, integrity, shown } = page
  const t = HOSTED_TEXTS[language]
  const isUnderWay = shown !== null && isWaiting(shown.checkout)
  return html`<!doctype html>
    <html lang="${language}" dir="${directionOf(language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${name ? `${t.title} · ${name}` : t.title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="${publicUrl}/hosted/page.css" />
        ${hasStyles ? html`<link rel="stylesheet" href="${publicUrl}/hosted/merchant.css" />` : ''}
        <script
          src="${publicUrl}/crypto-checkout.js"
          integrity="${integrity}"
          crossorigin="anonymous"
          defer
        ></script>
        ${isUnderWay ? html`<noscript><meta http-equiv="refresh" content="20" /></noscript>` : ''}
      </head>
      <body>
        ${name ? html`<p class="name">${name}</p>` : ''}
        <main>${shown ? widget(page, shown, t) : html`<p class="plain">${t.unknown}</p>`}</main>
        ${
          shown && !isUnderWay && shown.checkout.status === 'pending'
            ? html`<details>
                <summary>${t.onPhone}</summary>
                ${raw(shown.code)}
                <p>${t.scan}</p>
              </details>`
            : ''
        }
      </body>
    </html>`
}

/** Something may change by itself, and nobody is writing: the page looks again. */
const isWaiting = ({ status, payment }: ShownCheckout['checkout']): boolean =>
  status === 'pending'
    ? payment?.nextAction != null
    : status === 'processing' || status === 'review'

function widget({ publicUrl }: HostedPage, shown: ShownCheckout, t: HostedTexts): Markup {
  const { success, fail, cancel } = shown.urls
  const given = {
    proxy: publicUrl,
    checkout: shown.checkout.id,
    'success-url': success,
    // never the page that thanks for a payment
    'fail-url': fail,
    'cancel-url': cancel ?? fail,
  }
  const attributes = Object.entries(given).map(([key, value]) =>
    value === undefined ? '' : html` ${raw(key)}="${value}"`,
  )
  return html`<crypto-checkout ${attributes}>${plain(publicUrl, shown, t)}</crypto-checkout>`
}

/** The same without JavaScript, as far as that goes. */
function plain(
  publicUrl: string,
  { checkout, urls, hasFailed }: ShownCheckout,
  t: HostedTexts,
): Markup {
  const { id, orderId, price, description, status, payment, methods } = checkout
  const action = payment?.nextAction
  const canChoose = status === 'pending' && !action
  const ways = methods.filter(({ flow }) => flow === 'redirect')
  const page = `${publicUrl}/c/${id}`
  return html`<div class="plain">
    <p>${description ?? t.title}</p>
    <p class="price" dir="ltr">${price.amount} ${price.currency}</p>
    <p>${t.order} <bdi translate="no">${orderId}</bdi></p>
    ${hasFailed ? html`<p class="note" role="alert">${t.failed}</p>` : ''}
    <p>${canChoose ? t.choose : standing(checkout, t)}</p>
    ${action?.type === 'redirect' ? html`<a class="button" href="${action.url}">${t.goOn}</a>` : ''}
    ${canChoose ? ways.map((method) => way(page, method, checkout.price, t)) : ''}
    ${canChoose && ways.length < methods.length ? html`<p>${t.needsScript}</p>` : ''}
    ${canChoose ? '' : html`<p><a href="${page}">${t.again}</a></p>`}
    ${status === 'paid' && urls.success ? html`<p><a href="${urls.success}">${t.toShop}</a></p>` : ''}
  </div>`
}

function standing({ status }: ShownCheckout['checkout'], t: HostedTexts): string {
  switch (status) {
    case 'pending':
      return t.waiting
    case 'processing':
      return t.processing
    case 'review':
      return t.review
    case 'paid':
      return t.paid
    case 'refunding':
    case 'refunded':
      return t.refunded
    case 'failed':
    case 'expired':
    case 'canceled':
      return t.ended
    default:
      return status satisfies never
  }
}

function way(page: string, method: Method, price: Checkout['price'], t: HostedTexts): Markup {
  const { id, label, fields, consent } = method
  const own = method.price
  const isOther = own.amount !== price.amount || own.currency !== price.currency
  return html`<form method="post" action="${page}">
    <input type="hidden" name="methodId" value="${id}" />
    ${fields.map((field) => question(field, t))}
    ${
      consent
        ? html`<label class="tick"
              ><input type="checkbox" name="consent" required /> ${t.accept}</label
            >${isPage(consent.url) ? html`<a href="${consent.url}" rel="noopener">${t.terms}</a>` : ''}`
        : ''
    }
    <button>${label}${isOther ? ` (${own.amount} ${own.currency})` : ''}</button>
  </form>`
}

function question({ id, label, required, pattern, hint }: MethodField, t: HostedTexts): Markup {
  const given = [
    required ? html`required` : '',
    pattern === undefined ? '' : html` pattern="${pattern}"`,
  ]
  return html`<label
    >${label}${required ? '' : ` (${t.optional})`}
    <input name="field.${id}" maxlength="500" ${given} />
    ${hint === undefined ? '' : html`<small>${hint}</small>`}
  </label>`
}

/** Terms are a provider's word: a page, or nothing. */
const isPage = (url: string): boolean => /^https:\/\//i.test(url)
