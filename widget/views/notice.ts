/**
 * The screens before and beside a payment: loading, and whatever keeps it from starting.
 * @module
 */
import { html } from 'lit'
import type { TemplateResult } from 'lit'
import type { ErrorCode } from '../core/error.ts'
import type { EngineState } from '../core/state.ts'
import type { Flow } from '../flow.ts'
import type { Locale, Text } from '../locales/en.ts'
import { fill } from '../locales/fill.ts'
import { pageUrl } from '../redirect.ts'
import { button, link, message } from './parts.ts'

/** Room for what comes, so that nothing jumps. */
export function loading({ t }: Flow): TemplateResult {
  return html`<div part="skeleton" class="skeleton" aria-busy="true">
    <p class="unseen">${t.loading}</p>
    <i></i><i></i><i></i>
  </div>`
}

/** What the URL names may be somebody else's order: nobody is led to pay it. */
export function visit({ t, reset }: Flow): TemplateResult {
  return message('wait', t.returned, button('plain', t.newOrder, reset))
}

/** What only whoever builds the page can mend. */
export function misconfigured({ t }: Flow, names: readonly string[]): TemplateResult {
  const [title, text] = t.misconfigured
  return message('cross', [title, fill(text, names.join(', '))])
}

/** The second window, when it could not close itself. */
export function closing({ t, connect }: Flow, checkoutId: string): TemplateResult {
  return message(
    'check',
    t.closing,
    button('plain', t.continueHere, () => connect(checkoutId)),
  )
}

/** Nothing can be shown to pay to. */
export function error({ t, host, state, change, refresh }: Flow, code: ErrorCode): TemplateResult {
  return message(
    'cross',
    errorText(t, state, code),
    html`<div class="stack">
      ${state.error?.isTransient ? button('primary', t.tryAgain, refresh, state.busy !== null) : null}
      ${state.alarm && change && button('primary', t.change, change)}
      ${link(t.toShop, pageUrl(host.failUrl, host.page))}
    </div>`,
  )
}

/** Our words for an error, never the answer's. What has none is the provider's, the service's or ours. */
export function errorText({ errors }: Locale, state: EngineState, code: ErrorCode): Text {
  if (code === 'rate_limited') return errors.too_many_attempts
  if (Object.hasOwn(errors, code)) return errors[code as keyof typeof errors]
  // only of a payment that was not made can be said that nothing was charged
  if (state.failedStep === 'start' && code.startsWith('provider'))
    return errors.method_not_available
  return state.error?.isTransient ? errors.unreachable : errors.refused
}
