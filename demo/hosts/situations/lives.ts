/**
 * What a page does to the element before, while and after it works.
 * @module
 */
import { html } from 'hono/html'
import { withOwnFiles } from '../policy.ts'
import { checkoutTag, ownScript, scriptTag, tag } from '../situation.ts'
import type { Situation } from '../situation.ts'

export const LIVES: readonly Situation[] = [
  {
    name: 'early',
    title: 'Properties before the script',
    about: 'A framework sets them on an element that is not one yet.',
    policy: withOwnFiles,
    head: (given) => html`${ownScript('log')}${ownScript('early')}${scriptTag(given)}`,
    body: ({ proxyUrl }) => tag('crypto-checkout', { 'data-proxy': proxyUrl }),
  },
  {
    name: 'early-modules',
    title: 'Properties before the modules',
    about: 'The same with what only modules have: the world around the element.',
    policy: (given) => ({ ...withOwnFiles(given), 'trusted-types': 'lit-html' }),
    head: () => html`${ownScript('log')}${ownScript('early-modules')}`,
    body: checkoutTag,
  },
  {
    name: 'moved',
    title: 'Taken out, put back, moved',
    about: 'By a framework that sorts its lists, or a page that shows another tab.',
    policy: withOwnFiles,
    head: (given) => html`${ownScript('log')}${ownScript('moved')}${scriptTag(given)}`,
    body: (given) =>
      html`<p>
          <button id="out">Take out</button>
          <button id="in">Put back</button>
          <button id="across">Move across</button>
        </p>
        <div id="left">${checkoutTag(given)}</div>
        <div id="right"></div>`,
  },
]
