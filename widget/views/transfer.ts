/**
 * Sending coins to an address: what, where, how much, until when.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import { findAsset } from '../../protocol/assets.ts'
import type { Money } from '../../protocol/money.ts'
import { paymentUri } from '../../protocol/payment-uri.ts'
import type { PaymentUri } from '../../protocol/payment-uri.ts'
import type { Payment, TransferAction } from '../../protocol/payment.ts'
import type { Flow } from '../flow.ts'
import { formatDuration, formatMoney } from '../format.ts'
import { fill } from '../locales/fill.ts'
import { networkName } from '../methods.ts'
import { ask, banner, button, copyButton, heading, icon, list, qrImage, spinner } from './parts.ts'
import type { Content } from './parts.ts'

/** The whole screen. */
export function transfer(flow: Flow, payment: Payment, action: TransferAction): TemplateResult {
  const { t, state, inputs, change } = flow
  const { asset, quote } = action
  const on = networkName(asset)
  const missing = payment.reason === 'underpaid' ? payment.remaining : null
  const due = missing?.amount ?? action.amount
  const isOver = (flow.msLeft() ?? 1) <= 0
  const isLooking = isOver || inputs.hasSaidPaid
  const label = missing ? t.remaining : t.amount
  const [look, text] = inputs.hasSaidPaid
    ? (['plain', t.checkNow] as const)
    : (['primary', t.iHavePaid] as const)
  return html`${heading(fill(t.send, asset.symbol, on.replace(/ \(.*/, '')), t.change, change)}
    ${timeLeft(flow)}
    ${banner(
      'warn',
      isOver
        ? html`<b>${t.timeUp}</b>`
        : html`<b>${fill(t.onlyOn, asset.symbol, on)}</b> ${t.onlyOnText}`,
    )}
    ${missing && progress(flow, payment.received, action.amount, isOver ? null : missing)}
    ${
      isOver
        ? details(flow, action)
        : html`<div class="pay">
            ${code(flow, action, due)}
            <div class="stack">${target(flow, action, due, label)}</div>
          </div>`
    }
    ${list([
      [t.rate, quote?.rate ?? null],
      [t.fee, quote?.fee ?? null],
    ])}
    ${isOver ? null : html`<p class="muted">${fill(t.exchangeHint, `${due}\u00a0${asset.symbol}`)}</p>`}
    <p part="waiting" class="waiting">
      ${isLooking ? spinner() : html`<i class="pulse"></i>`} ${isLooking ? t.looking : t.waiting}
    </p>
    ${inputs.isCanceling ? null : button(look, text, flow.sent, state.busy === 'sent')}
    ${leave(flow, payment)}`
}

/** Amount and address, each with its copy button. Also shown while a payment is being confirmed. */
export function target(
  flow: Flow,
  action: TransferAction,
  due: string,
  label: string = flow.t.amount,
): TemplateResult {
  const { t } = flow
  const { address, asset } = action
  const on = fill(t.address, networkName(asset))
  return html`<div part="amount" class="value">
      <p class="muted">${label}</p>
      <p class="sum">
        <bdi><b translate="no">${due}</b> ${asset.symbol}</bdi>
      </p>
      ${copyButton(flow, `${label}, ${asset.symbol}`, due)}
    </div>
    <div part="address" class="value">
      <p class="muted">${on}</p>
      <p class="address muted" dir="ltr" translate="no">
        <b>${address.slice(0, 6)}</b>${address.slice(6, -6)}<b>${address.slice(-6)}</b>
      </p>
      ${copyButton(flow, `${asset.symbol}, ${on}`, address)}
    </div>`
}

/** The code for the amount that is due: our own link, made from the checked address, or the address. */
function code(flow: Flow, action: TransferAction, due: string): TemplateResult {
  const { t, inputs, set } = flow
  const { isLarge } = inputs
  const { uri, preferred } = uriFor(action, due)
  const isLink = uri !== null && (inputs.isLink ?? preferred === 'uri')
  const { symbol, network } = action.asset
  const name = `${t.qr}: ${isLink ? t.walletLink : t.addressOnly}, ${symbol}, ${network}`
  const option = (text: string, value: boolean) =>
    html`<button
      type="button"
      aria-pressed=${isLink === value}
      @click=${() => set({ isLink: value })}
    >
      ${text}
    </button>`
  return html`<div part="code" class="code ${isLarge ? 'large' : ''}">
    <button
      part="enlarge"
      class="zoom muted"
      type="button"
      aria-expanded=${isLarge}
      @click=${() => set({ isLarge: !isLarge })}
    >
      ${qrImage(flow, isLink ? uri : action.address, name)}${icon('grow')}
      ${isLarge ? t.shrink : t.enlarge}
    </button>
    ${
      uri &&
      html`<div part="switch" class="switch" role="group" aria-label=${t.qr}>
          ${option(t.walletLink, true)}${option(t.addressOnly, false)}
        </div>
        <a part="button link" class="button" href=${uri}>${icon('out')}${t.openWallet}</a>`
    }
  </div>`
}

function uriFor({ asset, address, uri }: TransferAction, due: string): PaymentUri {
  const row = findAsset(asset.symbol, asset.network)
  try {
    if (row && uri) return paymentUri(row, address, due)
  } catch {
    // the coin cannot express the amount: the bare address then
  }
  return { uri: null, preferred: 'address' }
}

function timeLeft(flow: Flow): Content {
  const left = flow.msLeft()
  if (left === null || left <= 0) return null
  const { t } = flow
  return html`<p part="countdown" class="time ${left < 60_000 ? 'soon' : ''}" role="timer">
    ${icon('clock')}${t.timeLeft} <b>${formatDuration(left)}</b>
  </p>`
}

/** What has come of the whole, and what to send now. */
function progress(
  { t, language }: Flow,
  received: Money | null,
  whole: string,
  due: Money | null,
): Content {
  if (!received) return null
  return html`<div part="partial" class="banner info">
    <div>
      <b>${t.partial}</b>
      <progress
        part="progress"
        max=${whole}
        value=${received.amount}
        aria-label=${t.received}
      ></progress>
      ${due && html`<p><b>${fill(t.partialText, formatMoney(due, language))}</b></p>`}
      ${list([[t.received, formatMoney(received, language)]])}
    </div>
  </div>`
}

/** Where it was to be paid, for whoever has not, or wants to compare. */
export function details(flow: Flow, action: TransferAction): TemplateResult {
  return html`<details part="details">
    <summary>${flow.t.paymentDetails}</summary>
    <div class="stack">${target(flow, action, action.amount)}</div>
  </details>`
}

/** Ways out, as long as there are any: another method, or none. Asks first; money may be on its way. */
export function leave(flow: Flow, { cancelable }: Payment, more: Content = null): Content {
  const { t, inputs, state, set, change, cancel } = flow
  if (!change) return more
  const end = cancelable ? t.cancel : t.stopWaiting
  if (!inputs.isCanceling) {
    return html`<div class="links">
      ${more} ${button('quiet', t.change, change)}
      ${button('quiet', end, () => set({ isCanceling: true }))}
    </div>`
  }
  return ask(end, cancelable ? t.cancelText : t.stopText, [
    button('primary', t.keep, () => set({ isCanceling: false })),
    button('bad', end, cancel, state.busy === 'cancel'),
  ])
}
