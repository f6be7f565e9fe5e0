/**
 * What the payment companies tell the shop of an order, and what can go wrong with that.
 * @module
 */
import { button, el } from '../lib/dom.ts'
import type { Notification, NotifyMode, SandboxPayment } from './client.ts'
import type { PanelActs } from './view.ts'
import { NOTIFIERS, NOTIFY_KINDS, PROVIDERS } from './words.ts'

export interface Notices {
  readonly payments: readonly SandboxPayment[]
  readonly sent: readonly Notification[]
  readonly modes: readonly NotifyMode[]
}

/** Empty where none of the payments is with a company that notifies. */
export function notifications({ payments, sent, modes }: Notices, acts: PanelActs): HTMLElement[] {
  const providers = NOTIFIERS.filter((name) => payments.some(({ provider }) => provider === name))
  if (providers.length === 0) return []
  const own = sent
    .filter(({ paymentId }) => payments.some(({ id }) => id === paymentId))
    .toReversed()
  const waiting = modes.filter(({ provider }) => providers.includes(provider))
  return [
    el(
      'div',
      { class: 'mishaps' },
      el('h2', {}, 'Notifications'),
      el(
        'ul',
        { class: 'notices', role: 'list' },
        ...(own.length > 0 ? own.map((each) => row(each, acts)) : [el('li', {}, 'None yet.')]),
        ...waiting.map(({ provider, kind }) =>
          el('li', {}, `Next of ${nameOf(provider)}: ${kind}`),
        ),
      ),
      ...providers.map((provider) => tools(provider, acts)),
    ),
  ]
}

function row(
  { id, provider, state, isForged, attempts }: Notification,
  acts: PanelActs,
): HTMLElement {
  const answers = attempts.map(({ status }) => status ?? 'nothing').join(', ')
  const text = `${nameOf(provider)}${isForged ? ', forged' : ''}: ${state}`
  return el(
    'li',
    {},
    el('span', {}, answers ? `${text}, answered ${answers}` : text),
    button('Replay', { class: 'tool', 'data-key': `${id} replay` }, () => acts.replay(id)),
  )
}

function tools(provider: string, acts: PanelActs): HTMLElement {
  return el(
    'div',
    { class: 'tools', role: 'group', 'aria-label': `Next notification of ${nameOf(provider)}` },
    ...NOTIFY_KINDS.map(([text, kind]) =>
      button(text, { class: 'tool', 'data-key': `${provider} ${kind}` }, () =>
        acts.notifyNext(text, { provider, kind }),
      ),
    ),
  )
}

const nameOf = (provider: string): string => PROVIDERS[provider] ?? provider
