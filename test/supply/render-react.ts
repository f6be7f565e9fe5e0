/**
 * Renders the component as a server does, under the React of a folder: `node render-react.ts <folder>`.
 * Prints React's version, and the page.
 * @module
 */
import { registerHooks } from 'node:module'
import process from 'node:process'
import { pathToFileURL } from 'node:url'

const parentURL = pathToFileURL(`${process.argv[2]}/page.js`).href
registerHooks({
  resolve: (name, context, next) =>
    next(name, /^react(-dom)?(\/|$)/.test(name) ? { ...context, parentURL } : context),
})

const { createElement, version } = await import('react')
const { renderToString } = await import('react-dom/server')
const { CryptoCheckout } = await import('../../frameworks/react.ts')

const page = createElement(
  CryptoCheckout,
  {
    proxy: 'https://pay.shop.example',
    orderToken: 'eyJ',
    quantity: 2,
    mode: 'modal',
    open: true,
    required: false,
    className: 'cc-paper',
    texts: { pay: 'Pay' },
    'aria-label': 'Pay',
    onPaid: () => {},
    onError: () => {},
  },
  createElement('b', { slot: 'footer' }, 'Thank you'),
)
process.stdout.write(JSON.stringify({ version, html: renderToString(page) }))
