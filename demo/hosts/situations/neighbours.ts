/**
 * Pages on which the element is not alone.
 * @module
 */
import { html } from 'hono/html'
import { withOwnFiles } from '../policy.ts'
import { checkoutTag, kept, ownScript, scriptTag, tag } from '../situation.ts'
import type { Given, Situation } from '../situation.ts'

const named = (given: Given, name: string) =>
  tag(name, { proxy: given.proxyUrl, 'order-token': given.order.orderToken })

export const NEIGHBOURS: readonly Situation[] = [
  {
    name: 'other-lit',
    title: 'Another Lit',
    about: 'The page runs elements of its own on its own copy of Lit, under Lit’s policy.',
    policy: (given) => ({ ...withOwnFiles(given), 'trusted-types': 'lit-html crypto-checkout' }),
    head: (given) => html`${ownScript('other-lit')}${scriptTag(given)}`,
    body: (given) =>
      html`<shop-counter></shop-counter>${checkoutTag(given)}<shop-counter></shop-counter>`,
  },
  {
    name: 'older',
    title: 'An older version of ours',
    about: 'It was there first, so it stays; the second one says nothing and does nothing.',
    policy: withOwnFiles,
    head: (given) => html`${ownScript('older')}${scriptTag(given)}`,
    body: checkoutTag,
  },
  {
    name: 'taken',
    title: 'Our name is taken',
    about: 'Another library has <crypto-checkout>: data-name gives ours another name.',
    policy: withOwnFiles,
    head: (given) =>
      html`${ownScript('foreign')}${scriptTag(given, { 'data-name': 'lantern-checkout' })}`,
    body: (given) => html`<crypto-checkout></crypto-checkout>${named(given, 'lantern-checkout')}`,
  },
  {
    name: 'taken-unnamed',
    title: 'Our name is taken, and nobody said so',
    about: 'The script leaves the page alone and says in the console what to do.',
    policy: withOwnFiles,
    head: (given) => html`${ownScript('foreign')}${scriptTag(given)}`,
    body: () => html`<crypto-checkout></crypto-checkout>`,
  },
  {
    name: 'twice',
    title: 'The script twice',
    about: 'Once by the theme and once by a plugin: one element all the same.',
    head: (given) => html`${scriptTag(given)}${scriptTag(given)}`,
    body: checkoutTag,
  },
  {
    name: 'two-names',
    title: 'The script twice, under two names',
    about: 'Each makes a Trusted Types policy of the same name, which has to be allowed.',
    policy: ({ query }) => ({
      'trusted-types': ['crypto-checkout', ...kept(["'allow-duplicates'"], query)].join(' '),
    }),
    head: (given) =>
      html`${scriptTag(given)}${scriptTag(given, { 'data-name': 'lantern-checkout' })}`,
    body: (given) => html`${checkoutTag(given)}${named(given, 'lantern-checkout')}`,
  },
  {
    name: 'modules-first',
    title: 'Modules first, then the script tag',
    about: 'The shop’s own bundle defines the element; the script tag finds it and leaves.',
    policy: (given) => ({ ...withOwnFiles(given), 'trusted-types': 'lit-html' }),
    head: (given) => html`${ownScript('modules')}${scriptTag(given)}`,
    body: checkoutTag,
  },
  {
    name: 'modules-second',
    title: 'The script tag first, then modules',
    about: 'The other way round: both bring a Lit, each under its own policy.',
    policy: (given) => ({ ...withOwnFiles(given), 'trusted-types': 'lit-html crypto-checkout' }),
    head: (given) => html`${scriptTag(given)}${ownScript('modules')}`,
    body: checkoutTag,
  },
  {
    name: 'two-same',
    title: 'Two for one order',
    about: 'In the cart’s corner and in the page: one checkout, and one of them asks for both.',
    policy: withOwnFiles,
    head: (given) => html`${ownScript('log')}${scriptTag(given)}`,
    body: (given) =>
      html`${checkoutTag(given, { id: 'first' })}${checkoutTag(given, { id: 'second' })}`,
  },
  {
    name: 'two-orders',
    title: 'Two orders',
    about: 'Each is paid for itself.',
    policy: withOwnFiles,
    head: (given) => html`${ownScript('log')}${scriptTag(given)}`,
    body: (given) =>
      html`${checkoutTag(given, { id: 'first' })}${checkoutTag(given, {
        id: 'second',
        'order-token': given.other.orderToken,
      })}`,
  },
]
