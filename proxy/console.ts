/**
 * Serves the merchant's console: a page that asks the merchant's routes with the key that is typed into it. It
 * is only there on the merchant's own port.
 * @module
 */
import type { Hono } from 'hono'
import { reply } from './guard.ts'
import type { ProxyEnv } from './guard.ts'

/** The built page, script and style sheet, by name. */
export type ConsoleFiles = Readonly<Record<string, string>>

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  js: 'text/javascript',
  css: 'text/css',
}
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  'img-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ')

/** Adds `/console/` to the app of the merchant's port. */
export function serveConsole(app: Hono<ProxyEnv>, files: ConsoleFiles): void {
  for (const path of ['/', '/console'])
    app.get(path, (c) => reply(c, null, 303, { location: '/console/' }))
  for (const [name, text] of Object.entries(files)) {
    const type = `${TYPES[name.slice(name.lastIndexOf('.') + 1)]}; charset=utf-8`
    const headers = { 'content-type': type, 'content-security-policy': POLICY }
    app.get(name === 'index.html' ? '/console/' : `/console/${name}`, (c) =>
      reply(c, text, 200, headers),
    )
  }
}
