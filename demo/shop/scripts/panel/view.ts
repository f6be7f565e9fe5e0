/**
 * How the panel shows a payment and the mishaps.
 * @module
 */
import { button, el } from '../lib/dom.ts'
import type { Child } from '../lib/dom.ts'
import type { Fault, NotifyMode, SandboxPayment } from './client.ts'
import { actionOf, MISHAPS, PROVIDERS } from './words.ts'

/** What the buttons do. */
export interface PanelActs {
  act(payment: SandboxPayment, action: string, amount: string): void
  addFault(text: string, fault: Fault): void
  clearFaults(): void
  notifyNext(text: string, mode: NotifyMode): void
  replay(id: string): void
  expireTokens(): void
  killProxy(): void
}

/** One payment with everything that can happen to it now. */
export function paymentCard(payment: SandboxPayment, acts: PanelActs): HTMLElement {
  const { provider, id, status, actions } = payment
  const amount = el('input', {
    type: 'text',
    inputmode: 'decimal',
    placeholder: actions.includes('change-amount') ? 'new' : 'half',
    'aria-label': 'Amount',
    'data-key': `${id} amount`,
  })
  const make = (name: string): HTMLElement =>
    button(actionOf(provider, name).text, { class: 'tool', 'data-key': `${id} ${name}` }, () =>
      acts.act(payment, name, actionOf(provider, name).kind === 'part' ? amount.value.trim() : ''),
    )
  const partial = actions.find((name) => actionOf(provider, name).kind === 'part')
  const part = partial === undefined ? null : el('span', { class: 'joined' }, make(partial), amount)
  const of = (kind: string): HTMLElement[] =>
    actions.filter((name) => actionOf(provider, name).kind === kind).map(make)
  const rare = of('rare')
  return el(
    'article',
    { class: 'play', 'aria-label': `${PROVIDERS[provider] ?? provider}, ${status}` },
    el('h2', {}, PROVIDERS[provider] ?? provider, el('code', {}, status)),
    facts(payment),
    el('div', { class: 'tools' }, ...of('money'), part, ...of('status')),
    rare.length > 0 ? fold('Only the status', el('div', { class: 'tools' }, ...rare)) : null,
  )
}

function facts({ amount, currency, details, id }: SandboxPayment): HTMLElement {
  const { coinAmount, coin, network, totalTransferAmount, isInTestMode } = details
  const arrived = Number(totalTransferAmount ?? 0) > 0
  const line = (name: string, text: string): HTMLElement =>
    el('div', {}, el('dt', {}, name), el('dd', {}, text))
  return el(
    'dl',
    {},
    line('Price', `${amount} ${currency}`),
    coinAmount === undefined ? null : line('Due', `${coinAmount} ${coin} on ${network}`),
    arrived ? line('Arrived', `${totalTransferAmount} ${coin}`) : null,
    isInTestMode === undefined ? null : line('Mode', isInTestMode === 1 ? 'test' : 'live (played)'),
    line('Id', id),
  )
}

/** What can go wrong, and what of it still waits. `canKill`: somebody starts the proxy again. */
export function mishaps(waiting: readonly Fault[], acts: PanelActs, canKill: boolean): HTMLElement {
  const tool = (text: string, act: () => unknown): HTMLElement =>
    button(text, { class: 'tool', 'data-key': text }, act)
  return el(
    'div',
    { class: 'mishaps' },
    el('h2', {}, 'Mishaps'),
    waiting.length === 0
      ? null
      : el(
          'ul',
          { class: 'waiting' },
          ...waiting.map(({ provider, operation, kind }) =>
            el('li', {}, `Next ${operation} of ${PROVIDERS[provider] ?? provider}: ${kind}`),
          ),
          el(
            'li',
            {},
            tool('Clear all', () => acts.clearFaults()),
          ),
        ),
    canKill
      ? el(
          'div',
          { class: 'tools' },
          tool('Kill the proxy (SIGKILL)', () => acts.killProxy()),
        )
      : null,
    ...Object.entries(PROVIDERS).map(([provider, name]) =>
      fold(
        name,
        el(
          'div',
          { class: 'tools' },
          ...MISHAPS.filter(([, fault]) => fault.provider === provider).map(([text, fault]) =>
            button(text, { class: 'tool', 'data-key': `${provider} ${text}` }, () =>
              acts.addFault(text, fault),
            ),
          ),
          provider === 'cryptom'
            ? tool('Log-in of the proxy expires', () => acts.expireTokens())
            : null,
        ),
      ),
    ),
  )
}

/** Something that is folded away until it is wanted. */
function fold(title: string, ...content: readonly Child[]): HTMLElement {
  return el('details', { 'data-key': title }, el('summary', {}, title), ...content)
}
